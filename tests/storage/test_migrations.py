"""The schema goes up, comes down, and is what the tables in storage.models say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, text

from storage import schema
from storage.database import Database
from storage.models import Table, WorkspaceRow


def test_an_upgrade_makes_the_tables_as_the_code_has_them(empty_database: Database) -> None:
    """After an upgrade nothing differs from storage.models, and the database says it is current."""
    schema.upgrade(empty_database)

    assert [] == schema.differences(empty_database)
    assert schema.is_current(empty_database)


def test_an_upgrade_twice_changes_nothing(empty_database: Database) -> None:
    """Every release runs the upgrade, also when there is nothing to do."""
    schema.upgrade(empty_database)
    schema.upgrade(empty_database)

    assert schema.HEAD == schema.current(empty_database)


def test_a_downgrade_to_base_leaves_no_table_behind(empty_database: Database) -> None:
    """What an upgrade made, a downgrade takes away."""
    schema.upgrade(empty_database)
    schema.downgrade(empty_database, "base")

    assert ["alembic_version"] == inspect(empty_database.engine).get_table_names()
    assert schema.current(empty_database) is None


def test_a_database_without_a_schema_has_no_revision(empty_database: Database) -> None:
    """A new database is neither current nor an error."""
    assert schema.current(empty_database) is None
    assert not schema.is_current(empty_database)


def test_a_difference_is_named(empty_database: Database) -> None:
    """A table that nobody's code knows shows up in the check."""
    schema.upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE stray (id INTEGER PRIMARY KEY)"))

    (difference,) = schema.differences(empty_database)
    assert "stray" in difference


def test_a_failed_migration_leaves_nothing_half_done(empty_database: Database) -> None:
    """All of an upgrade happens, or none of it, on SQLite as on PostgreSQL."""
    with empty_database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE delivery (id INTEGER PRIMARY KEY)"))
    with pytest.raises(Exception, match="delivery"):  # each driver has an error of its own
        schema.upgrade(empty_database)

    assert ["delivery"] == inspect(empty_database.engine).get_table_names()


def test_rows_survive_when_sqlite_makes_a_table_anew(tmp_path: Path) -> None:
    """SQLite changes a table by dropping it, which must not cascade into the tables that refer to it."""
    database = Database(f"sqlite:///{tmp_path / 'rows.sqlite3'}")
    schema.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(insert(WorkspaceRow).values(id="T1", created_at=datetime(2026, 3, 2, tzinfo=UTC)))
        connection.execute(text("INSERT INTO received_event VALUES ('T1', 'Ev1', '2026-03-02')"))

    with schema.migrating(database) as config:
        operations = Operations(MigrationContext.configure(config.attributes["connection"]))
        with operations.batch_alter_table("workspace", recreate="always") as batch:
            batch.drop_column("name")

    with database.engine.connect() as connection:
        assert ["Ev1"] == list(connection.execute(text("SELECT event_id FROM received_event")).scalars())
        assert 1 == connection.execute(text("PRAGMA foreign_keys")).scalar()
    database.dispose()


def test_the_newest_revision_is_the_one_the_code_is_written_for() -> None:
    """A bot at start compares the database with HEAD without loading Alembic, so HEAD must be true."""
    assert [schema.HEAD] == ScriptDirectory(str(schema.MIGRATIONS)).get_heads()


def test_every_constraint_has_a_name() -> None:
    """Only what has a name can be changed by a later migration."""
    nameless = [
        f"{table.name}: {constraint}"
        for table in Table.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]

    assert [] == nameless
