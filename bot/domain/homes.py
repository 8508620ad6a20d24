"""What a person's Home shows, as values: written in their zone, with the addresses of what is in Slack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.away import Days
from bot.domain.editions import Edition
from bot.domain.runs import Run
from bot.domain.series import Series
from bot.domain.weeks import Period

Blocks = Sequence[Mapping[str, Any]]


class Leaf(StrEnum):
    """The pages of a Home: everything in brief, further series, one week in full, and all past notes."""

    OVERVIEW = "overview"
    SERIES = "series"
    WEEK = "week"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of the Home is wanted: `start` is where a list begins, `edition_id` the week in full."""

    leaf: Leaf = Leaf.OVERVIEW
    start: int = 0
    edition_id: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was given: when, as people say it, and its permalink (empty where it has none)."""

    at: str
    url: str


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to one question: its heading, and the places."""

    heading: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One series as its contributor meets it this week. Without an edition, nothing is planned.

    `own` is their part of the note so far. `asks` is empty when they will not be asked; `has_spoken` says that they
    answered the questions without giving anything. `run` is None for somebody who switched it off.
    """

    series: Series
    edition: Edition | None = None
    asks: str = ""
    goes_out: str = ""
    is_asked: bool = False
    is_off: bool = False
    has_spoken: bool = False
    thread_url: str = ""
    total: int = 0
    given: tuple[Given, ...] = ()
    own: Blocks = ()
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """One series as its editor meets it: how many have given something, what comes next, and what did not work."""

    series: Series
    edition: Edition | None = None
    givers: int = 0
    next_kind: str = ""
    next_at: str = ""
    trouble: str = ""
    trouble_kind: str = ""


@dataclass(frozen=True, slots=True)
class PastNote:
    """A note that is out: its title, its series and weeks, and its permalink (empty where it is not known)."""

    title: str
    series_name: str
    period: Period
    url: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What somebody gave a year before: the note it was for, and their part of it."""

    note: PastNote
    own: Blocks


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose for themselves: the days they are away, as of `today`, and what they want of the bot."""

    today: date
    away: Sequence[Days] = ()
    wants_reminders: bool = True
    wants_run: bool = True


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything a Home shows of one person."""

    choices: Choices
    weeks: Sequence[Week] = ()
    edited: Sequence[Edited] = ()
    notes: Sequence[PastNote] = ()
    has_more_notes: bool = False
    year_ago: Sequence[Remembered] = field(default_factory=tuple)
