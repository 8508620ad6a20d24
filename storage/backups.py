"""Copies of a SQLite database: made while the bot runs, checked, and put back."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.errors import WeeknotesError
from storage.database import Database

SIDE_FILES = ("-wal", "-shm")
"""What SQLite keeps beside a database; a database that was put back must not meet another's."""


class BackupError(WeeknotesError):
    """The copy cannot be made, or is no good."""


def back_up(database: Database, copy: Path) -> None:
    """Copy a database that may be in use to a file, whole or not at all. Raises BackupError, leaving no file behind."""
    if copy.exists():
        raise BackupError(f"{copy} exists already: name a file that does not, so that no backup is lost.")
    partial = _partial(copy)
    try:
        with closing(sqlite3.connect(file_of(database))) as source, closing(sqlite3.connect(partial)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        partial.chmod(0o600)
        check(partial)
        _move(partial, copy)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            f"The backup could not be made: {error}. Is there room, and may the folder be written?"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def restore(database: Database, copy: Path) -> Path | None:
    """Put a checked copy in the database's place, and return where what was there before is kept now, if anything.

    The bot must not be running. Raises BackupError, changing nothing, when the copy is no good or the database in use.
    """
    check(copy)
    place = file_of(database)
    kept = place.with_name(f"{place.name}.before-restore")
    if kept.exists():
        raise BackupError(f"{kept} is there from an earlier restore: move it away first, so that it is not lost.")
    partial = _partial(place)
    try:
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(partial)) as target:
            source.backup(target)
        partial.chmod(0o600)
        is_there = place.exists()
        if is_there:
            _fold(place)
            _move(place, kept)
        _move(partial, place)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"The backup could not be put back: {error}. Nothing was changed.") from error
    finally:
        partial.unlink(missing_ok=True)
    return kept if is_there else None


def check(copy: Path) -> None:
    """Raise BackupError unless a file is a whole SQLite database of the bot's."""
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as opened:
            said = [row[0] for row in opened.execute("PRAGMA integrity_check")]
            tables = opened.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'answer')")
            is_ours = tables.fetchone()[0] == 2  # noqa: PLR2004 - the two tables asked for
    except sqlite3.Error as error:
        raise BackupError(f"{copy} cannot be read as a SQLite database: {error}.") from error
    if said != ["ok"]:
        raise BackupError(f"{copy} is damaged: {said[0]}.")
    if not is_ours:
        raise BackupError(f"{copy} is not a database of Weeknotes.")


def file_of(database: Database) -> Path:
    """Return the file of a SQLite database. Raises BackupError for another kind."""
    name = database.engine.url.database
    if not database.is_sqlite or not name:
        raise BackupError("This is for SQLite. PostgreSQL brings its own: pg_dump and pg_restore.")
    return Path(name).resolve()


def _fold(place: Path) -> None:
    """Fold what SQLite keeps beside a database into it; that fails while the bot has it open."""
    with closing(sqlite3.connect(place, timeout=1)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
    for suffix in SIDE_FILES:
        Path(f"{place}{suffix}").unlink(missing_ok=True)


def _partial(path: Path) -> Path:
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    return partial


def _move(source: Path, target: Path) -> None:
    """Rename a file, so that a power cut leaves the one or the other."""
    with source.open("rb") as opened:
        os.fsync(opened.fileno())
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
