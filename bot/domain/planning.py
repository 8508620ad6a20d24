"""Which steps an edition has, and when they fall due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.cadence import Cadence, instant
from bot.domain.editions import StepKind
from bot.domain.weeks import Period


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as planned: what, for whom (empty: the whole edition), and its due instant in aware UTC."""

    kind: StepKind
    user_id: str
    due_at: datetime


def plan_steps(cadence: Cadence, period: Period, zones: Mapping[str, str]) -> tuple[PlannedStep, ...]:
    """Return the steps of the edition that covers `period`, for contributors with these IANA zones.

    Asking and reminding fall in each contributor's own zone, the rest in the series'.
    """
    personal = tuple(
        PlannedStep(kind, user_id, instant(moment.day_in(period), moment.at, zone))
        for user_id, zone in zones.items()
        for kind, moment in ((StepKind.ASK, cadence.ask), (StepKind.REMIND, cadence.remind))
    )
    return (
        PlannedStep(StepKind.PLAN, "", instant(period.start, time(), cadence.zone)),
        *personal,
        PlannedStep(StepKind.DRAFT, "", draft_due(cadence, period)),
        PlannedStep(StepKind.PUBLISH, "", publish_due(cadence, period)),
    )


def draft_due(cadence: Cadence, period: Period) -> datetime:
    """Return the instant (UTC) at which the editors get the draft."""
    return instant(cadence.draft.day_in(period), cadence.draft.at, cadence.zone)


def publish_due(cadence: Cadence, period: Period) -> datetime:
    """Return the instant (UTC) at which the note goes out."""
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
