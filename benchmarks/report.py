"""The figures as a table in the terminal, as JSON, and as the table of docs/performance.md."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure, Goal

ROOT = Path(__file__).parent.parent
JSON = ROOT / "benchmarks.json"
PAGE = ROOT / "docs" / "performance.md"
WRITTEN = re.compile(r"(<!-- written by `make bench` -->\n).*?(<!-- end -->)", re.DOTALL)
COLUMNS = ("what", "figure", "floor", "ratio", "goal", "met")


def show(groups: dict[str, list[Figure]], *, title: str) -> None:
    """Print the table."""
    table = Table(*COLUMNS, title=title)
    for name, figures in groups.items():
        table.add_section()
        table.add_row(f"[bold]{name}[/bold]")
        for figure in figures:
            table.add_row(*cells(figure))
    Console().print(table)


def save(groups: dict[str, list[Figure]], path: Path = JSON) -> None:
    """Write the figures as JSON. Groups that were not measured this time stay as they were."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    measured = {name: [_plain(figure) for figure in figures] for name, figures in groups.items()}
    path.write_text(json.dumps(kept | measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(path: Path = JSON) -> dict[str, list[Figure]]:
    """Read figures back that were written as JSON."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return {name: [_figure(each) for each in figures] for name, figures in found.items()}


def write_docs(groups: dict[str, list[Figure]], page: Path = PAGE) -> None:
    """Write the table into the page, between its marks."""
    text = page.read_text(encoding="utf-8")
    page.write_text(WRITTEN.sub(lambda mark: f"{mark[1]}\n{table_of(groups)}\n\n{mark[2]}", text), encoding="utf-8")


def table_of(groups: dict[str, list[Figure]]) -> str:
    """Return the table in Markdown."""
    heads = [f"| {' | '.join((*COLUMNS, 'how'))} |", f"|{'---|' * (len(COLUMNS) + 1)}"]
    rows = [f"| {' | '.join((*cells(figure), figure.how))} |" for each in groups.values() for figure in each]
    return "\n".join(heads + rows)


def cells(figure: Figure) -> Sequence[str]:
    """Return a row of the table."""
    met = {True: "yes", False: "no", None: "–"}[figure.is_met]
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
    goal = _goal(figure.goal, figure.unit)
    return (figure.row, _amount(figure.value, figure.unit), _amount(figure.floor, figure.unit), ratio, goal, met)


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2  # noqa: PLR2004 - three digits in all
    return f"{value:,.{digits}f} {unit}"


def _goal(goal: Goal, unit: str) -> str:
    return f"{'≥' if goal.is_least else '≤'} {goal.limit:g} {'×' if goal.is_of_floor else unit}"


def _plain(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"ratio": figure.ratio, "is_met": figure.is_met}


def _figure(found: dict[str, Any]) -> Figure:
    known = {name: value for name, value in found.items() if name not in {"ratio", "is_met", "goal"}}
    return Figure(**known, goal=Goal(**found["goal"]))
