"""Sessions commit once, roll back when something is wrong, and lose nothing to one another."""

import socket
import sqlite3
import threading
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import DatabaseAwayError
from bot.jobs.workers import conninfo
from storage import database
from storage.database import CONNECTIONS, OWED, WATCHING, Database, normalised_url
from storage.troubles import LOCKED, NO_ANSWER

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_what_is_written_in_a_session_is_there_after_it(empty_database: Database) -> None:
    """A session commits when its block ends."""
    _make_counter(empty_database)

    assert 0 == _count(empty_database)


def test_a_session_that_fails_leaves_nothing(empty_database: Database) -> None:
    """All of a use case happens, or none of it."""
    _make_counter(empty_database)

    with pytest.raises(RuntimeError), empty_database.session() as session:
        session.connection().execute(text("UPDATE counter SET value = 9"))
        raise RuntimeError

    assert 0 == _count(empty_database)


def test_read_then_write_from_many_threads_loses_no_update(empty_database: Database) -> None:
    """On SQLite the write lock is taken at the beginning; PostgreSQL locks the row that was read."""
    _make_counter(empty_database)
    read = text("SELECT value FROM counter" if empty_database.is_sqlite else "SELECT value FROM counter FOR UPDATE")

    def add() -> None:
        for _ in range(25):
            with empty_database.session() as session:
                value = session.connection().execute(read).scalar_one()
                session.connection().execute(text("UPDATE counter SET value = :value"), {"value": value + 1})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 100 == _count(empty_database)


def test_owing_is_told_after_the_commit_and_once_for_each_workspace(empty_database: Database) -> None:
    """Whoever is told can read the row."""
    _make_counter(empty_database)
    told: list[tuple[str, int]] = []
    empty_database.on_owed = lambda workspace_id: told.append((workspace_id, _count(empty_database)))

    with empty_database.session() as session:
        session.connection().execute(text("UPDATE counter SET value = 1"))
        session.info.setdefault(OWED, set()).update(("T1", "T2", "T1"))

    assert [("T1", 1), ("T2", 1)] == sorted(told)


def test_nobody_is_told_when_nothing_was_committed(empty_database: Database) -> None:
    """What was rolled back is not owed."""
    told: list[str] = []
    empty_database.on_owed = told.append

    with pytest.raises(RuntimeError), empty_database.session() as session:
        session.info.setdefault(OWED, set()).add("T1")
        raise RuntimeError

    assert [] == told


def test_sqlite_is_durable_and_keeps_its_references(tmp_path: Path) -> None:
    """An answer that was acknowledged survives a power cut."""
    database = Database(f"sqlite:///{tmp_path / 'settings.sqlite3'}")
    with database.session() as session:
        pragmas = {
            name: session.connection().execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.dispose()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_a_row_of_no_workspace_is_refused(database: Database) -> None:
    """Foreign keys hold on both databases."""
    with pytest.raises(IntegrityError), database.session() as session:
        statement = text("INSERT INTO received_event (workspace_id, event_id, received_at) VALUES ('T0', 'Ev1', :now)")
        session.connection().execute(statement, {"now": NOW.isoformat()})


def test_an_error_does_not_repeat_what_people_wrote(empty_database: Database) -> None:
    """Errors end in logs, and logs hold no words."""
    with pytest.raises(Exception, match="nowhere") as raised, empty_database.session() as session:
        session.connection().execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "We had a baby!"})

    assert "baby" not in str(raised.value)


