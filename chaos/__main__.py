"""Try what must not go wrong: `make chaos`. Prints tables, and writes what they hold as JSON."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Protocol

from bot import log
from chaos import asking, disk, ending, kills, load, outage, timing, trouble, zombies, zones
from chaos.kills import Tally
from chaos.tables import table
from chaos.zones import Checked

KILLS = ("weeks", "kills", "answers_lost", "messages_twice", "steps_skipped", "weeks_otherwise")
TIME = ("zones", "editions", "steps", "skipped", "repeated")


class Outcome(Protocol):
    """What came of a trial."""

    @property
    def is_clean(self) -> bool:
        """Say whether all is as it should be."""
        ...

    def row(self) -> list[object]:
        """Return the figures of the table."""
        ...

    def kept(self) -> dict[str, object]:
        """Return what is written into the file."""
        ...


class Report:
    """What was found so far: in a file, which is written anew whenever there is more, and in tables."""

    def __init__(self, path: Path) -> None:
        """Begin with nothing."""
        self._path = path
        self._found: dict[str, object] = {}
        self.is_clean = True

    def keep(self, name: str, value: object, *, is_clean: bool) -> None:
        """Keep something in the file."""
        self._found[name] = value
        self._path.write_text(json.dumps(self._found, indent=1))
        self.is_clean = self.is_clean and is_clean

    def so_far(self, name: str, found: Mapping[str, Tally]) -> None:
        """Keep what weeks came to, while others are still to be played: it may take long."""
        is_clean = all(tally.is_clean for tally in found.values())
        self.keep(name, {what: asdict(tally) for what, tally in found.items()}, is_clean=is_clean)

    def tallies(self, name: str, found: Mapping[str, Tally]) -> None:
        """Keep what weeks came to."""
        self.so_far(name, found)
        rows = [[what, *(getattr(tally, each) for each in KILLS)] for what, tally in found.items()]
        _print(name, table(("killed", *(each.replace("_", " ") for each in KILLS)), rows))

    def outcomes(self, name: str, heads: Sequence[str], found: Mapping[str, Outcome]) -> None:
        """Keep what came of trials that are each a row."""
        is_clean = all(each.is_clean for each in found.values())
        self.keep(name, {what: each.kept() for what, each in found.items()}, is_clean=is_clean)
        _print(name, table(heads, [[what, *each.row()] for what, each in found.items()]))

    def time(self, found: Checked) -> None:
        """Keep what editions were due when."""
        self.keep("time", asdict(found), is_clean=not found.wrong)
        heads = ("sets of rules", "editions", "steps", "at a time skipped", "at a time that comes twice", "wrong")
        _print("time", table(heads, [[*(getattr(found, each) for each in TIME), len(found.wrong)]]))


def main() -> int:
    """Try what the command line asks for, or everything."""
    given = _arguments()
    log.configure("critical")
    report = Report(given.json)
    parts: dict[str, Callable[[], None]] = {
        "time": lambda: report.time(zones.check_all(given.at_once)),
        **{kind: partial(_kill, report, kind, given.kills, given.at_once) for kind in ("sqlite", "postgres")},
        "zombies": lambda: report.tallies("zombies", zombies.tried(given.weeks)),
        "outage": lambda: report.outcomes("outage", trouble.HEADS, outage.tried()),
        "disk": lambda: report.outcomes("disk", trouble.HEADS, disk.tried()),
        "load": lambda: report.outcomes("load", timing.HEADS, load.tried()),
        "ending": lambda: report.outcomes("ending", ending.HEADS, ending.tried()),
        "asking": lambda: report.outcomes("asking", asking.HEADS, asking.tried()),
    }
    for name in given.parts or parts:
        parts[name]()
    return 0 if report.is_clean else 1


def _kill(report: Report, kind: str, wanted: int, at_once: int) -> None:
    report.tallies(kind, kills.tried(kind, wanted, at_once, partial(report.so_far, kind)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help="time, sqlite, postgres, zombies, outage, disk, load, ending, asking; else all of them"
    )
    parser.add_argument("--kills", type=int, default=1000, help="how many times to kill the bot on each database")
    parser.add_argument("--weeks", type=int, default=10, help="how many weeks of zombies to play")
    parser.add_argument("--at-once", type=int, default=2, help="how many weeks to play at once")
    parser.add_argument("--json", type=Path, default=Path("chaos.json"), help="where to write what was found")
    return parser.parse_args()


def _print(name: str, lines: str) -> None:
    print(f"\n{name}\n\n{lines}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
