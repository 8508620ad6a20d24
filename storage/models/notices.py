"""Standing notices."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import SlackId, UTCDateTime
from storage.models.base import Table


class NoticeRow(Table, table=True):
    """A paragraph that each note of a series has, up to `until_day` (by the series' clock) or until it is ended.

    `words` is the `rich_text` block that an editor typed.
    """

    __tablename__ = "notice"

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    series_id: int = Field(foreign_key="series.id", ondelete="CASCADE", index=True)
    source_key: str = Field(unique=True)
    words: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    until_day: date | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
