"""Steps: the schedule as data."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, func, or_, update
from sqlmodel import Session, col, select

from bot.domain.editions import Edition, Step, StepKind, StepState
from bot.domain.planning import PlannedStep
from storage.columns import constant
from storage.models import EditionRow, SeriesRow, StepRow, WorkspaceRow
from storage.rows import fetch
from storage.upsert import write_all

UNSEEN = (StepKind.PLAN.value, StepKind.UPDATE.value)
"""The kinds of steps that go on while a series is paused: planning, and bringing what is out up to date."""

DUE = constant(StepState.DUE.value)


def plan(session: Session, edition: Edition, planned: Iterable[PlannedStep]) -> None:
    """Record the steps of an edition. A step there already keeps its state and takes the new due time if still due."""
    rows = [
        {
            "workspace_id": edition.workspace_id,
            "edition_id": edition.id,
            "kind": step.kind.value,
            "user_id": step.user_id,
            "due_at": step.due_at,
        }
        for step in planned
    ]
    is_due = col(StepRow.state) == StepState.DUE.value
    write_all(session, StepRow, ("edition_id", "kind", "user_id"), rows, only_if=is_due)


def again(session: Session, edition: Edition, step: PlannedStep) -> None:
    """Make a step due once more (or for the first time)."""
    plan(session, edition, [step])
    session.execute(
        _of(edition, step.kind, step.user_id).values(state=StepState.DUE.value, due_at=step.due_at, done_at=None)
    )


def revive(session: Session, edition: Edition) -> None:
    """Let steps that were skipped fall due once more, with all the rules that decide about them."""
    mine = (col(StepRow.workspace_id) == edition.workspace_id, col(StepRow.edition_id) == edition.id)
    statement = update(StepRow).where(*mine, col(StepRow.state) == StepState.SKIPPED.value)
    session.execute(statement.values(state=StepState.DUE.value, done_at=None))


def workspaces_due(session: Session, now: datetime) -> list[str]:
    """Return the workspaces where the app is installed that have a step due at `now`."""
    return list(session.execute(_workspaces_due(), {"now": now}).scalars())


@cache
def _workspaces_due() -> Any:  # noqa: ANN401 - a select of one column
    """Return the statement that every tick asks: to make it takes longer than to ask it.

    The id is the workspace's own, not the step's: by that SQLite would go through all steps there are, to have them in
    order.
    """
    statement = (
        select(WorkspaceRow.id)
        .select_from(StepRow)
        .join(WorkspaceRow, col(WorkspaceRow.id) == col(StepRow.workspace_id))
        .where(col(StepRow.state) == DUE, col(StepRow.due_at) <= bindparam("now"), WorkspaceRow.scopes != "")
    )
    return _unpaused(statement).distinct()


def next_due(session: Session, workspace_id: str, now: datetime) -> Step | None:
    """Return the step due first. The steps of a series that is paused wait, but for those that nobody sees."""
    row = fetch(session, _next_due(), {"workspace": workspace_id, "now": now}).first()
    return _step(row) if row else None


@cache
def _next_due() -> Any:  # noqa: ANN401 - a select of a step
    """Return the statement that comes before and after each step."""
    is_due = (col(StepRow.state) == DUE, col(StepRow.due_at) <= bindparam("now"))
    statement = select(StepRow).where(StepRow.workspace_id == bindparam("workspace"), *is_due)
    return _unpaused(statement.order_by(col(StepRow.due_at), col(StepRow.id)).limit(1))


def overdue(session: Session, workspace_id: str, series_id: int, kind: StepKind, now: datetime) -> set[int]:
    """Return the editions of a series with a step of this kind that has fallen due and was not done."""
    statement = (
        select(StepRow.edition_id)
        .join(EditionRow, col(EditionRow.id) == col(StepRow.edition_id))
        .where(
            StepRow.workspace_id == workspace_id,
            EditionRow.series_id == series_id,
            StepRow.kind == kind.value,
            StepRow.state == StepState.DUE.value,
            StepRow.due_at <= now,
        )
    )
    return set(session.exec(statement).all())


def leave(session: Session, edition: Edition, *, now: datetime) -> None:
    """Skip the steps of an edition that are still due, but for those that nobody sees."""
    statement = update(StepRow).where(
        col(StepRow.workspace_id) == edition.workspace_id,
        col(StepRow.edition_id) == edition.id,
        col(StepRow.state) == StepState.DUE.value,
        col(StepRow.kind).not_in(UNSEEN),
    )
    session.execute(statement.values(state=StepState.SKIPPED.value, done_at=now))


def ask_again(session: Session, edition: Edition) -> None:
    """Let everybody of an edition be asked who counted as asked."""
    statement = update(StepRow).where(
        col(StepRow.workspace_id) == edition.workspace_id,
        col(StepRow.edition_id) == edition.id,
        col(StepRow.kind) == StepKind.ASK.value,
        col(StepRow.user_id) != "",
        col(StepRow.state) == StepState.DONE.value,
    )
    session.execute(statement.values(state=StepState.DUE.value, done_at=None))


def claim(session: Session, step: Step, now: datetime) -> bool:
    """Keep a step from other workers until this transaction ends. Returns False when one of them has done it."""
    asked = {"workspace": step.workspace_id, "step": step.id, "now": now}
    return fetch(session, _claim(), asked).first() is not None


@cache
def _claim() -> Any:  # noqa: ANN401 - a SELECT … FOR UPDATE
    """Return another statement that is made once."""
    mine = (StepRow.workspace_id == bindparam("workspace"), StepRow.id == bindparam("step"))
    is_due = (StepRow.state == StepState.DUE.value, StepRow.due_at <= bindparam("now"))
    return select(StepRow.id).where(*mine, *is_due).with_for_update()


def finish(session: Session, step: Step, state: StepState, *, now: datetime) -> None:
    """Record that a step was done, or skipped."""
    statement = update(StepRow).where(col(StepRow.workspace_id) == step.workspace_id, col(StepRow.id) == step.id)
    fetch(session, statement.values(state=state.value, done_at=now), {})


def due_at(
    session: Session, workspace_id: str, edition_ids: Collection[int], kind: StepKind, user_id: str = ""
) -> dict[int, datetime]:
    """Return when one step of each edition is, or was, due, by edition; those without it are left out."""
    statement = select(StepRow.edition_id, StepRow.due_at).where(
        StepRow.workspace_id == workspace_id,
        col(StepRow.edition_id).in_(edition_ids),
        StepRow.kind == kind.value,
        StepRow.user_id == user_id,
    )
    return {row[0]: row[1] for row in session.exec(statement).all()}


def pass_over(session: Session, edition: Edition, user_id: str) -> None:
    """Record that an edition expects nothing of somebody, because they are away."""
    session.execute(_of(edition, StepKind.ASK, user_id).values(state=StepState.AWAY.value))


def expect(session: Session, edition: Edition, user_id: str) -> None:
    """Record that an edition expects something of somebody again, who was passed over and is back."""
    mine = _of(edition, StepKind.ASK, user_id).where(col(StepRow.state) == StepState.AWAY.value)
    session.execute(mine.values(state=StepState.DONE.value))


def is_owed_asking(session: Session, edition: Edition, user_id: str) -> bool:
    """Say whether somebody has not been asked for an edition, but was passed over, or is to be asked yet."""
    states = (StepState.AWAY.value, StepState.DUE.value)
    statement = select(StepRow.id).where(
        StepRow.workspace_id == edition.workspace_id,
        StepRow.edition_id == edition.id,
        StepRow.kind == StepKind.ASK.value,
        StepRow.user_id == user_id,
        col(StepRow.state).in_(states),
    )
    return session.exec(statement).first() is not None


def passed_over(session: Session, workspace_id: str, edition_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Return who was passed over in each of these editions because they were away or had the days off."""
    statement = select(StepRow.edition_id, StepRow.user_id).where(
        StepRow.workspace_id == workspace_id,
        col(StepRow.edition_id).in_(edition_ids),
        StepRow.kind == StepKind.ASK.value,
        StepRow.state == StepState.AWAY.value,
    )
    found: dict[int, frozenset[str]] = dict.fromkeys(edition_ids, frozenset())
    for edition_id, user_id in session.exec(statement).all():
        found[edition_id] |= {user_id}
    return found


