"""A copy of the database is whole, checked, and can be put back."""

import sqlite3
import threading
from pathlib import Path

import pytest

from bot.domain.workspaces import Workspace
from storage import backups, workspaces
from storage.backups import BackupError
from storage.database import Database
from tests.support.clocks import FrozenClock


def add(database: Database, name: str, clock: FrozenClock) -> None:
    """Write something that can be found again."""
    with database.session() as session:
        workspaces.upsert(session, Workspace(name), now=clock.now())


def names(database: Database) -> set[str]:
    """Return what was written."""
    with database.session() as session:
        return {name for name in ("T_ONE", "T_TWO") if workspaces.get(session, name)}


def test_a_backup_put_back_is_the_database_of_then(
    sqlite_database: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    """What came later is not in it, and is kept beside it."""
    add(sqlite_database, "T_ONE", clock)
    backups.back_up(sqlite_database, tmp_path / "copy.sqlite3")
    add(sqlite_database, "T_TWO", clock)
    sqlite_database.dispose()
    kept = backups.restore(sqlite_database, tmp_path / "copy.sqlite3")

    assert {"T_ONE"} == names(sqlite_database)
    assert {"T_ONE", "T_TWO"} == names(Database(f"sqlite:///{kept}"))


def test_a_backup_is_made_while_others_write(sqlite_database: Database, clock: FrozenClock, tmp_path: Path) -> None:
    """Every copy is whole, whatever happens meanwhile, and nobody else may read it."""
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            add(sqlite_database, "T_ONE", clock)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backups.back_up(sqlite_database, tmp_path / f"{number}.sqlite3")
    finally:
        done.set()
        writer.join()

    for number in range(5):
        backups.check(tmp_path / f"{number}.sqlite3")
        assert (tmp_path / f"{number}.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_backup_never_takes_the_place_of_another(sqlite_database: Database, tmp_path: Path) -> None:
    """A file that is there stays as it is."""
    (tmp_path / "copy").write_text("the only backup")
    with pytest.raises(BackupError, match="exists already"):
        backups.back_up(sqlite_database, tmp_path / "copy")

    assert (tmp_path / "copy").read_text() == "the only backup"


def test_a_backup_that_fails_leaves_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    """Where it cannot be written, that is one sentence, and no half a file."""
    with pytest.raises(BackupError, match="could not be made"):
        backups.back_up(sqlite_database, tmp_path / "no such folder" / "copy")

    assert not (tmp_path / "no such folder").exists()


@pytest.mark.parametrize("damage", ("rubbish", "cut", "another"))
def test_what_is_no_backup_is_not_put_back(
    sqlite_database: Database, clock: FrozenClock, tmp_path: Path, damage: str
) -> None:
    """The database stays as it was."""
    add(sqlite_database, "T_ONE", clock)
    copy = tmp_path / "copy"
    backups.back_up(sqlite_database, copy)
    if damage == "rubbish":
        copy.write_bytes(b"rubbish" * 1000)
    if damage == "cut":
        copy.write_bytes(copy.read_bytes()[:-9000])
    if damage == "another":
        copy.unlink()
        sqlite3.connect(copy).executescript("CREATE TABLE other (id INTEGER);").close()

    with pytest.raises(BackupError):
        backups.restore(sqlite_database, copy)
    assert {"T_ONE"} == names(sqlite_database)


def test_nothing_is_put_under_a_running_bot(sqlite_database: Database, clock: FrozenClock, tmp_path: Path) -> None:
    """As long as somebody has the database open, it stays."""
    backups.back_up(sqlite_database, tmp_path / "copy")
    with sqlite_database.session() as session:
        workspaces.upsert(session, Workspace("T_ONE"), now=clock.now())
        with pytest.raises(BackupError, match="Nothing was changed"):
            backups.restore(sqlite_database, tmp_path / "copy")

    assert {"T_ONE"} == names(sqlite_database)


def test_postgresql_has_its_own(postgres_database: Database, tmp_path: Path) -> None:
    """It is told in a sentence."""
    with pytest.raises(BackupError, match="pg_dump"):
        backups.back_up(postgres_database, tmp_path / "copy")
