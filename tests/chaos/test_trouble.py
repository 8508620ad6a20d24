"""While the database is in trouble nothing is acknowledged that is not kept; afterwards the bot goes on by itself."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import DatabaseAwayError
from bot.rendering.environments import Templates
from chaos import disk
from chaos.databases import clones, copies, migrate
from chaos.kills import Arena
from chaos.outage import frozen, stopped
from chaos.stage import Stage
from chaos.trouble import READING, SILENT, Trouble, Troubled, Troubles, compared
from chaos.weeks import DRAFTED, PUBLISHED, Seen, calm
from storage import troubles
from tests.support.postgres import Switch, switched_server

pytestmark = pytest.mark.xdist_group("trouble")
SECONDS = 0.6
SORRY = {Templates().error(DatabaseAwayError(troubles.FULL))}


@pytest.fixture(scope="module")
def undisturbed(sqlite_template: Path) -> Seen:
    """Give what is to be seen after a week without trouble."""
    return Arena(copies(sqlite_template)).play(calm)[1]


@pytest.fixture
def small_disk() -> Iterator[Path | None]:
    """Give a disk of its own, where one can be had: that takes root."""
    with disk.small_disk() as made:
        yield made


def in_turns(*kinds: Trouble) -> Trouble:
    """Make one trouble after the other."""
    turns = cycle(kinds)

    def made(week: Stage) -> AbstractContextManager[None]:
        return next(turns)(week)

    return made


def test_a_disk_that_takes_nothing(sqlite_template: Path, small_disk: Path | None, undisturbed: Seen) -> None:
    """It is full (where that can be had), locked, broken: the page says so, and the note is as it would have been.

    What Slack does not deliver again is found in the thread.
    """
    first = disk.full if small_disk else disk.failing
    give = disk.on(small_disk, sqlite_template) if small_disk else copies(sqlite_template)
    kinds = in_turns(first, disk.locked, disk.failing)
    week = Troubled(kinds, SECONDS, {DRAFTED, PUBLISHED}, is_given_up=True)
    found = compared(Arena(give), week, "a disk", undisturbed)

    assert found.tally.is_clean, found.tally.notes
    assert (3, SORRY) == (found.times, found.watch.told)
    named = {troubles.LOCKED, troubles.UNREADABLE, *([troubles.FULL] if small_disk else [])}
    assert named == found.watch.said


def played(kind: Callable[[Switch], Trouble], undisturbed: Seen, **how: Any) -> Troubles:  # noqa: ANN401 - of Troubled
    """Play a week in which PostgreSQL is in such trouble as somebody answers, and as the note is due."""
    with switched_server() as switch:
        template = switch.server.create()
        migrate(switch.server.url(template))
        week = Troubled(kind(switch), SECONDS, {PUBLISHED}, **how)
        return compared(Arena(clones(switch.server, template)), week, kind.__name__, undisturbed)


def test_a_server_that_is_stopped_and_started_again(undisturbed: Seen) -> None:
    """While PostgreSQL is away the bot says so, and it goes on by itself."""
    found = played(stopped, undisturbed, is_given_up=True)

    assert found.tally.is_clean, found.tally.notes
    assert (2, SORRY, {troubles.NO_ANSWER}) == (found.times, found.watch.told, found.watch.said)


def test_a_server_that_stands_still(undisturbed: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    """While PostgreSQL answers nobody the bot waits, and both go on."""
    monkeypatch.setattr("chaos.trouble.PAGE_SECONDS", SECONDS)
    found = played(frozen, undisturbed, command=READING)

    assert found.tally.is_clean, found.tally.notes
    assert (2, {SILENT}) == (found.times, found.watch.said)
