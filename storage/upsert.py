"""INSERT … ON CONFLICT DO NOTHING, in the words both databases share."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.models.base import Table


def insert_new(session: Session, table: type[Table], **values: Any) -> bool:  # noqa: ANN401 - columns of any type
    """Insert a row unless a unique key already holds one. Returns whether it was inserted."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    defaults = table.model_construct(**values).model_dump(exclude={"id"})
    statement = dialect.insert(table).values(**(defaults | values)).on_conflict_do_nothing()
    return bool(session.execute(statement).rowcount)
