"""Killed at any point of a week and started again, the bot asks nothing and posts nothing twice, and loses nothing."""

from pathlib import Path

import pytest

from chaos.databases import clones, copies
from chaos.kills import Arena
from chaos.process import Point
from chaos.weeks import Busy, Seen, calm
from tests.support.postgres import PostgresServer

DEATHS = (
    Point("before a commit", 2),
    Point("after a commit", 6),
    Point("at a call", 5),
    Point("before a commit", 9),
    Point("at a call", 8),
    Point("after a commit", 11),
)


pytestmark = pytest.mark.xdist_group("kills")  # the undisturbed week is played once


@pytest.fixture(scope="module")
def undisturbed(sqlite_template: Path) -> Seen:
    """Give what there is to be seen after a week in which nothing happened, whichever the database."""
    return Arena(copies(sqlite_template)).play(calm)[1]


@pytest.fixture(params=["sqlite", "postgres"])
def arena(request: pytest.FixtureRequest) -> Arena:
    """Give where weeks are played, on a database of each kind."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        return Arena(copies(template))
    server: PostgresServer = request.getfixturevalue("postgres")
    return Arena(clones(server, request.getfixturevalue("postgres_template")))


def test_killed_at_commits_and_calls(arena: Arena, undisturbed: Seen) -> None:
    """What was not committed was not acknowledged; what was posted but not recorded is found by its metadata."""
    kills, found = arena.play(calm, DEATHS)

    assert kills == len(DEATHS)
    assert (found.lost, found.twice) == ((), ())
    assert found == undisturbed


def test_killed_at_any_time_while_everybody_answers(sqlite_template: Path) -> None:
    """However the answers come, the note has each of them once."""
    arena = Arena(copies(sqlite_template))
    _, undisturbed = arena.play(Busy())
    kills, found = arena.play(Busy(kills=1, seed=7))

    assert kills >= 4
    assert found == undisturbed
