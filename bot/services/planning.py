"""Planning: writing down which steps the editions of a series have, so that the schedule is data."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.bank import draw
from bot.domain.calendars import Whereabouts, whereabouts
from bot.domain.editions import Edition, EditionState, StepKind, StepState
from bot.domain.planning import MOST_AHEAD, Plan, due_of, first_period, periods_to_plan, plan_edition
from bot.domain.series import AsksIn, Series
from bot.domain.weeks import Period
from bot.services.dates import goes_out_at, whereabouts_in
from storage import answers, changes, deliveries, editions, steps
from storage.database import Session

EVERYBODY = ""
"""Who is asked by a step that asks in the channel."""
NOBODY_IS_REMINDED = (StepKind.REMIND, EVERYBODY)
"""Reminders come by direct message alone."""


def plan_series(session: Session, series: Series, *, now: datetime, only_for: Collection[str] | None = None) -> None:
    """Plan the present and the next edition of a series, moving steps that are still due to where they now belong.

    `only_for` names the contributors whose own steps are planned, where the others' are as they should be.

    A new series starts with the first period it can still ask for. Where a series took up another rhythm, editions
    that were only planned take it up too; one that has begun ends as it began, at the times it had. When the next
    edition is skipped for days off, those after it are planned as well, up to the first that is not.
    """
    waiting = editions.unfinished(session, series.workspace_id, series.id)
    first = first_period(series.cadence, now)
    people = whereabouts_in(session, series, series.contributors if only_for is None else only_for)
    planned: list[Edition] = []
    for period in periods_to_plan(series.cadence, now):
        begun = next((each for each in waiting if each.period.start < period.start <= each.period.end), None)
        if begun or period >= first or any(each.period.start == period.start for each in waiting):
            edition = begun or _planned(session, series, period, waiting)
            planned.append(_plan(session, series, edition, people, now))
    while planned and is_skipped_for_days_off(planned[-1]) and len(planned) < MOST_AHEAD:
        edition = _planned(session, series, series.cadence.next_period(planned[-1].period), waiting)
        planned.append(_plan(session, series, edition, people, now))
    _carry_over(session, planned)
    _bring_along(session, planned, waiting)


def planned_ask(session: Session, series: Series, edition: Edition, user_id: str) -> datetime | None:
    """Return when somebody is to be asked as planned, wherever that was put off to since; None where they are not."""
    people = whereabouts_in(session, series, [user_id])
    cadence, kept = edition.cadence or series.cadence, _kept_day(session, series, edition)
    plan = plan_edition(cadence, edition.period, people, series.time_off, kept_day=kept)
    return due_of(plan, StepKind.ASK, user_id)


def is_skipped_for_days_off(edition: Edition) -> bool:
    """Say whether an edition is left out because nobody would be there to read or write it."""
    return edition.state is EditionState.SKIPPED and edition.day_off is not None


def _plan(
    session: Session, series: Series, edition: Edition, people: Mapping[str, Whereabouts], now: datetime
) -> Edition:
    """Write down the steps of an edition, and whether it is skipped; one that has begun goes on as it began."""
    is_open = edition.state is EditionState.SCHEDULED or is_skipped_for_days_off(edition)
    cadence = edition.cadence or series.cadence
    kept = None if is_open else _kept_day(session, series, edition)
    if is_open and series.asks_in is AsksIn.CHANNEL:
        people = {**people, EVERYBODY: whereabouts(cadence.zone, "", series.time_off, cadence.weekdays)}
    plan = plan_edition(cadence, edition.period, people, series.time_off, kept_day=kept)
    if is_open and _comes_too_late(plan, now):
        usual = cadence.publish.day_in(edition.period)
        plan = plan_edition(cadence, edition.period, people, series.time_off, kept_day=usual)
    steps.plan(session, edition, (step for step in plan.steps if (step.kind, step.user_id) != NOBODY_IS_REMINDED))
    if not is_open:
        return edition
    state = EditionState.SKIPPED if plan.is_skipped else EditionState.SCHEDULED
    if (state, plan.day_off) != (edition.state, edition.day_off):
        editions.change(session, edition, only_from=edition.state, state=state.value, day_off=plan.day_off)
    return _with_drawn(session, series, replace(edition, state=state, day_off=plan.day_off))


def _comes_too_late(plan: Plan, now: datetime) -> bool:
    """Say whether a note would move to a time that is over already: then it goes out when it usually does."""
    due = due_of(plan, StepKind.PUBLISH)
    return plan.day_off is not None and due is not None and due <= now


def _kept_day(session: Session, series: Series, edition: Edition) -> date:
    """Return the day on which the note of an edition that has begun goes out."""
    cadence = edition.cadence or series.cadence
    if edition.day_off is None:
        return cadence.publish.day_in(edition.period)
    return goes_out_at(session, series, edition).astimezone(ZoneInfo(cadence.zone)).date()


def _carry_over(session: Session, planned: Iterable[Edition]) -> None:
    """Let what was jotted for an edition that is skipped for days off count for the next one."""
    skipped: list[Edition] = []
    for edition in planned:
        if is_skipped_for_days_off(edition):
            skipped.append(edition)
            continue
        for other in skipped:
            _move_answers(session, other, edition)
        skipped.clear()


def _bring_along(session: Session, planned: Iterable[Edition], waiting: Iterable[Edition]) -> None:
    """Let what was jotted during a pause, in editions that nobody was asked in, count for the next one."""
    target = next((each for each in planned if each.state is EditionState.SCHEDULED), None)
    if target is None:
        return
    for other in waiting:
        is_past = other.state is EditionState.SCHEDULED and other.period.end < target.period.start
        if is_past and not _goes_out_yet(session, other):
            _replace(session, other, target)


def _goes_out_yet(session: Session, edition: Edition) -> bool:
    known = steps.planned(session, edition.workspace_id, [edition.id], EVERYBODY)
    return any(step.kind is StepKind.PUBLISH and step.state is StepState.DUE for step in known)


def _planned(session: Session, series: Series, period: Period, waiting: Sequence[Edition]) -> Edition:
    """Return the edition of a period, which takes the place of what was planned within it."""
    edition = editions.create(session, series.workspace_id, series.id, period)
    if edition.state is not EditionState.SCHEDULED:
        return edition
    if edition.period != period:
        editions.change(session, edition, period_end=period.end)
    for other in waiting:
        if other.state is EditionState.SCHEDULED and period.start < other.period.start <= period.end:
            _replace(session, other, edition)
    return replace(edition, period=period)


def _with_drawn(session: Session, series: Series, edition: Edition) -> Edition:
    """Draw the question of an edition that is only planned, once; what is drawn stays, unless drawing was ended."""
    if edition.state is not EditionState.SCHEDULED or series.draws_question == bool(edition.drawn):
        return edition
    drawn = (
        draw(series.bank, *editions.drawn_around(session, series.workspace_id, edition))
        if series.draws_question
        else None
    )
    given = answers.of_edition(session, series.workspace_id, edition.id)
    if edition.drawn and any(answer.question_key == edition.drawn.key for answer in given):
        return edition
    editions.keep_drawn(session, edition, drawn)
    return replace(edition, drawn=drawn)


def _replace(session: Session, other: Edition, edition: Edition) -> None:
    """Let one planned edition take the place of another, with what was jotted for it and what was said of that."""
    _move_answers(session, other, edition)
    deliveries.move(session, other.workspace_id, other.id, to=edition.id)
    editions.delete(session, other)


def _move_answers(session: Session, other: Edition, edition: Edition) -> None:
    """Let what was jotted for one planned edition count for another."""
    editions.lock(session, other.workspace_id, other.id)
    for answer in answers.of_edition(session, other.workspace_id, other.id):
        answers.move(session, answer, question_key=answer.question_key, edition_id=edition.id)
        changes.note(session, replace(answer, edition_id=edition.id))
