"""The database: an engine with the right settings for SQLite or PostgreSQL, and sessions that commit once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - of the pool of connections
from sqlmodel import Session

from bot.domain.errors import DatabaseAwayError
from storage.troubles import NO_ANSWER, trouble_of

__all__ = ["CAUSE", "OWED", "Database", "Session", "normalised_url", "watched"]

OWED = "owed workspaces"
"""The key of `Session.info` under which `storage.deliveries` notes the workspaces it owed something."""

CAUSE = "cause of what is owed"
"""The key of `Session.info` under which `storage.deliveries` finds whom to ask what set things going."""

WAIT_SECONDS, SHORT_WAIT_SECONDS = 30, 1
"""How long to wait for another program that has locked SQLite's file; and where somebody waits for an answer."""

CONNECTIONS = 2
"""So many transactions of a process go on at once on PostgreSQL: Python computes for one of them while another waits
for the database. If there were more, they would wait for each other, and all take longer for it."""

WATCHING = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""How a connection over TCP finds out that PostgreSQL is gone although nobody closed it, in seconds and, the last, in
milliseconds: a cable that is cut, a machine that another one took over from. By itself Linux waits a quarter of an
hour for what was sent, and two for what may come. The names are libpq's; the URL may say otherwise."""

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={WAIT_SECONDS * 1000}",
    "secure_delete=ON",
)
"""What makes SQLite durable and safe for several threads, and what is deleted, gone from the file."""


class Database:
    """One database. `on_owed` is called after a commit, with each workspace owed a delivery by it.

    `before_commit` is called with each session before it commits, for what must follow in the same transaction.
    `cause` says what set things going, by a name that is in the log too: deliveries that are owed remember it.
    """

    def __init__(self, url: str) -> None:
        """Open the database at a SQLAlchemy or Heroku-style URL. Nothing is connected yet."""
        self.engine = _engine(normalised_url(url))
        self._turn = (
            threading.Lock() if self.is_sqlite else nullcontext()
        )  # SQLite's own waiting is unfair, by sleeping
        self.on_owed: Callable[[str], None] = lambda _workspace_id: None
        self.before_commit: Callable[[Session], None] = lambda _session: None
        self.cause: Callable[[], str] = lambda: ""
        self.has_been_away = False
        """Whether something could not be kept, since somebody last set this back."""

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is SQLite, which one process at a time should use."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session that commits when the block ends, or rolls back when it raises. Rows do not outlive it.

        Raises DatabaseAwayError when the database keeps nothing at the moment.
        """
        try:
            with _told(), self._turn, Session(self.engine, info={CAUSE: self.cause}) as session:
                yield session
                self.before_commit(session)
                session.commit()
                owed = session.info.pop(OWED, ())
        except DatabaseAwayError:
            self.has_been_away = True
            raise
        for workspace_id in owed:
            self.on_owed(workspace_id)

    def try_to_write(self) -> None:
        """See that the database takes a change, waiting for nobody for long. Raises DatabaseAwayError when it does not.

        On SQLite the change is to a number in the file that nobody uses; reading would go on with a full disk. A
        PostgreSQL that is read only gives no number to a transaction.
        """
        with _told(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql("SELECT pg_current_xact_id()")
                return
            driver: Any = connection.connection.driver_connection
            driver.execute(f"PRAGMA busy_timeout={SHORT_WAIT_SECONDS * 1000}")
            try:
                connection.exec_driver_sql("PRAGMA user_version = 0")
                connection.commit()
            finally:
                driver.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")

    def wipe(self) -> None:
        """Leave nothing of what was deleted on the disk: SQLite keeps older pages beside its file until they are used.

        While somebody else reads the file, as a backup does, it stays for the next time. PostgreSQL sees to it itself.
        """
        if not self.is_sqlite:
            return
        with self._turn, closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(f"PRAGMA busy_timeout={SHORT_WAIT_SECONDS * 1000}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")

    def dispose(self) -> None:
        """Close the pooled connections."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Tell what keeps the database from its work by an error of ours; what was asked wrongly stays the driver's."""
    try:
        yield
    except TimeoutError as error:
        raise DatabaseAwayError(NO_ANSWER) from error  # those before have waited for it all the time
    except DBAPIError as error:
        if trouble := trouble_of(error):
            raise DatabaseAwayError(trouble) from error
        raise


def normalised_url(url: str) -> str:
    """Return the URL with the driver this project ships (`postgres://`, as Heroku gives it, means psycopg 3)."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def watched(url: str) -> URL:
    """Return a URL of PostgreSQL, with all of WATCHING that it does not say itself."""
    given = make_url(url)
    return given.update_query_dict({name: str(value) for name, value in WATCHING.items() if name not in given.query})


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            watched(url),
            pool_pre_ping=True,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            hide_parameters=True,
        )
    sqlite = {"timeout": WAIT_SECONDS, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=sqlite)
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
