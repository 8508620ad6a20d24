"""When the steps of an edition fall due: weekdays and wall-clock times in an IANA time zone, every so many weeks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.weeks import Period, monday_of, period_of_weeks


@dataclass(frozen=True, slots=True)
class Moment:
    """A weekday (Monday is 0) and a wall-clock time in the last week of a period."""

    weekday: int
    at: time

    def day_in(self, period: Period) -> date:
        """Return the date of this moment in the last week of `period`."""
        return monday_of(period.end) + timedelta(days=self.weekday)


DEFAULT_ASK = Moment(3, time(10))
DEFAULT_REMIND = Moment(4, time(10))
DEFAULT_DRAFT = Moment(4, time(15))
DEFAULT_PUBLISH = Moment(4, time(16))
HOUR, DAY = 60, 24 * 60
"""In minutes."""


def usual_steps_between(ask: Moment, publish: Moment) -> tuple[Moment, Moment]:
    """Return when to remind and to draft where nobody said: a day after asking, and an hour before the note goes out.

    Where that leaves no room they come halfway.
    """
    asked, published = _minutes(ask), _minutes(publish)
    halfway = (asked + published) // 2
    remind = asked + DAY if asked + DAY < published else halfway
    draft = published - HOUR if published - HOUR > asked else halfway
    return _moment(remind), _moment(draft)


def _minutes(moment: Moment) -> int:
    return moment.weekday * DAY + moment.at.hour * HOUR + moment.at.minute


def _moment(minutes: int) -> Moment:
    return Moment(minutes // DAY, time(minutes % DAY // HOUR, minutes % HOUR))


@dataclass(frozen=True, slots=True)
class Cadence:
    """When a series asks, reminds, drafts and publishes.

    `zone` is the series' IANA time zone, in which `draft` and `publish` fall; `ask` and `remind` fall in each
    contributor's own zone. `anchor` is a Monday on which a period starts; it fixes which weeks a longer cadence has.
    """

    zone: str
    anchor: date
    every_weeks: int = 1
    ask: Moment = DEFAULT_ASK
    remind: Moment = DEFAULT_REMIND
    draft: Moment = DEFAULT_DRAFT
    publish: Moment = DEFAULT_PUBLISH

    @property
    def weekdays(self) -> frozenset[int]:
        """Return the weekdays on which something falls due: on these, people work."""
        return frozenset(moment.weekday for moment in (self.ask, self.remind, self.draft, self.publish))

    def period_on(self, day: date) -> Period:
        """Return the period that `day` falls in."""
        weeks = (monday_of(day) - self.anchor).days // 7
        first = self.anchor + timedelta(weeks=weeks - weeks % self.every_weeks)
        return period_of_weeks(first, self.every_weeks)

    def next_period(self, period: Period) -> Period:
        """Return the period after `period`, back in step with the anchor."""
        return self.period_on(period.end + timedelta(days=1))


def instant(day: date, at: time, zone: str) -> datetime:
    """Return the aware UTC instant of a wall-clock time in an IANA zone.

    A time that the clocks skip gives the first instant after the gap; one that comes twice gives the first of the two.
    """
    tz = ZoneInfo(zone)
    wall = datetime.combine(day, at)
    first = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    if first.astimezone(tz).replace(tzinfo=None) == wall:
        return first
    return _end_of_gap(wall, tz)


def _end_of_gap(wall: datetime, tz: ZoneInfo) -> datetime:
    """Return the instant at which the clocks jump over `wall` (`fold=1` reads it with the offset after the jump)."""
    low = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    high = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
