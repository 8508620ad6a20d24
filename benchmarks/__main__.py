"""Measure what must be fast: `make bench`, or `make bench ARGS="compiling start"` for some of it.

Each of `GROUPS` is a module beside this one, whose `measure` returns the figures of some rows.
"""

import argparse
import importlib

from benchmarks import report
from benchmarks.figures import FULL, SHORT, Figure, Scale
from bot import log

GROUPS = (
    "start",
    "compiling",
    "growth",
    "ticks",
    "events",
    "sockets",
    "buttons",
    "flush",
    "fanout",
    "crowd",
)


def main() -> None:
    """Measure what was asked for, print it, and write it as JSON."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure what must be fast.")
    parser.add_argument("group", nargs="*", help=f"what to measure, of {', '.join(GROUPS)}; by default everything")
    parser.add_argument("--short", action="store_true", help="tiny sizes, which only show that every row works")
    parser.add_argument("--docs", action="store_true", help="write the table of docs/performance.md from the figures")
    given = parser.parse_args()
    if unknown := set(given.group) - set(GROUPS):
        parser.error(f"There is no {', '.join(sorted(unknown))}.")
    log.configure("warning")
    measured = {name: measure(name, SHORT if given.short else FULL) for name in given.group or GROUPS}
    report.show(measured, title="Tiny sizes: no figure here says anything" if given.short else "Figures and floors")
    if not given.short:
        report.save(measured)
        if given.docs:
            report.write_docs(report.load())


def measure(name: str, scale: Scale) -> list[Figure]:
    """Return the figures of one group."""
    found: list[Figure] = importlib.import_module(f"benchmarks.{name}").measure(scale)
    return found


if __name__ == "__main__":
    main()
