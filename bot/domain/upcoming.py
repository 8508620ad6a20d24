"""When the next of a series' steps falls, for telling people."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.cadence import Cadence, Moment, instant

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def next_at(cadence: Cadence, moment: Moment, zone: str, now: datetime) -> datetime:
    """Return the first instant after `now` at which `moment` of the cadence falls, read in `zone`."""
    period = cadence.period_on(now.astimezone(ZoneInfo(zone)).date())
    while (at := instant(moment.day_in(period), moment.at, zone)) <= now:
        period = cadence.next_period(period)
    return at