def test_a_locked_file_is_named_as_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes is told, and who only asks whether anything can be written need not wait as long."""
    monkeypatch.setattr("storage.database.PRAGMAS", ("journal_mode=WAL", "busy_timeout=0"))
    monkeypatch.setattr("storage.database.WAIT_SECONDS", 0)
    path = tmp_path / "locked.sqlite3"
    database = Database(f"sqlite:///{path}")
    database.try_to_write()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseAwayError) as raised, database.session() as session:
            session.connection().execute(text("SELECT 1"))
        with pytest.raises(DatabaseAwayError) as tried:
            database.try_to_write()
    database.try_to_write()
    database.dispose()

    assert [LOCKED, LOCKED] == [raised.value.trouble, tried.value.trouble]


def test_a_postgresql_that_is_read_only_is_not_ready(postgres_database: Database) -> None:
    """A server that stands by for another answers, and keeps nothing."""
    postgres_database.try_to_write()
    with postgres_database.session() as session:
        session.connection().execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))
    with pytest.raises(DatabaseAwayError) as raised, postgres_database.session() as session:
        session.connection().execute(text("CREATE TABLE kept (value INTEGER)"))

    assert "the database may not be written" == raised.value.trouble


@pytest.mark.parametrize(
    ("given", "used"),
    (
        ("postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgresql://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgresql+psycopg://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("sqlite:///weeknotes.sqlite3", "sqlite:///weeknotes.sqlite3"),
    ),
)
def test_urls_name_the_driver_we_ship(given: str, used: str) -> None:
    """Hosts write PostgreSQL's URLs in more than one way."""
    assert used == normalised_url(given)


def _make_counter(database: Database) -> None:
    with database.session() as session:
        session.connection().execute(text("CREATE TABLE counter (value INTEGER NOT NULL)"))
        session.connection().execute(text("INSERT INTO counter VALUES (0)"))


def _count(database: Database) -> int:
    with database.session() as session:
        value: int = session.connection().execute(text("SELECT value FROM counter")).scalar_one()
        return value


def test_a_postgresql_that_vanished_is_found_out(postgres_url: str) -> None:
    """Every connection is watched, whoever opens it: one whose other end is silent breaks within half a minute."""
    ours = Database(postgres_url)
    with ours.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        opened = driver.info.get_parameters()
    ours.dispose()
    handed_out = conninfo_to_dict(conninfo(postgres_url))

    watched = {name: str(value) for name, value in WATCHING.items()}
    assert watched.items() <= opened.items()
    assert watched.items() <= handed_out.items()
    assert handed_out["dbname"] == opened["dbname"]


def test_a_postgresql_that_says_nothing_to_a_newcomer_is_away() -> None:
    """A machine that takes the connection and is silent is the same to people as one that refuses it."""
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        away = Database(f"postgresql+psycopg://u:p@127.0.0.1:{port}/n?connect_timeout=2")  # the least there is

        with pytest.raises(DatabaseAwayError) as told, away.session() as session:
            session.connection()

    assert (NO_ANSWER, True) == (told.value.trouble, away.has_been_away)


def test_the_url_may_say_how_long_to_wait() -> None:
    """What somebody wrote into DATABASE_URL stands, for the engine too."""
    url = "postgresql://u:p@h/n?connect_timeout=2&tcp_user_timeout=9000"

    handed_out = conninfo_to_dict(conninfo(url))

    asked = {name: handed_out[name] for name in ("connect_timeout", "tcp_user_timeout", "keepalives_idle")}
    assert {"connect_timeout": "2", "tcp_user_timeout": "9000", "keepalives_idle": "10"} == asked
    assert ("u", "p", "h", "n") == tuple(handed_out[name] for name in ("user", "password", "host", "dbname"))


def test_who_waits_too_long_for_a_connection_is_told_that_the_database_does_not_answer(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many transactions go on at once; whoever comes when all of them stand still is not kept waiting for ever."""
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    crowded = Database(postgres_url)
    with ExitStack() as others:
        for _ in range(CONNECTIONS):
            others.enter_context(crowded.session()).connection()

        with pytest.raises(DatabaseAwayError) as told, crowded.session() as session:
            session.connection()

        assert (NO_ANSWER, True) == (told.value.trouble, crowded.has_been_away)
    with crowded.session() as session:
        assert 1 == session.connection().execute(text("SELECT 1")).scalar_one()
    crowded.dispose()
