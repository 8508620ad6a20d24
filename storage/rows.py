"""Rows as the database gives them: turning them into objects takes longer than finding them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable
from sqlmodel import Session


def fetch(session: Session, statement: Executable, asked_for: Mapping[str, Any]) -> Any:  # noqa: ANN401 - plain rows
    """Run a statement in the session's transaction. Of a model asked for, a row has all attributes.

    What objects of the session were given has to be flushed before.
    """
    return session.connection().execute(statement, asked_for)
