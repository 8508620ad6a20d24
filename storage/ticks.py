"""Ticks: when the bot was last up, and what fell into the time when it was down."""

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from bot.domain.downtimes import TOLD_AFTER, Downtime
from bot.domain.editions import StepState
from storage.models import AnswerRow, EditionRow, StepRow, WorkspaceRow


def tick(session: Session, now: datetime) -> None:
    """Keep that the bot is up."""
    session.execute(update(WorkspaceRow).values(ticked_at=now))


def begin(session: Session, now: datetime) -> None:
    """Keep that the bot is up again, and since when it was not. A short pause, as of a restart, is none."""
    was_down = col(WorkspaceRow.ticked_at) < now - TOLD_AFTER
    times = {"down_from": col(WorkspaceRow.ticked_at), "down_until": now}
    session.execute(update(WorkspaceRow).where(was_down).values(**times))
    tick(session, now)


def last_down(session: Session, workspace_id: str, series_id: int) -> Downtime | None:
    """Return when the bot was last down, and how much of a series it has caught up on."""
    found = session.exec(
        select(WorkspaceRow.down_from, WorkspaceRow.down_until).where(WorkspaceRow.id == workspace_id)
    ).first()
    from_at, until_at = found or (None, None)
    if from_at is None or until_at is None:
        return None
    mine = (EditionRow.workspace_id == workspace_id, EditionRow.series_id == series_id)
    given = (
        select(func.count())
        .select_from(AnswerRow)
        .join(EditionRow, col(EditionRow.id) == col(AnswerRow.edition_id))
        .where(*mine, col(AnswerRow.given_at) > from_at, col(AnswerRow.given_at) < until_at)
    )
    done = (
        select(func.count())
        .select_from(StepRow)
        .join(EditionRow, col(EditionRow.id) == col(StepRow.edition_id))
        .where(*mine, StepRow.state == StepState.DONE.value)
        .where(col(StepRow.due_at) > from_at, col(StepRow.due_at) < until_at)
    )
    return Downtime(from_at, until_at, session.exec(given).one(), session.exec(done).one())
