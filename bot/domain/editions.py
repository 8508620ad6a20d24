"""An edition of a series: its state, its steps, its prompts and the answers given to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.cadence import Cadence
from bot.domain.series import Question
from bot.domain.weeks import Period


class EditionState(StrEnum):
    """Where an edition is on its way: scheduled → collecting → closed → published, or skipped.

    One that is `merged` goes out with the note of the edition after it.
    """

    SCHEDULED = "scheduled"
    COLLECTING = "collecting"
    CLOSED = "closed"
    PUBLISHED = "published"
    SKIPPED = "skipped"
    MERGED = "merged"


class StepKind(StrEnum):
    """The due things of an edition.

    `remind_now` is a reminder that an editor asked for. `plan` comes when the period begins and plans the edition
    after it; `tell` comes before a week whose note moves, or does not come, because of days off, and tells the
    editors; `update` comes when an answer changed after the editors got the draft or the note was posted.
    """

    PLAN = "plan"
    TELL = "tell"
    ASK = "ask"
    REMIND = "remind"
    REMIND_NOW = "remind_now"
    DRAFT = "draft"
    PUBLISH = "publish"
    UPDATE = "update"


class StepState(StrEnum):
    """A step is due once, then done, or skipped when doing it would no longer be sensible.

    Asking ends as `away` when it passed somebody over, or let them go, because they were away or had the days off.
    """

    DUE = "due"
    DONE = "done"
    SKIPPED = "skipped"
    AWAY = "away"


class PromptState(StrEnum):
    """A prompt is open until the contributor moves on (`answered`) or passes (`skipped`)."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"


class Source(StrEnum):
    """How an answer was given."""

    THREAD = "thread"
    MESSAGE = "message"
    FORM = "form"
    JOT = "jot"


@dataclass(frozen=True, slots=True)
class Edition:
    """One period of one series.

    `questions` are frozen when the edition starts collecting; `drawn` is the one of them drawn from the series' bank.
    `number`, `season`, `episode` and `count` are empty until publishing records them. `introduction` is mrkdwn as an
    editor typed it. `revision` counts the times the note was posted or updated, `draft_revision` the times the draft
    was. `entry_order` lists answers as an editor arranged them; `headline_answer_id` is the answer whose first line an
    editor made the headline. `cadence` is set where the series has taken up other times since: the edition keeps those
    it had. `day_off` is the day on which the note would have gone out, had it not been off: the note moved, or the
    edition is skipped. `period` holds the weeks the note covers, those of editions that were merged into this one
    too; `merged_into` is the edition that this one goes out with. `halvings` is how often the room of the note's
    messages was halved, since Slack found one too long. Instants are aware UTC.
    """

    id: int
    workspace_id: str
    series_id: int
    period: Period
    state: EditionState
    questions: tuple[Question, ...]
    headline: str = ""
    introduction: str = ""
    number: str = ""
    season: int | None = None
    episode: int | None = None
    count: int | None = None
    is_held: bool = False
    published_at: datetime | None = None
    revision: int = 0
    drawn: Question | None = None
    headline_answer_id: int | None = None
    entry_order: tuple[int, ...] = ()
    merged_into: int | None = None
    turn: str = ""
    edited_by: str = ""
    draft_revision: int = 0
    halvings: int = 0
    cadence: Cadence | None = None
    day_off: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One due thing of an edition; `user_id` is empty for the steps that concern the whole edition."""

    id: int
    workspace_id: str
    edition_id: int
    kind: StepKind
    user_id: str
    due_at: datetime
    state: StepState


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question put to one contributor for one edition. `ts` is empty until Slack has said where it was posted.

    `left_ts` is when they moved on from it, by Slack's clock; empty while it is open, and where Slack did not say.
    """

    id: int
    workspace_id: str
    edition_id: int
    user_id: str
    position: int
    question_key: str
    state: PromptState
    channel_id: str = ""
    thread_ts: str = ""
    ts: str = ""
    left_ts: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing a contributor gave to a question in one edition, kept as Slack sent it.

    `text` is Slack's escaped mrkdwn; `blocks` the message's `rich_text` blocks (empty for a command or a plain input);
    `files` what Slack said of each file (`id`, `name`, `mimetype`, `permalink`, `url_private`).
    `channel_id` and `ts` name the Slack message, empty when the answer did not come as one. `permalink` is where the
    words were found that somebody saved from elsewhere; `said_by` is who wrote them, where that is somebody else: their
    id, or an app's name.
    """

    id: int
    workspace_id: str
    edition_id: int
    user_id: str
    question_key: str
    source: Source
    text: str
    given_at: datetime
    blocks: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    channel_id: str = ""
    ts: str = ""
    edited_at: datetime | None = None
    is_inside: bool = False
    permalink: str = ""
    said_by: str = ""
