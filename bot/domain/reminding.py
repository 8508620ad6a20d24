"""When people may be written to: never at night, and a reminder never close upon an answer."""

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
    at = by_day(max(now, answered_at + AFTER_AN_ANSWER) if answered_at else now, zone)
    return at if at < ends_at else None


def by_day(at: datetime, zone: str) -> datetime:
    """Return `at` when it is between 08:00 and 19:00 in an IANA zone, or else the next morning there."""
    wall = at.astimezone(ZoneInfo(zone))
    if wall.time() > LATEST:
        return instant(wall.date() + DAY, EARLIEST, zone)
    return instant(wall.date(), EARLIEST, zone) if wall.time() < EARLIEST else at
