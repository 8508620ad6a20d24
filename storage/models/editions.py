"""Editions with their steps, prompts and answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import SlackId, SlackTs, UTCDateTime
from storage.models.base import Table


class EditionRow(Table, table=True):
    """One period of one series. `questions` is the frozen list (empty until the edition starts collecting).

    `drawn` is the question drawn for it from the series' bank, empty when there is none; `cadence` the times it keeps
    where the series has taken up others.
    `entry_order` lists answers as an editor arranged them (empty: as they came); `headline_answer_id` is the answer
    whose first line is the headline; `draft_revision` counts how often the draft was brought up to date. `turn` is
    the editor of the week, `edited_by` who edited the note last. `covers_from` is the first day of the editions
    that were `merged_into` this one; `halvings` is how often the room of the note's messages was halved for Slack.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("series_id", "period_start"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    series_id: int = Field(foreign_key="series.id", ondelete="CASCADE")
    period_start: date
    period_end: date
    state: str = "scheduled"
    questions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    drawn: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    cadence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    headline: str = ""
    headline_answer_id: int | None = None
    introduction: str = ""
    entry_order: list[int] = Field(default_factory=list, sa_type=JSON)
    draft_revision: int = 0
    turn: str = Field(default="", sa_type=SlackId)
    edited_by: str = Field(default="", sa_type=SlackId)
    covers_from: date | None = None
    merged_into: int | None = Field(default=None, index=True)
    number: str = ""
    season: int | None = None
    episode: int | None = None
    count: int | None = None
    is_held: bool = False
    published_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revision: int = 0
    halvings: int = 0
    day_off: date | None = None


IS_DUE: Any = {"sqlite_where": text("state = 'due'"), "postgresql_where": text("state = 'due'")}


class StepRow(Table, table=True):
    """One due thing of an edition. `user_id` is empty for the steps that concern the whole edition."""

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind", "user_id"),
        Index("ix_step_due", "due_at", **IS_DUE),
        Index("ix_step_next", "workspace_id", "due_at", **IS_DUE),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True, sa_type=SlackId)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    kind: str
    user_id: str = Field(default="", sa_type=SlackId)
    due_at: datetime = Field(sa_type=UTCDateTime)
    state: str = "due"
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class PromptRow(Table, table=True):
    """One question put to one contributor for one edition. `ts` is empty until the message's delivery is sent.

    `left_ts` is when they moved on from it, by Slack's clock.
    """

    __tablename__ = "prompt"
    __table_args__ = (
        UniqueConstraint("edition_id", "user_id", "question_key"),
        Index("ix_prompt_thread", "workspace_id", "channel_id", "thread_ts"),
        Index("ix_prompt_person", "workspace_id", "user_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", sa_type=SlackId)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    user_id: str = Field(sa_type=SlackId)
    position: int
    question_key: str
    state: str = "open"
    channel_id: str = Field(default="", sa_type=SlackId)
    thread_ts: str = Field(default="", sa_type=SlackTs)
    ts: str = Field(default="", sa_type=SlackTs)
    left_ts: str = Field(default="", sa_type=SlackTs)


class AnswerRow(Table, table=True):
    """One thing a contributor gave. `source_key` makes it unique: `C…:ts` of its message, or the id of a form.

    `version` is the newest change seen (Slack's `edited.ts`), so that an older event arriving late changes nothing.
    A deleted answer keeps its row without its words, so that a late redelivery cannot bring it back.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_key"),
        Index("ix_answer_edition", "edition_id", "user_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", sa_type=SlackId)
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    user_id: str = Field(sa_type=SlackId)
    question_key: str
    source: str
    source_key: str
    channel_id: str = Field(default="", sa_type=SlackId)
    ts: str = Field(default="", sa_type=SlackTs)
    permalink: str = ""
    said_by: str = ""
    text: str = ""
    blocks: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    files: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    given_at: datetime = Field(sa_type=UTCDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: str = ""
    is_inside: bool = False
    is_deleted: bool = False
