"""Days off: what moves, where to, and what never happens whatever is off."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.away import Days
from bot.domain.cadence import Cadence, Moment, instant
from bot.domain.calendars import Calendar, HolidayPolicy, TimeOff, Whereabouts, whereabouts
from bot.domain.editions import StepKind
from bot.domain.moving import publishing_day, team_calendar, week_of
from bot.domain.planning import Plan, plan_edition
from bot.domain.weeks import Period, period_of_weeks

LONDON = "Europe/London"
EASTER = Period(date(2026, 3, 30), date(2026, 4, 5))
GOOD_FRIDAY = date(2026, 4, 3)
COUNTRIES = st.sampled_from(("", "GB", "GB-SCT", "DE-BY", "US", "IL", "EG", "JP", "IN", "CN", "BR"))
ZONES = st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"}))
WEEKDAYS = st.integers(0, 6)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def cadence_of(zone: str = LONDON) -> Cadence:
    """Return the default cadence."""
    return Cadence(zone, anchor=date(2026, 3, 2))


def times_of(plan: Plan) -> dict[StepKind, datetime]:
    """Return when the steps of an edition with one contributor fall due."""
    return {step.kind: step.due_at for step in plan.steps}


def plan_for(period: Period, time_off: TimeOff, country: str = "") -> Plan:
    """Plan the default week for one contributor in London."""
    calendar = Calendar(country or time_off.country, time_off.days, cadence_of().weekdays)
    return plan_edition(cadence_of(), period, {"U_ANA": Whereabouts(LONDON, calendar)}, time_off)


def test_a_week_whose_friday_is_off_goes_out_on_thursday_with_everything_before_it() -> None:
    """Before Good Friday people are asked on Wednesday, reminded on Thursday, and the note goes out that afternoon."""
    plan = plan_for(EASTER, TimeOff("GB"))

    assert plan.day_off == GOOD_FRIDAY
    assert times_of(plan) == {
        StepKind.PLAN: datetime(2026, 3, 29, 23, tzinfo=UTC),
        StepKind.TELL: datetime(2026, 3, 30, 8, tzinfo=UTC),
        StepKind.ASK: datetime(2026, 4, 1, 9, tzinfo=UTC),
        StepKind.REMIND: datetime(2026, 4, 2, 9, tzinfo=UTC),
        StepKind.DRAFT: datetime(2026, 4, 2, 14, tzinfo=UTC),
        StepKind.PUBLISH: datetime(2026, 4, 2, 15, tzinfo=UTC),
    }


def test_a_series_that_skips_has_nothing_but_the_news_of_it() -> None:
    """No ask, no reminder, no draft, no note."""
    plan = plan_for(EASTER, TimeOff("GB", policy=HolidayPolicy.SKIP))

    assert plan.is_skipped
    assert set(times_of(plan)) == {StepKind.PLAN, StepKind.TELL}


def test_a_series_that_takes_no_notice_asks_around_the_day_all_the_same() -> None:
    """The note stays on Good Friday; the reminder of that day comes on none, so it is not given."""
    plan = plan_for(EASTER, TimeOff("GB", policy=HolidayPolicy.IGNORE))

    assert plan.day_off is None
    times = times_of(plan)
    assert times[StepKind.PUBLISH] == datetime(2026, 4, 3, 15, tzinfo=UTC)
    assert times[StepKind.ASK] == times[StepKind.REMIND] == datetime(2026, 4, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("policy", (HolidayPolicy.MOVE, HolidayPolicy.SKIP))
def test_a_week_off_is_skipped(policy: HolidayPolicy) -> None:
    """When the whole team is off from Monday to Friday there is no day to move to."""
    plan = plan_for(EASTER, TimeOff(days=(Days(date(2026, 3, 28), date(2026, 4, 6)),), policy=policy))

    assert plan.is_skipped
    assert plan.day_off == GOOD_FRIDAY
    assert times_of(plan)[StepKind.TELL] == datetime(2026, 3, 27, 9, tzinfo=UTC)


def test_somebody_on_holiday_is_asked_on_the_last_working_day_before() -> None:
    """On Thanksgiving nobody in America is asked: they are on Wednesday, the others on Thursday."""
    plan = plan_for(Period(date(2026, 11, 23), date(2026, 11, 29)), TimeOff("GB"), country="US")

    assert plan.day_off is None
    assert times_of(plan)[StepKind.ASK] == datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert times_of(plan)[StepKind.REMIND] == datetime(2026, 11, 27, 10, tzinfo=UTC)


def test_somebody_off_until_the_last_day_is_asked_on_it_before_the_draft() -> None:
    """Off from Monday to Thursday, and back on Friday."""
    plan = plan_for(EASTER, TimeOff(days=(Days(date(2026, 3, 30), date(2026, 4, 2)),)))

    assert times_of(plan)[StepKind.ASK] == datetime(2026, 4, 3, 9, tzinfo=UTC)
    assert times_of(plan)[StepKind.PUBLISH] == datetime(2026, 4, 3, 15, tzinfo=UTC)


def test_a_monday_off_moves_a_note_of_monday_to_tuesday() -> None:
    """There is no working day before it in its own week, and the week before is another note's."""
    at = (Moment(0, time(hour)) for hour in (9, 11, 12, 16))
    cadence = Cadence(LONDON, date(2026, 3, 2), 1, *at)

    found = publishing_day(cadence, Period(date(2026, 4, 6), date(2026, 4, 12)), TimeOff("GB-ENG"))
    assert found == date(2026, 4, 7)


