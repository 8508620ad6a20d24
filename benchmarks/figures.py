"""What every benchmark uses: figures with their goals, sizes, and measuring a subject and its floor in turns."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should be: at most `limit`, or at least; as a multiple of its floor, or in its own unit."""

    limit: float
    is_least: bool = False
    is_of_floor: bool = True

    def is_met(self, reached: float) -> bool:
        """Say whether a ratio (or a value) reaches the goal."""
        return reached >= self.limit if self.is_least else reached <= self.limit


def at_most(limit: float) -> Goal:
    """Return the goal of being no more than so many times the floor."""
    return Goal(limit)


def at_least(limit: float) -> Goal:
    """Return the goal of being no less than so many times the floor."""
    return Goal(limit, is_least=True)


def no_more_than(limit: float) -> Goal:
    """Return the goal of being no more than so much, whatever the floor."""
    return Goal(limit, is_of_floor=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: what was measured, beside its floor in the same run; `value` is None where it could not be.

    `how` says what a reader must know of how it was measured, or why it is missing.
    """

    row: str
    value: float | None
    unit: str
    goal: Goal
    floor: float | None = None
    how: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times its floor it is."""
        return self.value / self.floor if self.value is not None and self.floor else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is nothing to compare."""
        reached = self.ratio if self.goal.is_of_floor else self.value
        return None if reached is None else self.goal.is_met(reached)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: so many `rounds`, each of a `share` of the full size."""

    rounds: int = 5
    share: float = 1.0

    def of(self, full: int, *, least: int = 1) -> int:
        """Return the size to measure in place of the full one."""
        return max(least, round(full * self.share))

    @property
    def is_full(self) -> bool:
        """Whether the sizes are those that the rows name."""
        return self.share >= 1


FULL = Scale()
SHORT = Scale(rounds=1, share=0.01)
"""Tiny sizes: they show that every row works, and nothing else."""


def in_turns(rounds: int, measures: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """Return the median of several rounds of each measure.

    All are taken once a round, so that whatever the machine is busy with meanwhile happens to all of them.
    """
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            found[name].append(measure())
    return {name: statistics.median(values) for name, values in found.items()}


def seconds(work: Callable[[], object]) -> float:
    """Return how many seconds some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
