"""What Alembic runs. The connection comes from storage.schema; there is no alembic.ini."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from storage.columns import UTCDateTime
from storage.models import Table


def plain_types(kind: str, thing: Any, _context: object) -> str | Literal[False]:  # noqa: ANN401 - anything Alembic writes down
    """Write our column types as SQLAlchemy's own, so that a migration stays true when the code moves on."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, AutoString):
        return "sa.String()" if thing.length is None else f"sa.String({thing.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    include_object=context.config.attributes["is_ours"],
    render_item=plain_types,
    render_as_batch=True,  # SQLite changes a table by making it anew
    transactional_ddl=True,  # storage.schema's transaction holds on both databases: all of an upgrade, or nothing
    compare_server_default=True,
)
context.run_migrations()