def test_an_edition_that_has_begun_keeps_its_day() -> None:
    """A holiday that becomes known when people have been asked moves nothing any more."""
    people = {"U_ANA": Whereabouts(LONDON)}
    plan = plan_edition(cadence_of(), EASTER, people, TimeOff("GB"), kept_day=GOOD_FRIDAY)

    assert plan == plan_edition(cadence_of(), EASTER, people, TimeOff())


@st.composite
def cadences(draw: st.DrawFn) -> Cadence:
    """Draw a cadence whose steps are in the order that the settings ask for."""
    moments = st.builds(Moment, WEEKDAYS, TIMES)
    ask, draft, publish = sorted(draw(st.lists(moments, min_size=3, max_size=3)), key=_place)
    assume(_place(ask) < _place(draft) < _place(publish))
    remind = draw(moments.filter(lambda moment: _place(ask) < _place(moment) < _place(publish)) | st.just(draft))
    return Cadence(draw(ZONES), date(2026, 3, 2), draw(st.sampled_from((1, 2, 4))), ask, remind, draft, publish)


def _place(moment: Moment) -> tuple[int, time]:
    return moment.weekday, moment.at


@st.composite
def days_off(draw: st.DrawFn, period: Period) -> TimeOff:
    """Draw what is off around a period."""
    starts = draw(st.lists(st.integers(-8, 30), max_size=3))
    days = (Days(period.start + timedelta(days=n), period.start + timedelta(days=n + n % 6)) for n in starts)
    return TimeOff(draw(COUNTRIES), tuple(days), draw(st.sampled_from(HolidayPolicy)))


@given(data=st.data(), cadence=cadences(), day=st.dates(date(2024, 1, 1), date(2032, 1, 1)), country=COUNTRIES)
def test_whatever_is_off_the_steps_keep_their_order_and_their_period(
    data: st.DataObject, cadence: Cadence, day: date, country: str
) -> None:
    """Ask, draft, note; the reminder between the first and the last; all within the period, and not on days off."""
    period = cadence.period_on(day)
    time_off = data.draw(days_off(period))
    at = publishing_day(cadence, period, time_off)
    team, mine = team_calendar(cadence, time_off), Calendar(country, time_off.days, cadence.weekdays)
    if at is None:
        assert team.is_free(cadence.publish.day_in(period))
        return
    week = week_of(cadence, period, time_off, at)
    asked = week.ask(mine)
    reminded = week.remind(mine, asked)

    assert asked <= week.draft <= week.publish
    assert asked <= reminded <= week.publish
    assert period.start <= asked.date()
    assert week.publish.date() <= period.end
    if time_off.policy is not HolidayPolicy.IGNORE:
        assert not team.is_free(week.publish.date())
        assert not team.is_free(week.draft.date())
    free_days = (period.start + timedelta(days=n) for n in range((week.draft.date() - period.start).days))
    if any(mine.is_working(each) for each in free_days):
        assert not mine.is_free(asked.date())
    assert reminded == asked or not mine.is_free(reminded.date())


@given(data=st.data(), cadence=cadences(), day=st.dates(date(2024, 1, 1), date(2032, 1, 1)), zones=st.lists(ZONES))
def test_each_step_is_planned_at_most_once_and_the_same_each_time(
    data: st.DataObject, cadence: Cadence, day: date, zones: list[str]
) -> None:
    """Planning again gives the same steps, one of a kind for each person, and none after the next period begins."""
    period = cadence.period_on(day)
    time_off = data.draw(days_off(period))
    people = {f"U{n}": whereabouts(zone, "", time_off, cadence.weekdays) for n, zone in enumerate(zones)}
    plan = plan_edition(cadence, period, people, time_off)

    assert plan == plan_edition(cadence, period, people, time_off)
    assert set(Counter((step.kind, step.user_id) for step in plan.steps).values()) == {1}
    following = instant(cadence.next_period(period).start, time(), cadence.zone)
    assert all(step.due_at <= following for step in plan.steps if not step.user_id)


@given(cadence=cadences(), weeks=st.sampled_from((1, 2, 4)), zone=ZONES)
def test_without_days_off_the_settings_are_kept(cadence: Cadence, weeks: int, zone: str) -> None:
    """Every step falls on the weekday and the time that were chosen."""
    period = period_of_weeks(date(2026, 3, 2), weeks)
    plan = plan_edition(cadence, period, {"U_ANA": Whereabouts(zone)}, TimeOff())

    expected = {
        StepKind.ASK: (cadence.ask, zone),
        StepKind.REMIND: (cadence.remind, zone),
        StepKind.DRAFT: (cadence.draft, cadence.zone),
        StepKind.PUBLISH: (cadence.publish, cadence.zone),
    }
    found = times_of(plan)
    found.pop(StepKind.PLAN)
    assert found == {
        kind: instant(moment.day_in(period), moment.at, where) for kind, (moment, where) in expected.items()
    }
