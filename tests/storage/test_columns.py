"""Instants cross the database's border as aware UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from storage.columns import UTCDateTime
from storage.database import Database

MOMENTS = Table("moment", MetaData(), Column("id", Integer, primary_key=True), Column("at", UTCDateTime))


def _kept(database: Database, at: datetime | None) -> datetime | None:
    with database.session() as session:
        MOMENTS.create(session.connection())
        session.connection().execute(insert(MOMENTS).values(at=at))
    with database.session() as session:
        kept: datetime | None = session.connection().execute(select(MOMENTS.c.at)).scalar_one()
        return kept


def test_an_instant_comes_back_as_utc(empty_database: Database) -> None:
    """Whatever zone it was given in."""
    at = datetime(2026, 3, 5, 10, 30, 0, 123456, tzinfo=timezone(timedelta(hours=13)))

    kept = _kept(empty_database, at)

    assert (at, UTC) == (kept, kept.tzinfo if kept else None)


def test_no_instant_stays_none(empty_database: Database) -> None:
    """Not everything has happened yet."""
    assert _kept(empty_database, None) is None


def test_a_naive_instant_is_refused(empty_database: Database) -> None:
    """Guessing its zone would be wrong somewhere."""
    with pytest.raises(StatementError, match="naive"):
        _kept(empty_database, datetime(2026, 3, 5, 10))  # noqa: DTZ001 - the point of the test
