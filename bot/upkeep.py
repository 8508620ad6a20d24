"""Looking after the database: what `weeknotes db` does, and what `run` and `web` do before they start."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import config
from bot.config import Settings
from bot.domain.errors import SettingError
from bot.slack.installation_store import rotate
from bot.slack.sealing import Seal
from storage import backups, schema
from storage.database import Database
from storage.schema import DatabaseError


def upgrade() -> str:
    """Bring the schema up to date, and return its revision."""
    settings = config.load()
    migrate(settings)
    return schema.HEAD


def downgrade(revision: str) -> str | None:
    """Take the schema back to `revision`, and return where it is now."""
    with _opened(config.load()) as database:
        schema.downgrade(database, revision)
        return schema.current(database)


def back_up(copy: Path) -> None:
    """Copy the SQLite database to a file, also while the bot runs. Raises BackupError."""
    with _opened(config.load()) as database:
        backups.file_of(database)
        if not schema.current(database):
            raise backups.BackupError("There is nothing to back up yet: the database is empty.")
        backups.back_up(database, copy)


def restore(copy: Path) -> Path | None:
    """Put a copy in the SQLite database's place, and return where the one before it is kept. Raises BackupError."""
    with _opened(config.load()) as database:
        return backups.restore(database, copy)


def check() -> list[str]:
    """Return what is wrong with the schema, a sentence each; nothing when all is well."""
    with _opened(config.load()) as database:
        if not schema.is_current(database):
            return ["The database is not at the revision this version needs; type `weeknotes db upgrade`."]
        return [f"The database differs from what it should be: {what}" for what in schema.differences(database)]


def rotate_keys() -> int:
    """Encrypt every kept token with the newest key, and return how many there are.

    Raises SettingError where there are no keys, or where some tokens can be read with none of them.
    """
    settings = config.load()
    if not settings.keys:
        raise SettingError("WEEKNOTES_ENCRYPTION_KEYS is not set, so there are no tokens to encrypt anew.")
    with _opened(settings) as database:
        renewed, unreadable = rotate(database, Seal(settings.keys))
    if unreadable:
        raise SettingError(
            f"The tokens of {', '.join(unreadable)} were encrypted with a key that is not among "
            f"WEEKNOTES_ENCRYPTION_KEYS. Put it back, or add the app there anew. Encrypted anew: {renewed}."
        )
    return renewed


def make_ready(settings: Settings) -> None:
    """See that the schema is current: bring a SQLite file up to date, and ask for it on PostgreSQL.

    Raises SettingError when the database cannot be reached, or is for somebody to upgrade.
    """
    with _opened(settings) as database:
        if schema.is_current(database):
            return
        if not database.is_sqlite:
            raise SettingError("The database is not up to date with this version. Type `weeknotes db upgrade` first.")
    migrate(settings)


def migrate(settings: Settings) -> None:
    """Bring our own tables up to date, and on PostgreSQL those of the engine of work."""
    with _opened(settings) as database:
        schema.upgrade(database)
    if not database.is_sqlite:
        from bot.jobs.schema import apply_schema  # noqa: PLC0415 - Procrastinate is loaded where it is used

        apply_schema(settings.database_url)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    """Give the database of the settings. A database that does not answer is a setting to look at."""
    database = Database(settings.database_url)
    try:
        yield database
    except DatabaseError as error:
        raise SettingError(f"The database cannot be used; look at DATABASE_URL. It said: {error.orig}") from error
    finally:
        database.dispose()
