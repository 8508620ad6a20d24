"""What a transaction has read already, so that one service call reads a series once, and not five times."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from sqlmodel import Session

from storage.rows import fetch

_READ, _HELD = "read already", "held already"
Read = TypeVar("Read")


def recalled(session: Session, what: str, workspace_id: str, row_id: int, read: Callable[[], Read]) -> Read:
    """Return what was read in this transaction under that name, or read it now."""
    known: dict[tuple[str, str, int], Read] = session.info.setdefault(_READ, {})
    key = (what, workspace_id, row_id)
    if key not in known:
        known[key] = read()
    return known[key]


def forget(session: Session) -> None:
    """Have everything read anew: something was written, or another transaction may have written something."""
    session.info.pop(_READ, None)


def hold(session: Session, statement: Any, asked_for: Mapping[str, Any], *what: Hashable) -> None:  # noqa: ANN401 - a SELECT … FOR UPDATE
    """Keep others from changing rows until this transaction ends, and read anew what they have changed until now.

    What is held already, under the same name, cannot have been changed. On SQLite there are no others: a transaction
    has the database to itself from its first statement on.
    """
    held: set[tuple[Hashable, ...]] = session.info.setdefault(_HELD, set())
    if session.get_bind().dialect.name != "sqlite" and what not in held:
        fetch(session, statement, asked_for)
        forget(session)
        if what:
            held.add(what)
