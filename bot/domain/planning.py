"""Which steps an edition has, and when they fall due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import Cadence, instant
from bot.domain.calendars import TimeOff, Whereabouts
from bot.domain.editions import StepKind
from bot.domain.moving import Week, publishing_day, team_calendar, week_of
from bot.domain.weeks import WEEK, Period, monday_of

MOST_AHEAD = 60
"""How many periods are looked at for one that is not off: longer than a year nobody rests."""
TOLD_AT = time(9)
"""When editors are told, before a week with a day off, what becomes of its note."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as planned: what, for whom (empty: the whole edition), and its due instant in aware UTC."""

    kind: StepKind
    user_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of an edition. `day_off` is its usual publishing day, where days off move its note or skip it."""

    steps: tuple[PlannedStep, ...]
    day_off: date | None = None
    is_skipped: bool = False


def plan_edition(
    cadence: Cadence,
    period: Period,
    people: Mapping[str, Whereabouts],
    time_off: TimeOff,
    *,
    kept_day: date | None = None,
) -> Plan:
    """Return the steps of the edition that covers `period`, for contributors in these places.

    Asking and reminding fall in each contributor's own zone, the rest in the series'. An edition that has begun keeps
    its publishing day, `kept_day`, whatever is off now.
    """
    usual = cadence.publish.day_in(period)
    day = kept_day or publishing_day(cadence, period, time_off)
    begin = PlannedStep(StepKind.PLAN, "", instant(period.start, time(), cadence.zone))
    if day is None:
        return Plan((begin, _telling(cadence, period, time_off)), usual, is_skipped=True)
    week = week_of(cadence, period, time_off, day)
    steps = (begin, *_personal(week, people), *_of_everybody(week))
    return Plan(steps) if day == usual else Plan((*steps, _telling(cadence, period, time_off)), usual)


def due_of(plan: Plan, kind: StepKind, user_id: str = "") -> datetime | None:
    """Return when a step of a plan falls due."""
    return next((step.due_at for step in plan.steps if (step.kind, step.user_id) == (kind, user_id)), None)


def plan_steps(cadence: Cadence, period: Period, zones: Mapping[str, str]) -> tuple[PlannedStep, ...]:
    """Return the steps of an edition that no days off concern, for contributors with these IANA zones."""
    return plan_edition(cadence, period, {user: Whereabouts(zone) for user, zone in zones.items()}, TimeOff()).steps


def next_times(cadence: Cadence, period: Period, time_off: TimeOff) -> dict[StepKind, datetime]:
    """Return when the steps of the first edition from `period` on that is not skipped are due, by the series' clock."""
    everybody = {"": Whereabouts(cadence.zone, team_calendar(cadence, time_off))}
    plan = plan_edition(cadence, period, everybody, time_off)
    for _ in range(MOST_AHEAD):
        if not plan.is_skipped:
            break
        period = cadence.next_period(period)
        plan = plan_edition(cadence, period, everybody, time_off)
    return {step.kind: step.due_at for step in plan.steps}


def _personal(week: Week, people: Mapping[str, Whereabouts]) -> Iterator[PlannedStep]:
    for user_id, where in people.items():
        asked = week.ask(where.calendar)
        reminded = week.remind(where.calendar, asked)
        yield PlannedStep(StepKind.ASK, user_id, _instant(asked, where.zone))
        yield PlannedStep(StepKind.REMIND, user_id, _instant(reminded, where.zone))


def _of_everybody(week: Week) -> Iterator[PlannedStep]:
    yield PlannedStep(StepKind.DRAFT, "", _instant(week.draft, week.cadence.zone))
    yield PlannedStep(StepKind.PUBLISH, "", _instant(week.publish, week.cadence.zone))


def _telling(cadence: Cadence, period: Period, time_off: TimeOff) -> PlannedStep:
    """Return when editors are told: on the Monday of the week of the note, or the last working day before it."""
    calendar, monday = team_calendar(cadence, time_off), monday_of(period.end)
    days = (monday - timedelta(days=n) for n in range(2 * WEEK.days))
    day = next((day for day in days if calendar.is_working(day)), monday)
    return PlannedStep(StepKind.TELL, "", instant(day, TOLD_AT, cadence.zone))


def _instant(wall: datetime, zone: str) -> datetime:
    return instant(wall.date(), wall.time(), zone)


def draft_due(cadence: Cadence, period: Period) -> datetime:
    """Return the instant (UTC) at which the editors usually get the draft."""
    return instant(cadence.draft.day_in(period), cadence.draft.at, cadence.zone)


def publish_due(cadence: Cadence, period: Period) -> datetime:
    """Return the instant (UTC) at which the note usually goes out."""
    return instant(cadence.publish.day_in(period), cadence.publish.at, cadence.zone)


def periods_to_plan(cadence: Cadence, now: datetime) -> tuple[Period, Period]:
    """Return the two periods that should have an edition now.

    They are the present one and the next; but a period whose note is already due is over, so the next two are.
    """
    present = cadence.period_on(now.astimezone(ZoneInfo(cadence.zone)).date())
    if publish_due(cadence, present) <= now:
        present = cadence.next_period(present)
    return present, cadence.next_period(present)


def first_period(cadence: Cadence, now: datetime) -> Period:
    """Return the period a new series starts with: the first whose asking, by the series' clock, is still to come."""
    present = cadence.period_on(now.astimezone(ZoneInfo(cadence.zone)).date())
    asked = instant(cadence.ask.day_in(present), cadence.ask.at, cadence.zone)
    return present if now <= asked else cadence.next_period(present)