def due_for(session: Session, edition: Edition, user_id: str, kind: StepKind) -> Step | None:
    """Return a step of one person that is still due."""
    statement = select(StepRow).filter_by(
        workspace_id=edition.workspace_id,
        edition_id=edition.id,
        user_id=user_id,
        kind=kind.value,
        state=StepState.DUE.value,
    )
    row = session.exec(statement.execution_options(populate_existing=True)).first()
    return _step(row) if row else None


def skip_for(session: Session, edition: Edition, user_id: str, *, now: datetime) -> None:
    """Skip what an edition still has in mind for one person."""
    statement = _of_person(edition, user_id).where(col(StepRow.state) == StepState.DUE.value)
    session.execute(statement.values(state=StepState.SKIPPED.value, done_at=now))


def revive_for(session: Session, edition: Edition, user_id: str) -> None:
    """Let what was skipped for one person be due again, at the time it had."""
    statement = _of_person(edition, user_id).where(col(StepRow.state) == StepState.SKIPPED.value)
    session.execute(statement.values(state=StepState.DUE.value, done_at=None))


def put_off(session: Session, step: Step, until: datetime) -> None:
    """Let a step that is still due fall due later."""
    statement = update(StepRow).where(
        col(StepRow.workspace_id) == step.workspace_id,
        col(StepRow.id) == step.id,
        col(StepRow.state) == StepState.DUE.value,
    )
    session.execute(statement.values(due_at=until))


