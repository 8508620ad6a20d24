"""House style."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from storage.columns import SlackId, UTCDateTime
from storage.models.base import Table


class HouseStyleRow(Table, table=True):
    """An editor's template for one document of a series. Without a row, the built-in one is used."""

    __tablename__ = "house_style"

    series_id: int = Field(primary_key=True, foreign_key="series.id", ondelete="CASCADE")
    document: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    template: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=UTCDateTime)
