"""INSERT … ON CONFLICT, in the words both databases share."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, inspect
from sqlalchemy import Table as Columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.models.base import Table
from storage.rows import fetch


def insert_new(session: Session, table: type[Table], **values: Any) -> bool:  # noqa: ANN401 - columns of any type
    """Insert a row unless a unique key already holds one. Returns whether it was inserted."""
    return inserted(session, table, (), **values) is not None


def inserted(session: Session, table: type[Table], names: tuple[str, ...], **values: Any) -> Any:  # noqa: ANN401 - a row
    """Insert a row unless a unique key already holds one. Returns these of its columns, or None where it does."""
    statement = _inserted(table, names, session.get_bind().dialect.name)
    return fetch(session, statement, _defaults(table) | values).first()


@cache
def _inserted(table: type[Table], names: tuple[str, ...], dialect_name: str) -> Executable:
    """Return the statement, made once: making it takes several times what the database needs to run it."""
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    columns: Columns = inspect(table).local_table
    # RETURNING, because on PostgreSQL the row count of such a statement is -1
    wanted = [columns.c[name] for name in names] or columns.primary_key
    statement: Executable = dialect.insert(columns).on_conflict_do_nothing().returning(*wanted)
    return statement


def _defaults(table: type[Table]) -> dict[str, Any]:
    constants, made = _defaults_of(table)
    return constants | {name: make() for name, make in made.items()}


@cache
def _defaults_of(table: type[Table]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """Return the defaults of a table's columns, and what makes those that no two rows may share."""
    optional = {name: field for name, field in table.model_fields.items() if not field.is_required() and name != "id"}
    constants = {name: field.default for name, field in optional.items() if field.default_factory is None}
    made: dict[str, Any] = {name: field.default_factory for name, field in optional.items() if field.default_factory}
    return constants, made


def insert_or_update(session: Session, table: type[Table], keys: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows (all with the same columns); where `keys` are taken, update the given columns and only those."""
    if not rows:
        return
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    defaults = [table.model_construct(**row).model_dump() | row for row in rows]
    statement = dialect.insert(table).values(defaults)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=changed))


def write_all(
    session: Session,
    table: type[Table],
    keys: Sequence[str],
    rows: Sequence[dict[str, Any]],
    *,
    only_if: ColumnElement[bool] | bool,
) -> None:
    """Insert any number of rows, all with the same columns, with one statement.

    Where `keys` are taken, update the given columns and only those, if `only_if` holds.
    """
    if not rows:
        return
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    defaults = [table.model_construct(**row).model_dump(exclude={"id"}) | row for row in rows]
    statement = dialect.insert(table.__table__)  # type: ignore[attr-defined]  # the mapper's
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    on_conflict = statement.on_conflict_do_update(index_elements=list(keys), set_=changed, where=only_if)
    session.connection().execute(on_conflict, defaults)
