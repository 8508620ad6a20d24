"""What editors made of answers for the note."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import SlackId, UTCDateTime
from storage.models.base import Table


class EntryRow(Table, table=True):
    """An answer as the note shows it, where an editor changed something: its wording, or whether it is there at all.

    The answer itself stays as it was given. `wording` holds `rich_text` blocks (none: the answer's own words);
    `is_outdated` says that the answer was changed after it, so that the answer's own words are shown again.
    """

    __tablename__ = "entry"

    answer_id: int = Field(primary_key=True, foreign_key="answer.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    wording: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    is_outdated: bool = False
    is_hidden: bool = False
    edited_by: str = Field(sa_type=SlackId)
    edited_at: datetime = Field(sa_type=UTCDateTime)
