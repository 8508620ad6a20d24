"""Write a migration: `make migration MESSAGE="what changes"`.

Without a message, write the first revision anew; that is for the time before the first release, when no database that
anybody keeps was made by it.
"""

import sys
import tempfile
from pathlib import Path

from storage import schema
from storage.database import Database

VERSIONS = schema.MIGRATIONS / "versions"
FIRST = "The tables of the first release"


def main() -> None:
    """Write the next revision, or the first one anew, from the tables in storage.models."""
    message = " ".join(sys.argv[1:]).strip()
    written = sorted(VERSIONS.glob("[0-9]*.py"))
    if not message and len(written) > 1:
        sys.exit('There is more than one revision, so say what changes: make migration MESSAGE="…"')
    if not message:
        for path in written:
            path.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'scratch.sqlite3'}")
        if message:
            schema.upgrade(database)
        schema.generate(database, message or FIRST, f"{len(written) + 1 if message else 1:04}")
        database.dispose()


if __name__ == "__main__":
    main()
