"""INSERT … ON CONFLICT, in the words both databases share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.models.base import Table


def insert_new(session: Session, table: type[Table], **values: Any) -> bool:  # noqa: ANN401 - columns of any type
    """Insert a row unless a unique key already holds one. Returns whether it was inserted."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    defaults = table.model_construct(**values).model_dump(exclude={"id"})
    statement = dialect.insert(table).values(**(defaults | values)).on_conflict_do_nothing()
    # RETURNING, because on PostgreSQL the row count of such a statement is -1
    return session.execute(statement.returning(*inspect(table).primary_key)).first() is not None


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
