"""What a person's Home shows, as values. Instants are aware UTC; a permalink that is not known is an empty string."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.deliveries import Delivery
from bot.domain.editions import Edition, StepKind
from bot.domain.notes import Note
from bot.domain.runs import Run
from bot.domain.series import Series
from bot.domain.weeks import Period

NOTES_ON_A_PAGE = 20


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
    """When something was given, and its permalink."""

    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to one question: its heading, and the places."""

    heading: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One series as its contributor meets it this week. Without an edition, nothing is planned.

    `asks` is None when they are not asked any more, and `is_off` says that they are away when they would be.
    `has_passed` says that they moved past every question. `own` is their part of the note so far, None without any.
    `run` is None for somebody who switched it off.
    """

    series: Series
    edition: Edition | None = None
    asks: datetime | None = None
    goes_out: datetime | None = None
    is_off: bool = False
    has_passed: bool = False
    thread_url: str = ""
    total: int = 0
    given: tuple[Given, ...] = ()
    own: Note | None = None
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """One series as its editor meets it: how many have given something, what comes next, and what did not work last."""

    series: Series
    edition: Edition | None = None
    givers: int = 0
    coming: StepKind | None = None
    coming_at: datetime | None = None
    trouble: Delivery | None = None


@dataclass(frozen=True, slots=True)
class PastNote:
    """A note that is out (or, remembered, one that never was): its title, its series and weeks, and its permalink."""

    title: str
    series_name: str
    period: Period
    url: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What somebody gave a year before: the note it was for, and their part of it."""

    note: PastNote
    own: Note
