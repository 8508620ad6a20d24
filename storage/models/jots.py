"""Where people's jots go."""

from datetime import date

from sqlmodel import Field

from storage.columns import SlackId
from storage.models.base import Table


class JotChoiceRow(Table, table=True):
    """The series that somebody who is in several chose for what they jot, and the day (in their zone) it holds for."""

    __tablename__ = "jot_choice"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", sa_type=SlackId)
    user_id: str = Field(primary_key=True, sa_type=SlackId)
    series_id: int = Field(foreign_key="series.id", ondelete="CASCADE")
    day: date
