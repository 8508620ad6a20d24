"""Failures: what Slack refused, or does not take yet."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from bot.domain.attempts import IN_DOUBT
from bot.domain.deliveries import Delivery, DeliveryState, HeldUp
from storage.deliveries import PENDING, delivery, find
from storage.models import DeliveryRow, EditionRow


def failed_of(session: Session, workspace_id: str, edition_id: int) -> list[Delivery]:
    """Return the deliveries of an edition that failed, oldest first."""
    statement = select(DeliveryRow).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.edition_id == edition_id,
        DeliveryRow.state == DeliveryState.FAILED.value,
    )
    return [delivery(row) for row in session.exec(statement.order_by(col(DeliveryRow.id))).all()]


def held_up(session: Session, workspace_id: str, edition_id: int) -> HeldUp | None:
    """Return the delivery of an edition that was attempted most often, and is attempted again by itself."""
    row = DeliveryRow
    statement = select(row.kind, row.error, row.attempt, row.not_before).where(
        row.workspace_id == workspace_id,
        row.edition_id == edition_id,
        col(row.state).in_(PENDING),
        row.error != "",
    )
    found = session.exec(statement.order_by(col(row.attempt).desc(), col(row.id)).limit(1)).first()
    return HeldUp(*found) if found else None


def refusal(session: Session, workspace_id: str, edition_id: int) -> str:
    """Return why the note of an edition could not be posted, or nothing."""
    first = find(session, workspace_id, f"edition:{edition_id}:digest:1")
    return first.error if first and first.state is DeliveryState.FAILED else ""


def is_refused(session: Session, workspace_id: str, edition_id: int) -> bool:
    """Say whether the note of an edition is surely nowhere, since it could not be posted."""
    error = refusal(session, workspace_id, edition_id)
    return bool(error) and IN_DOUBT not in error


def troubles(session: Session, workspace_id: str, series_ids: Collection[int], since: datetime) -> dict[int, Delivery]:
    """Return the delivery of each of these series that failed last, of those owed from `since` on."""
    introduced = {f"series:{series_id}:introduction": series_id for series_id in series_ids}
    statement = (
        select(DeliveryRow, EditionRow.series_id)
        .outerjoin(EditionRow, col(EditionRow.id) == col(DeliveryRow.edition_id))
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.state == DeliveryState.FAILED.value,
            DeliveryRow.created_at >= since,
            or_(col(EditionRow.series_id).in_(series_ids), col(DeliveryRow.key).in_(introduced)),
        )
        .order_by(col(DeliveryRow.id))
    )
    found = session.exec(statement.execution_options(populate_existing=True)).all()
    return {series_id or introduced[row.key]: delivery(row) for row, series_id in found}
