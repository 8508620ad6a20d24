"""When a reminder may come: never at night, and never close upon an answer."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import instant

EARLIEST, LATEST = time(8), time(19)
AFTER_AN_ANSWER = timedelta(hours=1)
DAY = timedelta(days=1)


def reminder_time(now: datetime, zone: str, *, answered_at: datetime | None, ends_at: datetime) -> datetime | None:
    """Return when somebody may be reminded: now, later, or (None) not at all, because the note goes out at `ends_at`.

    That is between 08:00 and 19:00 in their IANA zone, and an hour after anything they last gave.
    """
    at = max(now, answered_at + AFTER_AN_ANSWER) if answered_at else now
    wall = at.astimezone(ZoneInfo(zone))
    if wall.time() > LATEST:
        at = instant(wall.date() + DAY, EARLIEST, zone)
    elif wall.time() < EARLIEST:
        at = instant(wall.date(), EARLIEST, zone)
    return at if at < ends_at else None
