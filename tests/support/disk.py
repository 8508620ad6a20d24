"""What can be read of a database on the disk, whether or not a query would still find it."""

from pathlib import Path

from storage.backups import back_up, file_of
from storage.database import Database


def on_disk(database: Database) -> str:
    """Return all that stands in the files of a SQLite database, and in a backup made now; of others, nothing."""
    if not database.is_sqlite:
        return ""
    file = file_of(database)
    copy = Path(f"{file}.copy")
    back_up(database, copy)
    found = "".join(each.read_bytes().decode("latin-1") for each in sorted(file.parent.glob(f"{file.name}*")))
    copy.unlink()
    return found
