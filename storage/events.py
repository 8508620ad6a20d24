"""Events already handled."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.models import ReceivedEventRow
from storage.upsert import insert_new


def receive(session: Session, workspace_id: str, event_id: str, *, now: datetime) -> bool:
    """Note an event, button or form. Returns False when it was handled before."""
    return insert_new(session, ReceivedEventRow, workspace_id=workspace_id, event_id=event_id, received_at=now)


def forget_before(session: Session, instant: datetime) -> None:
    """Drop what was received before `instant`: later than Slack would deliver it again."""
    session.execute(delete(ReceivedEventRow).where(col(ReceivedEventRow.received_at) < instant))
