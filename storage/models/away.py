"""When people are away."""

from datetime import date, datetime

from sqlmodel import Field

from storage.columns import SlackId, UTCDateTime
from storage.models.base import Table


class AwayRow(Table, table=True):
    """Days somebody is away, in their own zone, the first and the last included; `until_day` is empty for an open end.

    One person's never overlap: what they say last takes the place of what it overlaps. `is_from_status`
    marks the days that were taken from their Slack status, and end with it.
    """

    __tablename__ = "away"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", sa_type=SlackId)
    user_id: str = Field(primary_key=True, sa_type=SlackId)
    from_day: date = Field(primary_key=True)
    until_day: date | None = None
    is_from_status: bool = False
    said_at: datetime = Field(sa_type=UTCDateTime)
