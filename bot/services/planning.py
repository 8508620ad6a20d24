"""Planning: writing down which steps the editions of a series have, so that the schedule is data."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.bank import draw
from bot.domain.editions import Edition, EditionState
from bot.domain.planning import first_period, periods_to_plan, plan_steps
from bot.domain.series import Series
from bot.domain.weeks import Period
from storage import answers, editions, people, steps
from storage.database import Session


def plan_series(session: Session, series: Series, *, now: datetime) -> None:
    """Plan the present and the next edition of a series, moving steps that are still due to where they now belong.

    A new series starts with the first period it can still ask for. Where a series took up another rhythm, editions
    that were only planned take it up too; one that has begun ends as it began, at the times it had.
    """
    waiting = editions.unfinished(session, series.workspace_id, series.id)
    first = first_period(series.cadence, now)
    zones = people.zones(session, series.workspace_id, series.contributors)
    for period in periods_to_plan(series.cadence, now):
        begun = next((each for each in waiting if each.period.start < period.start <= each.period.end), None)
        if begun or period >= first or any(each.period.start == period.start for each in waiting):
            edition = _with_drawn(session, series, begun or _planned(session, series, period, waiting))
            steps.plan(session, edition, plan_steps(edition.cadence or series.cadence, edition.period, zones))


def _planned(session: Session, series: Series, period: Period, waiting: Sequence[Edition]) -> Edition:
    """Return the edition of a period, which takes the place of what was planned within it."""
    edition = editions.create(session, series.workspace_id, series.id, period)
    if edition.state is not EditionState.SCHEDULED:
        return edition
    if edition.period != period:
        editions.change(session, edition, period_end=period.end)
    for other in waiting:
        if other.state is EditionState.SCHEDULED and period.start < other.period.start <= period.end:
            _fold(session, other, edition)
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


def _fold(session: Session, other: Edition, edition: Edition) -> None:
    """Let what was jotted for one planned edition count for another, and take the first out."""
    editions.lock(session, other.workspace_id, other.id)
    for answer in answers.of_edition(session, other.workspace_id, other.id):
        answers.move(session, answer, question_key=answer.question_key, edition_id=edition.id)
    editions.delete(session, other)
