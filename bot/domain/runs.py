"""A run: how many notes of a series in a row somebody gave something to. Nobody sees it but they themselves.

Only silence breaks a run. An edition counts when something was given to it, however late within its grace period. One
that is out breaks the run when it asked them, its grace period is over, and they did not say anything. All others
neither count nor break: those that were skipped, or are on hold; those that did not ask them (they were away, had a
day off, or joined later); those in which they said that there was nothing, passed, or took back what they gave.
Editions that go out in one note are one: something given to either counts, once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.editions import EditionState
from bot.domain.weeks import Period


@dataclass(frozen=True, slots=True)
class Turn:
    """One edition as one contributor met it.

    `was_asked`: a question was put to them. `has_spoken`: they moved on from one, passed, said that there was nothing,
    or took an answer back. `was_off`: they were away, or had a day off, while it could be answered. `edition_id` and
    `merged_into` say which of them go out in one note.
    """

    period: Period
    state: EditionState
    has_given: bool = False
    was_asked: bool = False
    has_spoken: bool = False
    was_off: bool = False
    is_held: bool = False
    published_at: datetime | None = None
    edition_id: int | None = None
    merged_into: int | None = None


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
    ordered = sorted(_notes(turns), key=lambda turn: turn.period.start, reverse=True)
    outcomes = [outcome(turn, grace, now) for turn in ordered]
    last = outcomes.index(Outcome.BREAKS) if Outcome.BREAKS in outcomes else len(outcomes)
    return Run(outcomes[:last].count(Outcome.COUNTS), Outcome.COUNTS in outcomes[last:])


def _notes(turns: Iterable[Turn]) -> list[Turn]:
    """Return one turn for each note: of editions that go out together, what became of the one that has the note."""
    merged: dict[int, list[Turn]] = {}
    own: list[Turn] = []
    for turn in turns:
        if turn.merged_into is None:
            own.append(turn)
        else:
            merged.setdefault(turn.merged_into, []).append(turn)
    return [_together([*merged.get(turn.edition_id or 0, ()), turn]) for turn in own]


def _together(turns: Sequence[Turn]) -> Turn:
    """Return several turns as one, the last of which has the note. Being off excuses from the weeks it fell in."""
    *_, last = turns
    if len(turns) == 1:
        return last
    return replace(
        last,
        period=Period(min(turn.period.start for turn in turns), last.period.end),
        has_given=any(turn.has_given for turn in turns),
        was_asked=any(turn.was_asked and not turn.was_off for turn in turns),
        has_spoken=any(turn.has_spoken for turn in turns),
        was_off=False,
    )
