"""How soon a process is there, and how much memory it takes while nothing happens."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, Scale, at_most, in_turns, seconds
from benchmarks.live import free_port, local_slack, wait_until
from benchmarks.processes import kept_up, megabytes_of_all
from benchmarks.teams import BOT_TOKEN, SECRET, folder, settings_of

HELPS, STARTS = 11, 5
SETTLE = 1.0
"""Seconds from the first answer until memory is looked at, where that is to be a figure."""
HELP = "from bot.cli import main; main(['--help'])"
WEB = "from bot.cli import main; main(['web'])"


def measure(scale: Scale) -> list[Figure]:
    """Return how long `--help` takes, and a start until the first answer, and the memory then."""
    helps = {name: _ran(script) for name, script in {"help": HELP, "bare": ""}.items()}
    found = in_turns(HELPS if scale.is_full else 1, helps)
    with folder() as place, local_slack(1) as slack:
        settings_of(place / "bot.sqlite3")
        environment = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "DATABASE_URL": f"sqlite:///{place / 'bot.sqlite3'}",
            "WEEKNOTES_SLACK_API_URL": slack.api_url,
            "WEEKNOTES_LOG_LEVEL": "error",
        }
        rounds, rest = (STARTS, SETTLE) if scale.is_full else (1, 0.0)
        pairs = [(_started(_web, environment, place, rest), _started(_floor, {}, place, rest)) for _ in range(rounds)]
    web, floor = ([median(values) for values in zip(*side, strict=True)] for side in zip(*pairs, strict=True))
    how = "floor: a process that imports slack_bolt, sqlmodel, apscheduler and jinja2, and serves with gunicorn too"
    return [
        Figure("weeknotes --help", found["help"] * 1000, "ms", at_most(3), found["bare"] * 1000, "floor: bare Python"),
        Figure("weeknotes web: spawn to first 200", web[0] * 1000, "ms", at_most(1.25), floor[0] * 1000, how),
        Figure("weeknotes web: idle memory", web[1], "MB", at_most(1.2), floor[1]),
    ]


def _ran(script: str) -> Callable[[], float]:
    command = [sys.executable, "-c", script]
    return lambda: seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))  # noqa: S603 - ours


def _web(_port: int) -> tuple[str, ...]:
    return ("-c", WEB)


def _floor(port: int) -> tuple[str, ...]:
    return ("-m", "benchmarks.bare_server", str(port))


def _started(
    command: Callable[[int], tuple[str, ...]], environment: Mapping[str, str], place: Path, rest: float
) -> tuple[float, float]:
    """Return the seconds from the spawn to the first 200, and the megabytes that the process and its children have."""
    port = free_port()
    began = time.perf_counter()
    root = {"PYTHONPATH": str(Path(__file__).parent.parent)}
    with kept_up(*command(port), environment={**root, **environment, "PORT": str(port)}, folder=place) as process:
        wait_until(lambda: _is_well(port), lambda: process.poll() is not None)
        took = time.perf_counter() - began
        time.sleep(rest)
        return took, megabytes_of_all(process.pid)


def _is_well(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - OK
    except OSError:
        return False
