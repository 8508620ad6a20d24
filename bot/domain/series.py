"""A series: the recurring weeknotes of one group or one person, and what it asks."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.cadence import Cadence
from bot.domain.calendars import TimeOff


class Shape(StrEnum):
    """What a question's answers become in the note."""

    STORIES = "stories"
    BULLETS = "bullets"
    LINE = "line"


class Layout(StrEnum):
    """How a note is arranged."""

    BY_PERSON = "by_person"
    BY_QUESTION = "by_question"
    PERSONAL = "personal"


class AsksIn(StrEnum):
    """Where a series puts its questions."""

    DIRECT_MESSAGES = "direct_messages"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Question:
    """What a series asks.

    `key` is stable within the series and is what answers refer to; `ask` is the wording a contributor reads;
    `heading` is what stands in the note above the answers (empty: no heading, as for the highlights).
    """

    key: str
    ask: str
    heading: str
    shape: Shape
    is_optional: bool = True


DEFAULT_QUESTIONS = (
    Question("highlights", "What were the highlights of your week?", "", Shape.STORIES, is_optional=False),
    Question("also", "What else did you do?", "I also…", Shape.BULLETS),
    Question("learned", "What is something you’ve learned?", "Something I’ve learned", Shape.STORIES),
    Question("tune", "What is your tune of the week? Artist — title (version)", "Tune of the week", Shape.LINE),
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the editions of a series are numbered. Numbers are recorded when a note is published, never derived.

    `number_template` may use `{season}`, `{episode}`, `{count}`, `{week}` and `{year}`, each with an optional
    zero-padded width (`{episode:02}`); `title_template` may use `{number}`, `{headline}` and the same names.
    `episode` and `count` are the ones the next published note takes.
    """

    number_template: str = "{season}.{episode}"
    title_template: str = "{number} — weeknotes — {headline}"
    season: int = 1
    episode: int = 1
    count: int = 1

    @property
    def has_seasons(self) -> bool:
        """Say whether the season shows."""
        return "{season" in self.number_template + self.title_template

    @property
    def is_counting(self) -> bool:
        """Say whether an episode or a running count shows, rather than the calendar's weeks alone."""
        return any(name in self.number_template + self.title_template for name in ("{episode", "{count"))


@dataclass(frozen=True, slots=True)
class Series:
    """A series as services hand it out: settings, questions, and the people asked and editing (Slack user ids).

    `asks_guests` says whether guests of the workspace may be asked; `follows_channel`, that everyone in the channel is
    (who does not want to, left). With `draws_question` each edition asks one more question, drawn from the `bank`.
    With `asks_in` the channel the questions are posted there, and replies in their threads are answers.
    """

    id: int
    workspace_id: str
    channel_id: str
    name: str
    cadence: Cadence
    layout: Layout
    numbering: Numbering
    questions: tuple[Question, ...]
    contributors: tuple[str, ...]
    editors: tuple[str, ...]
    needs_approval: bool = False
    reminder_limit: int = 1
    grace_days: int = 7
    is_paused: bool = False
    takes_turns: bool = False
    wants_second_eyes: bool = False
    rota: tuple[str, ...] = ()
    asks_guests: bool = True
    follows_channel: bool = False
    draws_question: bool = False
    bank: tuple[Question, ...] = ()
    time_off: TimeOff = field(default_factory=TimeOff)
    asks_in: AsksIn = AsksIn.DIRECT_MESSAGES
