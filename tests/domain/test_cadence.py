"""Weeks, periods and the instants at which steps fall due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import Cadence, instant
from bot.domain.editions import StepKind
from bot.domain.planning import first_period, periods_to_plan, plan_steps
from bot.domain.weeks import Period, monday_of, period_of_weeks

ZONES = st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"}))
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
EVERY = st.sampled_from([1, 2, 4])


def cadence_of(zone: str = "Europe/London", every_weeks: int = 1) -> Cadence:
    """Return the default cadence."""
    return Cadence(zone, anchor=date(2026, 3, 2), every_weeks=every_weeks)


@given(DAYS, TIMES, ZONES)
def test_a_wall_clock_time_becomes_that_time_or_the_first_after_a_gap(day: date, at: time, zone: str) -> None:
    """Read in its zone again, an instant shows the wall-clock time asked for, or the end of the gap it is in."""
    found = instant(day, at, zone)

    shown = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wall = datetime.combine(day, at)
    assert shown >= wall
    if shown != wall:
        just_before = (found - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert just_before < wall


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 3, 29), time(1, 30), "Europe/London", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), "Europe/London", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 3, 6), time(16), "Pacific/Kiritimati", datetime(2026, 3, 6, 2, tzinfo=UTC)),
        (date(2026, 3, 6), time(16), "Pacific/Pago_Pago", datetime(2026, 3, 7, 3, tzinfo=UTC)),
        (date(2026, 10, 4), time(2, 10), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ],
)
def test_gaps_folds_and_far_zones(day: date, at: time, zone: str, expected: datetime) -> None:
    """A time in a gap gives the first instant after it, a time that comes twice the first; so at the world's edges."""
    found = instant(day, at, zone)

    assert expected == found


@given(DAYS, EVERY)
def test_every_day_is_in_exactly_one_period(day: date, every_weeks: int) -> None:
    """Periods are whole ISO weeks, hold the day they were asked for, and follow each other without a gap."""
    cadence = cadence_of(every_weeks=every_weeks)
    period = cadence.period_on(day)

    assert day in period
    assert period.start.weekday() == 0
    assert (period.end - period.start).days == 7 * every_weeks - 1
    assert cadence.next_period(period).start == period.end + timedelta(days=1)
    assert {cadence.period_on(period.start), cadence.period_on(period.end)} == {period}


@pytest.mark.parametrize(
    ("day", "weeks", "expected"),
    [
        (date(2026, 3, 4), 1, "week 10"),
        (date(2026, 12, 31), 1, "week 53"),
        (date(2027, 1, 2), 1, "week 53"),
        (date(2027, 1, 4), 1, "week 1"),
        (date(2026, 12, 28), 2, "weeks 53–1"),
    ],
)
def test_a_period_is_named_by_its_iso_weeks(day: date, weeks: int, expected: str) -> None:
    """Labels follow ISO 8601, over a year's end and in years of 53 weeks."""
    period = period_of_weeks(monday_of(day), weeks)

    assert expected == period.label


def test_each_contributor_is_asked_and_reminded_in_their_own_zone() -> None:
    """Thursday and Friday at ten are the contributor's; the draft and the digest are the series'."""
    period = Period(date(2026, 3, 2), date(2026, 3, 8))
    zones = {"U_CAI": "Pacific/Auckland", "U_BEN": "America/New_York"}

    found = {(step.kind, step.user_id): step.due_at for step in plan_steps(cadence_of(), period, zones)}

    assert found == {
        (StepKind.PLAN, ""): datetime(2026, 3, 2, 0, tzinfo=UTC),
        (StepKind.ASK, "U_CAI"): datetime(2026, 3, 4, 21, tzinfo=UTC),
        (StepKind.REMIND, "U_CAI"): datetime(2026, 3, 5, 21, tzinfo=UTC),
        (StepKind.ASK, "U_BEN"): datetime(2026, 3, 5, 15, tzinfo=UTC),
        (StepKind.REMIND, "U_BEN"): datetime(2026, 3, 6, 15, tzinfo=UTC),
        (StepKind.DRAFT, ""): datetime(2026, 3, 6, 15, tzinfo=UTC),
        (StepKind.PUBLISH, ""): datetime(2026, 3, 6, 16, tzinfo=UTC),
    }


@given(DAYS, TIMES, ZONES, EVERY)
def test_two_editions_are_always_planned(day: date, at: time, zone: str, every_weeks: int) -> None:
    """Whenever one looks, the period whose note is still to come is planned, and the one after it."""
    cadence, now = cadence_of(zone, every_weeks), datetime.combine(day, at, UTC)

    present, following = periods_to_plan(cadence, now)

    assert cadence.next_period(present) == following
    due = instant(cadence.publish.day_in(present), cadence.publish.at, zone)
    assert now < due <= now + timedelta(weeks=every_weeks, days=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 5, 10, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 5, 10, 1, tzinfo=UTC), date(2026, 3, 9)),
    ],
)
def test_a_new_series_starts_with_the_first_week_it_can_ask_for(now: datetime, expected: date) -> None:
    """Set up before Thursday ten, a series begins this week; afterwards, the next."""
    first = first_period(cadence_of(), now)

    assert expected == first.start
