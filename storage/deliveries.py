"""Deliveries: recording what is owed to Slack."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.domain.deliveries import Owed
from storage.database import OWED
from storage.models import DeliveryRow
from storage.upsert import insert_new


def owe(session: Session, workspace_id: str, owed: Owed, *, now: datetime) -> bool:
    """Record a delivery in this transaction. Returns False, changing nothing, when its key is there already."""
    values = asdict(owed) | {"method": owed.method.value, "payload": dict(owed.payload)}
    is_new = insert_new(session, DeliveryRow, workspace_id=workspace_id, created_at=now, not_before=now, **values)
    if is_new:
        session.info.setdefault(OWED, set()).add(workspace_id)
    return is_new
