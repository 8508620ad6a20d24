"""The benchmarks work, and the page that shows what they found names all of them."""

from pathlib import Path

import pytest

from benchmarks import buttons, events, report
from benchmarks.__main__ import GROUPS, measure
from benchmarks.figures import SHORT, Figure, at_least, at_most, no_more_than
from benchmarks.live import HTTP, running, team_at_work
from benchmarks.servers import BARE, DEFAULT

ROWS = {
    "start": 3,
    "compiling": 12,
    "growth": 3,
    "ticks": 1,
    "events": 3,
    "sockets": 1,
    "buttons": 4,
    "flush": 2,
    "fanout": 4,
    "crowd": 2,
}
MAY_BE_MISSING = "flush"
"""What needs a C compiler."""


OVER_HTTP = ("events", "buttons")
"""What is measured of servers that are up: here both of the same ones, as a start takes longer than the rest."""


@pytest.mark.parametrize("name", [name for name in GROUPS if name not in OVER_HTTP])
def test_every_row_yields_a_figure(name: str) -> None:
    """At a tiny size each benchmark runs to its end, gives all its rows, and these are the rows that the page shows."""
    assert_rows(name, measure(name, SHORT))


def test_every_row_over_http_yields_a_figure(tmp_path: Path) -> None:
    """So do replies, buttons and forms."""
    with (
        team_at_work(HTTP, 2 * (SHORT.rounds + 1), tmp_path / "bot.sqlite3") as team,
        running(BARE, HTTP, team.slack, tmp_path / "none") as bare,
        running(DEFAULT, HTTP, team.slack, tmp_path / "none") as usual,
    ):
        assert_rows("events", events.figures(team, bare, tmp_path, SHORT))
        assert_rows("buttons", buttons.figures(team, bare, usual, 2))


def assert_rows(name: str, figures: list[Figure]) -> None:
    """See that a benchmark gave its rows."""
    assert ROWS[name] == len(figures)
    assert name == MAY_BE_MISSING or all(figure.value is not None and figure.value >= 0 for figure in figures)
    assert [] == [figure.row for figure in figures if figure.row not in _shown()]


def test_the_page_shows_nothing_that_is_not_measured() -> None:
    """The page has as many rows as the benchmarks have figures."""
    assert sum(ROWS.values()) == len(_shown())


def test_figures_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    """The JSON holds everything, and what was measured another time stays in it."""
    first = Figure("a row", 3.0, "ms", at_most(2.5), 1.5, "in words")
    second = Figure("another", None, "MB", no_more_than(100))
    report.save({"one": [first]}, tmp_path / "figures.json")
    report.save({"two": [second]}, tmp_path / "figures.json")

    assert {"one": [first], "two": [second]} == report.load(tmp_path / "figures.json")


def test_a_goal_is_met_or_not() -> None:
    """A figure is compared as a multiple of its floor or as it is, and a missing one with nothing."""
    goals = (at_most(2), at_most(1.9), at_least(2), at_least(2.1), no_more_than(4), no_more_than(3))

    assert [True, False, True, False, True, False] == [Figure("", 4.0, "ms", goal, 2.0).is_met for goal in goals]
    assert Figure("", None, "ms", at_most(2), 2.0).is_met is None


def test_the_page_is_written_from_the_figures(tmp_path: Path) -> None:
    """Only what stands between the marks changes."""
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- written by `make bench` -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    report.write_docs({"one": [Figure("a row", 3.0, "ms", at_most(2.5), 1.5)]}, page)
    lines = page.read_text(encoding="utf-8").splitlines()

    assert ("Before", "after", True) == (
        lines[0],
        lines[-1],
        "| a row | 3.00 ms | 1.50 ms | 2.00 × | ≤ 2.5 × | yes |  |" in lines,
    )


def _shown() -> list[str]:
    """Return the names of the rows in the page's table."""
    written = report.WRITTEN.search(report.PAGE.read_text(encoding="utf-8"))
    lines = written[0].splitlines() if written else []
    return [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]
