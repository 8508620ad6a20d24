"""A database that takes nothing: nothing said is lost, whoever asks is told, and all goes on when it takes it again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event
from werkzeug.test import Client

from bot.web.app import create_watch
from storage.backups import file_of
from tests.scenarios.test_posting_refused import whole
from tests.support.toured import WORDS, all_logged
from tests.support.world import CHANNEL, World, words_of, world


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a workspace with the bot in it, over HTTP, where Slack is told at once when something could not be kept."""
    with world(sqlite_url, is_http=True) as made:
        yield made


@contextmanager
def full(team: World) -> Iterator[None]:
    """Let the disk be full: the database may not grow by a page."""

    def forbid(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # SQLite takes the present size for it

    engine = team.bot.database.engine
    event.listen(engine, "begin", forbid)
    yield
    event.remove(engine, "begin", forbid)
    engine.dispose()


@contextmanager
def locked(team: World) -> Iterator[None]:
    """Let another program hold the database for longer than the bot waits."""

    def hurry(connection: Any, *_record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.execute("PRAGMA busy_timeout=10")

    engine = team.bot.database.engine
    event.listen(engine, "checkout", hurry)
    with closing(sqlite3.connect(file_of(team.bot.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
    event.remove(engine, "checkout", hurry)
    engine.dispose()


def ready(team: World) -> tuple[int, str]:
    """Return what those who watch over the bot are told."""
    answer = Client(create_watch(team.bot.database, team.bot.clock, team.bot.metrics)).get("/readyz")
    return answer.status_code, str((answer.json or {})["status"])


def say(team: World, words: str) -> str:
    """Have Ana reply and type a command; return what she was told, and what was logged."""
    ana = team.person("U_ANA")
    with all_logged() as lines:
        ana.say(ana.dm(), text=f"{WORDS} {words}", thread_ts=team.thread_of("U_ANA"))
        told = ana.command("/weeknotes", f"jot {WORDS} {words}", CHANNEL)
        team.slack.idle(20)
    return f"{words_of(told or {})} {lines.getvalue()}"


def test_a_full_disk_and_a_lock_lose_nothing(team: World) -> None:
    """Ana is told that it did not work, the log says why without her words, and the note has what she replied, once."""
    team.series(contributors=("U_ANA",))
    team.at(5, 10)
    long = "and much more. " * 1000
    with full(team):
        heard = say(team, long)
    assert ready(team) == (200, "ok")
    with locked(team):
        assert ready(team) == (503, "the database does not answer")
        heard += say(team, "Second.")
    assert ready(team) == (200, "ok")
    team.at(6, 16)

    for clue in ("something went wrong", "SQLITE_FULL", "SQLITE_BUSY"):
        assert clue in heard
    assert WORDS.split()[0] not in heard
    assert [1, 1] == [whole(team).count(words) for words in (f"{WORDS} and much", f"{WORDS} Second.")]
