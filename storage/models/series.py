"""Series, their questions and their people."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from storage.columns import SlackId, UTCDateTime
from storage.models.base import Table


class SeriesRow(Table, table=True):
    """A series and its settings. Times are wall-clock; `zone` is IANA; weekdays count from Monday = 0.

    `rota` lists editors in the order of their turns. `bank` holds the wordings and headings of the questions from
    which one is drawn for each edition. `days_off` holds the first and the last of the days on which the team is
    off, written as ISO 8601 does.
    """

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    channel_id: str = Field(sa_type=SlackId)
    name: str
    zone: str
    anchor: date
    every_weeks: int = 1
    ask_weekday: int
    ask_at: time
    remind_weekday: int
    remind_at: time
    draft_weekday: int
    draft_at: time
    publish_weekday: int
    publish_at: time
    layout: str
    number_template: str
    title_template: str
    season: int = 1
    next_episode: int = 1
    next_count: int = 1
    needs_approval: bool = False
    reminder_limit: int = 1
    grace_days: int = 7
    is_paused: bool = False
    takes_turns: bool = False
    wants_second_eyes: bool = False
    rota: list[str] = Field(default_factory=list, sa_type=JSON)
    asks_in: str = "direct_messages"
    asks_guests: bool = True
    follows_channel: bool = False
    draws_question: bool = False
    bank: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    country: str = ""
    days_off: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    holiday_policy: str = "move"
    created_by: str = Field(sa_type=SlackId)
    created_at: datetime = Field(sa_type=UTCDateTime)


class QuestionRow(Table, table=True):
    """A question of a series, in the order of `position`."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("series_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", sa_type=SlackId)
    series_id: int = Field(foreign_key="series.id", ondelete="CASCADE")
    position: int
    key: str
    ask: str
    heading: str
    shape: str
    is_optional: bool = True


class ContributorRow(Table, table=True):
    """A person a series asks."""

    __tablename__ = "contributor"

    series_id: int = Field(primary_key=True, foreign_key="series.id", ondelete="CASCADE")
    user_id: str = Field(primary_key=True, sa_type=SlackId)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    joined_at: datetime = Field(sa_type=UTCDateTime)


class MemberRow(Table, table=True):
    """Somebody in a series' channel: whether they are there, and what they chose about taking part.

    `choice` is empty until they were told of the series or chose by themselves; see `bot.domain.members.Choice`.
    """

    __tablename__ = "member"

    series_id: int = Field(primary_key=True, foreign_key="series.id", ondelete="CASCADE")
    user_id: str = Field(primary_key=True, sa_type=SlackId)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    is_present: bool = True
    choice: str = ""
    chosen_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class EditorRow(Table, table=True):
    """A person who may preview, edit, publish and configure a series."""

    __tablename__ = "editor"

    series_id: int = Field(primary_key=True, foreign_key="series.id", ondelete="CASCADE")
    user_id: str = Field(primary_key=True, sa_type=SlackId)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
