"""What waits, over all workspaces: counts and times for those who run the bot, nothing that anybody wrote."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.domain.deliveries import DeliveryState
from bot.domain.editions import StepState
from storage.models import DeliveryRow, StepRow, WorkspaceRow


def deliveries_by_state(session: Session) -> dict[str, int]:
    """Return how many deliveries are in each state, also in those where there are none."""
    statement = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
    return dict.fromkeys((state.value for state in DeliveryState), 0) | dict(session.exec(statement).all())


def oldest_due_step(session: Session, now: datetime) -> datetime | None:
    """Return when the step that has been due for longest fell due, where the app is installed."""
    statement = (
        select(func.min(StepRow.due_at))
        .join(WorkspaceRow, col(WorkspaceRow.id) == col(StepRow.workspace_id))
        .where(StepRow.state == StepState.DUE.value, StepRow.due_at <= now, WorkspaceRow.scopes != "")
    )
    return session.exec(statement).one()


def oldest_owed(session: Session, now: datetime) -> datetime | None:
    """Return since when the delivery that has waited longest might have gone out."""
    statement = (
        select(func.min(DeliveryRow.not_before))
        .join(WorkspaceRow, col(WorkspaceRow.id) == col(DeliveryRow.workspace_id))
        .where(DeliveryRow.state == DeliveryState.OWED.value, DeliveryRow.not_before <= now, WorkspaceRow.scopes != "")
    )
    return session.exec(statement).one()
