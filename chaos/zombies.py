"""Zombies: four processes on one PostgreSQL, some of which stand still for longer than what they claimed is theirs."""

import random
import signal
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain.sending import LONG_LEASE
from chaos.databases import databases
from chaos.kills import Arena, Tally
from chaos.stage import Stage
from chaos.weeks import Busy

PROCESSES = 4
STANDSTILL_SECONDS = 1.5
"""How long the others have, in real time, to take over what a process was at."""


@dataclass(frozen=True, slots=True)
class Zombies(Busy):
    """A busy week in which processes are stopped, outlived by their claims, and go on; one in three is killed."""

    def strike(self, week: Stage, chance: random.Random) -> None:
        """Stop a process at any time, let the others go on for minutes of the bot's time, and wake it again."""
        if chance.random() < 1 / 3:
            super(Zombies, self).strike(week, chance)
            return
        week.keep_running()
        time.sleep(chance.random() / 2)
        sleeper = chance.choice(week.slots)
        sleeper.signal(signal.SIGSTOP)
        time.sleep(STANDSTILL_SECONDS / 2)
        week.jump(week.clock.now() + LONG_LEASE + timedelta(seconds=1))
        time.sleep(STANDSTILL_SECONDS / 2)
        sleeper.signal(signal.SIGCONT)


def tried(weeks: int) -> dict[str, Tally]:
    """Return what came of so many weeks."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="weeknotes-chaos-") as folder, databases("postgres", Path(folder)) as give:
        arena = Arena(give, PROCESSES)
        _, undisturbed = arena.play(Busy())
        for seed in range(weeks):
            kills, found = arena.play(Zombies(kills=1, seed=seed))
            tally.add(kills, found, undisturbed, f"zombies {seed}")
    return {"four processes": tally}
