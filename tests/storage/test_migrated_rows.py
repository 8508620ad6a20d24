"""Whatever a database holds is there after its schema was changed, whichever release filled it."""

from datetime import UTC, date, datetime, time
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, MetaData, String, Time, types

from storage import schema
from storage.database import Database

FIRST = "0001"
"""The schema of the first release."""
Rows = dict[str, dict[str, Any]]
VALUES: dict[type[types.TypeEngine[Any]], object] = {
    Boolean: True,
    Integer: 1,
    String: "x",
    DateTime: datetime(2026, 3, 6, 16, tzinfo=UTC),
    Date: date(2026, 3, 6),
    Time: time(16),
    JSON: ["words"],
}
"""What each column holds: the same for each of its type, so that every foreign key finds its row."""


def test_what_the_first_release_kept_is_there_after_all_migrations(empty_database: Database) -> None:
    """A database may skip releases. A migration that renames something says so here."""
    schema.upgrade(empty_database, FIRST)
    kept = fill(empty_database)
    schema.upgrade(empty_database)

    found = read(empty_database)
    assert kept == {table: {name: found[table][name] for name in row} for table, row in kept.items()}


def test_every_table_can_be_changed_with_its_rows_in_place(empty_database: Database) -> None:
    """A column that must hold something comes and goes, also where others refer to the table, and nothing else does."""
    schema.upgrade(empty_database)
    kept = fill(empty_database)
    for table in kept:
        with schema.migrating(empty_database) as config:
            operations = Operations(MigrationContext.configure(config.attributes["connection"]))
            with operations.batch_alter_table(table) as batch:
                batch.add_column(Column("later", Integer, server_default="7", nullable=False))

    assert {table: {**row, "later": 7} for table, row in kept.items()} == read(empty_database)

    for table in kept:
        with schema.migrating(empty_database) as config:
            operations = Operations(MigrationContext.configure(config.attributes["connection"]))
            with operations.batch_alter_table(table) as batch:
                batch.drop_column("later")

    assert kept == read(empty_database)


def fill(database: Database) -> Rows:
    """Write a row into each table, with something in each column, and return what is kept of it."""
    tables = tables_of(database)
    with database.engine.begin() as connection:
        for table in tables.sorted_tables:
            connection.execute(table.insert(), {column.name: value_of(column) for column in table.columns})
    kept = read(database)
    assert "x" == kept["answer"]["text"]
    return kept


def read(database: Database) -> Rows:
    """Return the one row of each table."""
    with database.engine.connect() as connection:
        return {
            table.name: dict(connection.execute(table.select()).mappings().one())
            for table in tables_of(database).sorted_tables
        }


def tables_of(database: Database) -> MetaData:
    """Return the tables as the database has them, without Alembic's own."""
    tables = MetaData()
    tables.reflect(database.engine, only=lambda name, _: name != "alembic_version")
    return tables


def value_of(column: Column[Any]) -> object:
    """Return something for a column to hold."""
    return next(value for kind, value in VALUES.items() if isinstance(column.type, kind))
