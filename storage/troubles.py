"""What keeps a database from keeping anything, read from its driver's errors: told in words that name no place."""

import sqlite3
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, OperationalError

NO_ANSWER = "the database does not answer"
LOCKED = "the database is locked by another program"
FULL = "the disk is full"
UNREADABLE = "the disk cannot be read or written"

OF_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: NO_ANSWER,
    sqlite3.SQLITE_READONLY: "the database may not be written",
    sqlite3.SQLITE_CORRUPT: "the database is damaged",
    sqlite3.SQLITE_NOTADB: "the database is damaged",
}
"""By SQLite's own numbers, of which the lowest byte counts."""

OF_POSTGRESQL: Mapping[str, str] = {
    "53100": FULL,
    "25006": "the database may not be written",
    "08": NO_ANSWER,
    "53": NO_ANSWER,  # out of memory, or of connections
    "57P": NO_ANSWER,  # it is being stopped, or started
    "58": UNREADABLE,
}
"""By the beginning of PostgreSQL's codes; the longest one counts."""


def trouble_of(error: DBAPIError) -> str:
    """Return what keeps the database from its work, or an empty string when the error is about what was asked of it."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return OF_SQLITE.get(code & 0xFF, "")
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the connection cannot be made, or broke
        return NO_ANSWER if error.connection_invalidated or isinstance(error, OperationalError) else ""
    return next((words for start, words in OF_POSTGRESQL.items() if state.startswith(start)), "")
