"""A run: how many editions of a series in a row somebody gave something to. Nobody sees it but they themselves.

Only silence breaks a run. An edition counts when something was given to it, however late within its grace period. One
that is out breaks the run when it asked them, its grace period is over, and they did not say anything. All others
neither count nor break: those that were skipped or merged, or are on hold; those that did not ask them (they were away,
had a day off, or joined later); those in which they said that there was nothing, passed, or took back what they gave.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.editions import EditionState
from bot.domain.weeks import Period


@dataclass(frozen=True, slots=True)
class Turn:
    """One edition as one contributor met it.

    `was_asked`: a question was put to them. `has_spoken`: they moved on from one, passed, said that there was nothing,
    or took an answer back. `was_off`: they were away, or had a day off, while it could be answered.
    """

    period: Period
    state: EditionState
    has_given: bool = False
    was_asked: bool = False
    has_spoken: bool = False
    was_off: bool = False
    is_held: bool = False
    published_at: datetime | None = None


class Outcome(StrEnum):
    """What an edition does to a run."""

    COUNTS = "counts"
    BREAKS = "breaks"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Run:
    """How many editions in a row, and whether something was given before the break that the run began after."""

    length: int = 0
    is_after_break: bool = False


def outcome(turn: Turn, grace: timedelta, now: datetime) -> Outcome:
    """Return what an edition does to the run of the contributor who met it."""
    is_out = turn.state is EditionState.PUBLISHED
    if turn.state is EditionState.SKIPPED or (turn.is_held and not is_out) or turn.period.start > now.date():
        return Outcome.NEITHER
    if turn.has_given:
        return Outcome.COUNTS
    is_over = is_out and turn.published_at is not None and turn.published_at + grace < now
    was_silent = turn.was_asked and not (turn.has_spoken or turn.was_off)
    return Outcome.BREAKS if is_over and was_silent else Outcome.NEITHER


def run_of(turns: Iterable[Turn], grace: timedelta, now: datetime) -> Run:
    """Return the run of a contributor who met these editions of one series, in any order."""
    ordered = sorted(turns, key=lambda turn: turn.period.start, reverse=True)
    outcomes = [outcome(turn, grace, now) for turn in ordered]
    last = outcomes.index(Outcome.BREAKS) if Outcome.BREAKS in outcomes else len(outcomes)
    return Run(outcomes[:last].count(Outcome.COUNTS), Outcome.COUNTS in outcomes[last:])