def upcoming(session: Session, workspace_id: str, series_id: int | None = None, limit: int = 20) -> list[Step]:
    """Return the steps still due, soonest first, of one series or of the whole workspace."""
    statement = select(StepRow).where(StepRow.workspace_id == workspace_id, StepRow.state == StepState.DUE.value)
    if series_id is not None:
        statement = statement.join(EditionRow, col(EditionRow.id) == col(StepRow.edition_id))
        statement = statement.where(EditionRow.series_id == series_id)
    return [_step(row) for row in session.exec(statement.order_by(col(StepRow.due_at)).limit(limit)).all()]


def planned(session: Session, workspace_id: str, edition_ids: Collection[int], user_id: str) -> list[Step]:
    """Return the steps of editions, done or not, that concern one person or the whole edition."""
    statement = select(StepRow).where(
        StepRow.workspace_id == workspace_id,
        col(StepRow.edition_id).in_(edition_ids),
        col(StepRow.user_id).in_(("", user_id)),
    )
    return [_step(row) for row in session.exec(statement.execution_options(populate_existing=True)).all()]


def next_of(
    session: Session, workspace_id: str, edition_ids: Collection[int], kinds: Collection[StepKind]
) -> dict[int, tuple[StepKind, datetime]]:
    """Return what is due next of each edition, of these kinds, and when."""
    statement = (
        select(StepRow.edition_id, StepRow.kind, func.min(StepRow.due_at))
        .where(
            StepRow.workspace_id == workspace_id,
            col(StepRow.edition_id).in_(edition_ids),
            col(StepRow.kind).in_([kind.value for kind in kinds]),
            StepRow.state == StepState.DUE.value,
        )
        .group_by(col(StepRow.edition_id), col(StepRow.kind))
    )
    found = sorted(((due, edition_id, kind) for edition_id, kind, due in session.exec(statement)), reverse=True)
    return {edition_id: (StepKind(kind), due) for due, edition_id, kind in found}


def _unpaused(statement: Any) -> Any:  # noqa: ANN401 - a select of steps, or of one of their columns
    """Leave out the steps of series that are paused, but for those that nobody sees."""
    joined = statement.join(EditionRow, col(EditionRow.id) == col(StepRow.edition_id))
    joined = joined.join(SeriesRow, col(SeriesRow.id) == col(EditionRow.series_id))
    return joined.where(or_(col(StepRow.kind).in_(UNSEEN), col(SeriesRow.is_paused).is_(False)))


def _of(edition: Edition, kind: StepKind, user_id: str) -> Update:
    return _of_person(edition, user_id).where(col(StepRow.kind) == kind.value)


def _of_person(edition: Edition, user_id: str) -> Update:
    return update(StepRow).where(
        col(StepRow.workspace_id) == edition.workspace_id,
        col(StepRow.edition_id) == edition.id,
        col(StepRow.user_id) == user_id,
    )


def _step(row: StepRow) -> Step:
    return Step(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        edition_id=row.edition_id,
        kind=StepKind(row.kind),
        user_id=row.user_id,
        due_at=row.due_at,
        state=StepState(row.state),
    )
