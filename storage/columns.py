"""Column types that keep the database's border honest."""

from datetime import UTC, datetime

from sqlalchemy import BindParameter, DateTime, Dialect, String, literal
from sqlalchemy.types import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC instant. Naive values are refused; SQLite's naive answers are read as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"A naive datetime cannot be stored: {value!r}"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware UTC instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


SlackId = String(32)
SlackTs = String(32)


def constant(text: str) -> BindParameter[str]:
    """Return a text that is written into the statement itself.

    A database looks into an index of some rows only (`WHERE state = 'due'`) where it can see that the statement is
    about just these; by a parameter it cannot.
    """
    return literal(text, String(), literal_execute=True)
