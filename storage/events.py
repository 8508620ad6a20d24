"""Events already handled."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import ReceivedEventRow
from storage.upsert import insert_new


def receive(session: Session, workspace_id: str, event_id: str, *, now: datetime) -> bool:
    """Note an event, button or form. Returns False when it was handled before."""
    return insert_new(session, ReceivedEventRow, workspace_id=workspace_id, event_id=event_id, received_at=now)


def press(session: Session, workspace_id: str, trigger_id: str, *, now: datetime) -> bool:
    """Note what a person pressed, chose or saved, by its trigger. Returns False when it was handled before."""
    return receive(session, workspace_id, f"press:{trigger_id}", now=now)


def is_received(session: Session, workspace_id: str, event_id: str) -> bool:
    """Say whether an event, button or form was handled before."""
    return session.get(ReceivedEventRow, (workspace_id, event_id)) is not None


def received_among(session: Session, workspace_id: str, event_ids: Collection[str]) -> set[str]:
    """Return which of these events, buttons and forms were handled before."""
    row = ReceivedEventRow
    statement = select(row.event_id).where(row.workspace_id == workspace_id, col(row.event_id).in_(event_ids))
    return set(session.exec(statement).all())


def forget(session: Session, workspace_id: str, event_id: str) -> None:
    """Let an event be handled once more."""
    statement = delete(ReceivedEventRow).where(
        col(ReceivedEventRow.workspace_id) == workspace_id, col(ReceivedEventRow.event_id) == event_id
    )
    session.execute(statement)


def forget_before(session: Session, instant: datetime) -> None:
    """Drop what was received before `instant`: later than Slack would deliver it again."""
    session.execute(delete(ReceivedEventRow).where(col(ReceivedEventRow.received_at) < instant))
