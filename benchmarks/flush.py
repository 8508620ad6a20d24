"""The slowest acknowledgements on a disk that takes two milliseconds to flush, with many writers at once."""

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.events import MILLI, PEOPLE, replies
from benchmarks.figures import Figure, Scale, no_more_than, percentile
from benchmarks.live import HTTP, team_at_work
from benchmarks.teams import folder
from benchmarks.wire import answered

WRITERS, COUNT = 32, 960
SOURCE = Path(__file__).with_name("shim.c")
ROW = f"a reply acknowledged, disk flushing in 2 ms, {WRITERS} writers"


def measure(scale: Scale) -> list[Figure]:
    """Return the slowest acknowledgements, or why they are not known."""
    with folder() as place:
        shim = _compiled(place)
        if shim is None:
            return _figures(None, None, "not measured: it needs Linux and a C compiler")
        slow = {"LD_PRELOAD": str(shim)}
        with team_at_work(HTTP, scale.of(PEOPLE, least=2), place / "bot.sqlite3", slow) as team:
            answered(team.port, replies(team, WRITERS), in_flight=WRITERS)
            waited = answered(team.port, replies(team, scale.of(COUNT, least=WRITERS)), in_flight=WRITERS)
    return _figures(percentile(waited, 0.99) * MILLI, max(waited) * MILLI, "as many as there are writers are in flight")


def _figures(p99: float | None, longest: float | None, how: str) -> list[Figure]:
    goals = {"p99": (p99, no_more_than(50)), "max": (longest, no_more_than(300))}
    return [Figure(f"{ROW}: {name}", value, "ms", goal, how=how) for name, (value, goal) in goals.items()]


def _compiled(place: Path) -> Path | None:
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None or sys.platform != "linux":
        return None
    shim = place / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", shim, SOURCE], check=True)  # noqa: S603 - ours
    return shim
