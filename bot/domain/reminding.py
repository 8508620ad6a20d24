"""When people may be written to: never at night, and a reminder never close upon an answer."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.away import Days
from bot.domain.cadence import instant
from bot.domain.calendars import Whereabouts

EARLIEST, LATEST = time(8), time(19)
AFTER_AN_ANSWER = timedelta(hours=1)
DAY = timedelta(days=1)


def reminder_time(
    now: datetime, where: Whereabouts, *, answered_at: datetime | None, ends_at: datetime
) -> datetime | None:
    """Return when somebody may be reminded: now, later, or (None) not at all, because the note goes out at `ends_at`.

    That is between 08:00 and 19:00 in their IANA zone, on no day off, and an hour after anything they last gave.
    """
    at = by_day(max(now, answered_at + AFTER_AN_ANSWER) if answered_at else now, where.zone)
    while at < ends_at and where.calendar.is_free(day := _day(at, where)):
        at = instant(day + DAY, EARLIEST, where.zone)
    return at if at < ends_at else None


def asking_time(
    now: datetime, where: Whereabouts, away: Sequence[Days], *, usual: time, ends_at: datetime
) -> datetime | None:
    """Return when somebody who is back, or will be, may be asked: now, later, or (None) not before `ends_at`.

    That is on a working day on which they are not `away`, by day; on a later one at the `usual` time where that is by
    day and still helps, or else in the morning.
    """
    at, hour = by_day(now, where.zone), usual if EARLIEST <= usual <= LATEST else EARLIEST
    while at < ends_at and not _is_there(day := _day(at, where), where, away):
        at = instant(day + DAY, hour, where.zone)
        if at >= ends_at:
            at = instant(day + DAY, EARLIEST, where.zone)
    return at if at < ends_at else None


def _is_there(day: date, where: Whereabouts, away: Sequence[Days]) -> bool:
    return where.calendar.is_working(day) and not any(day in days for days in away)


def _day(at: datetime, where: Whereabouts) -> date:
    return at.astimezone(ZoneInfo(where.zone)).date()


def by_day(at: datetime, zone: str) -> datetime:
    """Return `at` when it is between 08:00 and 19:00 in an IANA zone, or else the next morning there."""
    wall = at.astimezone(ZoneInfo(zone))
    if wall.time() > LATEST:
        return instant(wall.date() + DAY, EARLIEST, zone)
    return instant(wall.date(), EARLIEST, zone) if wall.time() < EARLIEST else at
