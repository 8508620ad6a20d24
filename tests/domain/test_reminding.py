"""When a reminder may come."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars import Whereabouts
from bot.domain.reminding import reminder_time

NEW_YORK = "America/New_York"


def friday(hour: int, minute: int = 0) -> datetime:
    """Return a time on Friday 6 March 2026 in New York."""
    return datetime(2026, 3, 6, hour, minute, tzinfo=ZoneInfo(NEW_YORK)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "answered", "expected"),
    (
        (friday(10), None, friday(10)),
        (friday(8), None, friday(8)),
        (friday(19), None, friday(19)),
        (friday(3), None, friday(8)),
        (friday(19, 1), None, friday(8) + timedelta(days=1)),
        (friday(10), friday(9, 30), friday(10, 30)),
        (friday(10), friday(8, 59), friday(10)),
        (friday(18, 30), friday(18, 15), friday(8) + timedelta(days=1)),
    ),
)
def test_a_reminder_waits_for_the_day_and_for_an_hour_after_an_answer(
    now: datetime, answered: datetime | None, expected: datetime
) -> None:
    """Nobody is reminded at night, nor just after they gave something."""
    ends_at = friday(20) + timedelta(days=7)

    assert expected == reminder_time(now, Whereabouts(NEW_YORK), answered_at=answered, ends_at=ends_at)


@pytest.mark.parametrize(("now", "answered"), ((friday(7), friday(7, 30)), (friday(19, 30), None), (friday(9), None)))
def test_a_reminder_that_could_not_help_any_more_is_dropped(now: datetime, answered: datetime | None) -> None:
    """When the note is out by the time it may come, it does not come."""
    assert reminder_time(now, Whereabouts(NEW_YORK), answered_at=answered, ends_at=friday(8, 15)) is None


@given(
    now=st.timedeltas(timedelta(), timedelta(days=9000)).map(lambda since: friday(0) + since),
    zone=st.sampled_from((NEW_YORK, "Pacific/Auckland", "Asia/Kolkata", "Europe/London", "America/St_Johns")),
    since=st.none() | st.timedeltas(timedelta(), timedelta(hours=3)),
    left=st.timedeltas(timedelta(), timedelta(days=2)),
)
def test_a_reminder_never_comes_at_a_bad_time(
    now: datetime, zone: str, since: timedelta | None, left: timedelta
) -> None:
    """Whatever the moment and the zone: in the day, an hour after an answer, before the note, and never in the past."""
    answered = None if since is None else now - since
    at = reminder_time(now, Whereabouts(zone), answered_at=answered, ends_at=now + left)
    if at is None:
        return
    assert time(8) <= at.astimezone(ZoneInfo(zone)).time() <= time(19)
    assert now <= at < now + left
    assert answered is None or at - answered >= timedelta(hours=1)
    assert reminder_time(at, Whereabouts(zone), answered_at=answered, ends_at=now + left) == at
