"""Crash anywhere: weeks in which the bot is killed, one point after the other, and what they came to."""

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import get_args

from chaos.databases import Databases, databases
from chaos.process import Point, Where
from chaos.stage import stage
from chaos.weeks import MOST_KILLS, Busy, Seen, Week, calm, seen

DEATHS = 12
"""How many processes die in a week of many deaths."""
SEEDS = 10_000
LONGEST_LIFE = 12
"""How many commits, or calls, such a process lives at most. A start takes some of them."""


@dataclass(slots=True)
class Tally:
    """What many weeks came to."""

    weeks: int = 0
    kills: int = 0
    answers_lost: int = 0
    messages_twice: int = 0
    steps_skipped: int = 0
    weeks_otherwise: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Say whether nothing went wrong."""
        return not (self.answers_lost or self.messages_twice or self.steps_skipped or self.weeks_otherwise)

    def add(self, kills: int, found: Seen | None, expected: Seen, what: str) -> None:
        """Count a week by what is to be seen of it, if it came to an end, and what would be had nothing happened."""
        self.weeks += 1
        self.kills += kills
        if found is None:
            self.weeks_otherwise += 1
            self.notes.append(f"{what}: did not come to an end")
            return
        self.answers_lost += len(found.lost)
        self.messages_twice += len(found.twice)
        skipped = Counter(expected.steps) - Counter(found.steps)
        self.steps_skipped += skipped.total()
        self.weeks_otherwise += replace(found, lost=(), twice=()) != replace(expected, lost=(), twice=())
        if found != expected:
            self.notes.append(f"{what}: {differences(found, expected)}")
            print(self.notes[-1], file=sys.stderr, flush=True)


Keep = Callable[[Mapping[str, Tally]], None]


def differences(found: Seen, expected: Seen) -> str:
    """Say what people see that they should not, and the other way round, and which steps ended otherwise."""
    steps = [*(Counter(found.steps) - Counter(expected.steps)), *(Counter(expected.steps) - Counter(found.steps))]
    texts = {
        place: (words(found, place) - words(expected, place), words(expected, place) - words(found, place))
        for place in expected.told
    }
    seen = [(place, *map(sorted, both)) for place, both in texts.items() if any(both)]
    ticked = set(found.ticked) ^ set(expected.ticked)
    return f"{steps} {seen} {ticked} {found.twice} {found.lost}"


def words(seen: Seen, place: str) -> set[str]:
    """Return the texts of a conversation."""
    return {text for message in seen.told[place] for text in message}


@dataclass(frozen=True, slots=True)
class Arena:
    """Where weeks are played: on databases of one kind, by so many processes of the bot."""

    give: Databases
    processes: int = 1

    def play(self, week: Week, plan: Iterable[Point] = ()) -> tuple[int, Seen]:
        """Play a week in which processes die as planned; return how many did, and what is to be seen."""
        with tempfile.TemporaryDirectory(prefix="weeknotes-chaos-") as name:
            folder = Path(name)
            with self.give(folder) as url, stage(url, folder, plan=plan, processes=self.processes) as made:
                week(made)
                return made.kills, seen(made)


class Trial:
    """Plays weeks against undisturbed ones until there were enough kills."""

    def __init__(self, arena: Arena, wanted: int, keep: Keep) -> None:
        """Play what is undisturbed."""
        self.tallies: dict[str, Tally] = {}
        self._arena = arena
        self._keep = keep
        self._wanted = wanted
        self._lock = threading.Lock()
        self._calm = arena.play(calm)[1]
        self._busy = arena.play(Busy())[1]

    @property
    def kills(self) -> int:
        """How many processes were killed so far."""
        with self._lock:
            return sum(tally.kills for tally in self.tallies.values())

    def one_point_a_week(self, where: Where) -> None:
        """Kill the bot at the first, the second, the third … such point of a week, until the week has no more."""
        for n in count(1):
            if self.kills >= self._wanted or not self._played(where, calm, [Point(where, n)], self._calm):
                return

    def many_points_a_week(self, seed: int) -> None:
        """Kill the bot again and again, at points drawn by lot."""
        chance = random.Random(seed)  # noqa: S311 - chance that can be repeated
        points = [Point(chance.choice(get_args(Where)), chance.randint(1, LONGEST_LIFE)) for _ in range(DEATHS)]
        self._played("many points a week", calm, points, self._calm)

    def any_time(self, seed: int) -> None:
        """Kill the bot at any time while everybody answers."""
        self._played("at any time, under load", Busy(MOST_KILLS, seed), (), self._busy)

    def until_enough(self, seed: int) -> None:
        """Play weeks of many kills until there were as many as are wanted."""
        for each in count(seed * SEEDS):
            if self.kills >= self._wanted:
                return
            (self.any_time if each % 2 else self.many_points_a_week)(each)

    def _played(self, name: str, week: Week, plan: Iterable[Point], expected: Seen) -> bool:
        """Play a week and count it. Returns whether it had what was planned: a point may lie beyond its end."""
        began = time.monotonic()
        points = list(plan)
        what = ", ".join(f"{point.where} {point.n}" for point in points) or str(week)
        kills, found = 0, None
        try:
            kills, found = self._arena.play(week, points)
        except AssertionError as error:  # one week that does not end must not end the others
            print(f"{what}: {error}", file=sys.stderr, flush=True)
        with self._lock:
            tally = self.tallies.setdefault(name, Tally())
            tally.add(kills, found, expected, what)
            tally.seconds += time.monotonic() - began
            self._keep(self.tallies)
        return kills > 0 or found is None


def tried(kind: str, wanted: int, at_once: int, keep: Keep) -> dict[str, Tally]:
    """Return what came of at least so many kills on databases of a kind. `keep` is called with it after each week."""
    with tempfile.TemporaryDirectory(prefix="weeknotes-chaos-") as folder, databases(kind, Path(folder)) as give:
        trial = Trial(Arena(give), wanted, keep)
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(trial.one_point_a_week, get_args(Where)))
            print(f"{kind}: {trial.kills} kills, one a week", file=sys.stderr, flush=True)
            list(pool.map(trial.until_enough, range(at_once)))
    return trial.tallies
