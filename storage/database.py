"""The database: an engine with the right settings for SQLite or PostgreSQL, and sessions that commit once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

__all__ = ["OWED", "Database", "Session", "normalised_url"]

OWED = "owed workspaces"
"""The key of `Session.info` under which `storage.deliveries` notes the workspaces it owed something."""

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "secure_delete=ON")
"""What makes SQLite durable and safe for several threads, and what is deleted, gone from the file."""


class Database:
    """One database. `on_owed` is called after a commit, with each workspace owed a delivery by it.

    `before_commit` is called with each session before it commits, for what must follow in the same transaction.
    """

    def __init__(self, url: str) -> None:
        """Open the database at a SQLAlchemy or Heroku-style URL. Nothing is connected yet."""
        self.engine = _engine(normalised_url(url))
        self._turn = (
            threading.Lock() if self.is_sqlite else nullcontext()
        )  # SQLite's own waiting is unfair, by sleeping
        self.on_owed: Callable[[str], None] = lambda _workspace_id: None
        self.before_commit: Callable[[Session], None] = lambda _session: None

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is SQLite, which one process at a time should use."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session that commits when the block ends, or rolls back when it raises. Rows do not outlive it."""
        with self._turn, Session(self.engine) as session:
            yield session
            self.before_commit(session)
            session.commit()
            owed = session.info.pop(OWED, ())
        for workspace_id in owed:
            self.on_owed(workspace_id)

    def dispose(self) -> None:
        """Close the pooled connections."""
        self.engine.dispose()


def normalised_url(url: str) -> str:
    """Return the URL with the driver this project ships (`postgres://`, as Heroku gives it, means psycopg 3)."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 30, "check_same_thread": False})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own connection
    """Set what makes SQLite durable and safe for several threads."""
    connection.isolation_level = None  # SQLAlchemy's `begin` hook below starts transactions, not the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads, then writes, otherwise loses concurrent updates."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
