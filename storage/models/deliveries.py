"""What is owed to Slack, and what Slack has already told us."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import SlackId, SlackTs, UTCDateTime
from storage.models.base import Table


class DeliveryRow(Table, table=True):
    """One write owed to Slack, recorded before it is attempted.

    `key` names the effect. `method` is the Web API method, `channel` a channel or user id, `payload` the rest.
    `thread_key` and `target_key` name deliveries whose `ts` this one needs: as its thread, or as what it changes.
    `cause` is what it came of: the id of a request of Slack's, or a step, by which it can be followed in the log.
    States: owed → attempted → sent | failed | unknown; see docs/design.md.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(
            "ix_delivery_pending",
            "workspace_id",
            "id",
            sqlite_where=text("state IN ('owed', 'attempted', 'unknown')"),
            postgresql_where=text("state IN ('owed', 'attempted', 'unknown')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", sa_type=SlackId)
    key: str
    kind: str
    cause: str = ""
    method: str
    channel: str = Field(sa_type=SlackId)
    thread_ts: str = Field(default="", sa_type=SlackTs)
    thread_key: str = ""
    target_key: str = ""
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    edition_id: int | None = Field(default=None, foreign_key="edition.id", ondelete="CASCADE", index=True)
    prompt_id: int | None = Field(default=None, foreign_key="prompt.id", ondelete="CASCADE")
    state: str = "owed"
    attempt: int = 0
    attempted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    not_before: datetime = Field(sa_type=UTCDateTime)
    posted_channel: str = Field(default="", sa_type=SlackId)
    ts: str = Field(default="", sa_type=SlackTs)
    error: str = ""
    created_at: datetime = Field(sa_type=UTCDateTime)


class ReceivedEventRow(Table, table=True):
    """An event, button or form already handled (`event_id` or `trigger_id`), so that a redelivery changes nothing."""

    __tablename__ = "received_event"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", sa_type=SlackId)
    event_id: str = Field(primary_key=True)
    received_at: datetime = Field(sa_type=UTCDateTime, index=True)
