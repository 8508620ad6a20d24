"""Deleting what has been kept long enough."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, delete, select

from bot.domain.deliveries import DeliveryState
from bot.domain.editions import EditionState
from storage.models import AnswerRow, DeliveryRow, EditionRow, ReceivedEventRow, Table, WorkspaceRow


def workspaces_left(session: Session, before: datetime) -> list[str]:
    """Return the workspaces that the app was taken out of before then."""
    row = WorkspaceRow
    return list(session.exec(select(row.id).where(row.scopes == "", col(row.uninstalled_at) <= before)))


def take_workspace(session: Session, workspace_id: str) -> None:
    """Delete every row of a workspace, and the workspace."""
    for table in reversed(Table.metadata.sorted_tables):
        if "workspace_id" in table.c:
            session.execute(table.delete().where(table.c.workspace_id == workspace_id))
    session.execute(delete(WorkspaceRow).where(col(WorkspaceRow.id) == workspace_id))


def take_passing(session: Session, before: datetime) -> None:
    """Forget which events came before then, and what was sent that belongs to no edition: answers, Homes."""
    session.execute(delete(ReceivedEventRow).where(col(ReceivedEventRow.received_at) < before))
    row = DeliveryRow
    is_finished = col(row.state).in_((DeliveryState.SENT.value, DeliveryState.FAILED.value))
    session.execute(delete(row).where(col(row.edition_id).is_(None), is_finished, col(row.created_at) < before))


def editions_over(session: Session, before: datetime) -> list[int]:
    """Return the editions whose week was over before then, finished, and that still hold words or who gave them."""
    row = EditionRow
    is_finished = col(row.state).in_((EditionState.PUBLISHED.value, EditionState.SKIPPED.value))
    statement = select(row.id).where(is_finished, col(row.period_end) < before.date(), _holds_words())
    return [found for found in session.exec(statement) if found is not None]


def take_words(session: Session, edition_ids: Sequence[int]) -> None:
    """Delete what was given to editions, and what was said about it; their numbers and dates stay."""
    session.execute(delete(AnswerRow).where(col(AnswerRow.edition_id).in_(edition_ids)))
    session.execute(delete(DeliveryRow).where(col(DeliveryRow.edition_id).in_(edition_ids)))
    gone = update(EditionRow).where(col(EditionRow.id).in_(edition_ids))
    session.execute(gone.values(headline="", introduction=""))


def _holds_words() -> ColumnElement[bool]:
    answered = select(AnswerRow.id).where(AnswerRow.edition_id == EditionRow.id).exists()
    told = select(DeliveryRow.id).where(DeliveryRow.edition_id == EditionRow.id).exists()
    return answered | told | (col(EditionRow.headline) != "") | (col(EditionRow.introduction) != "")
