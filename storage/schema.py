"""The database's schema: bringing it up to date, back, and checking it. Alembic is loaded only then."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import WeeknotesError
from storage.database import Database
from storage.models import Table

if TYPE_CHECKING:  # Alembic takes a fifth of a second to load, and a running bot never needs it
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 0x7765656B  # "week": PostgreSQL's advisory lock, so that two upgrades at once take turns
HEAD = "0001"
"""The revision this code is written for; a test keeps it equal to the newest file in migrations/versions."""

DatabaseError = DBAPIError
"""What every driver's errors arrive as: a database that cannot be reached, opened or used."""


class MigrationError(WeeknotesError):
    """The database cannot be migrated like that."""


def current(database: Database) -> str | None:
    """Return the revision the database is at, or None when it has no schema yet."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return revision


def is_current(database: Database) -> bool:
    """Say whether the database has the schema this code is written for."""
    return current(database) == HEAD


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to `revision`. Doing it twice does nothing."""
    from alembic import command

    with migrating(database) as config:
        command.upgrade(config, revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to `revision` (`base`: before the first). What newer tables hold is lost."""
    from alembic import command

    with migrating(database) as config:
        command.downgrade(config, revision)


def differences(database: Database) -> list[str]:
    """Return how the database's schema differs from the tables in storage.models: not at all, if all is well."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with database.engine.connect() as connection:
        options = {"include_object": is_ours, "compare_server_default": True, "target_metadata": Table.metadata}
        context = MigrationContext.configure(connection, opts=options)
        return [str(difference) for difference in compare_metadata(context, Table.metadata)]


def generate(database: Database, message: str, revision: str) -> None:
    """Write a migration file with what the tables in storage.models have and the database has not."""
    from alembic import command

    with migrating(database) as config:
        command.revision(config, message, autogenerate=True, rev_id=revision)


def is_ours(_thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:  # noqa: FBT001
    """Say whether Alembic should look at something: not at tables that another library made (Procrastinate's)."""
    return not (kind == "table" and reflected and compare_to is None and (name or "").startswith("procrastinate_"))


@contextmanager
def migrating(database: Database) -> Iterator["Config"]:
    """Give Alembic's configuration with a connection in a transaction that commits at the end."""
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _set_foreign_keys(connection, "OFF")  # making a table anew would cascade into the tables that refer to it
        with connection.begin():
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            config.attributes.update(connection=connection, is_ours=is_ours)
            try:
                yield config
            except CommandError as error:
                raise MigrationError(f"{error}.".replace("..", ".")) from error
        if database.is_sqlite:
            _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, value: str) -> None:
    """Set SQLite's pragma on the driver's connection: inside a transaction it does nothing."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={value}")
