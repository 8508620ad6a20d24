"""Keeping when people are away."""

from datetime import date

import pytest

from bot.domain.away import Days
from bot.domain.workspaces import Workspace
from storage import away, workspaces
from storage.database import Database
from tests.support.clocks import FrozenClock

T, ANA, BEN = "T_TEAM", "U_ANA", "U_BEN"


def march(day: int) -> date:
    """Return a day in March 2026."""
    return date(2026, 3, day)


@pytest.fixture
def kept(database: Database, clock: FrozenClock) -> Database:
    """Give a database in which Ana is away on 3–6 March and Ben from the 5th on, until he is back."""
    with database.session() as session:
        workspaces.upsert(session, Workspace(T), now=clock.now())
        away.keep(session, T, ANA, Days(march(3), march(6)), now=clock.now())
        away.keep(session, T, BEN, Days(march(5)), now=clock.now())
    return database


@pytest.mark.parametrize(
    ("day", "who"), ((2, set()), (3, {ANA}), (5, {ANA, BEN}), (6, {ANA, BEN}), (7, {BEN}), (31, {BEN}))
)
def test_people_are_away_from_the_first_day_to_the_last(kept: Database, day: int, who: set[str]) -> None:
    """Both ends are included; without a last day there is no end."""
    with kept.session() as session:
        assert who == away.away_on(session, T, [ANA, BEN], march(day))
        assert frozenset() == away.away_on(session, "T_OTHER", [ANA, BEN], march(day))


def test_what_is_said_last_takes_the_place_of_what_it_overlaps(kept: Database, clock: FrozenClock) -> None:
    """A change of plan is said once; days apart from it stay, and saying it twice keeps it once."""
    with kept.session() as session:
        away.keep(session, T, ANA, Days(march(20), march(21)), now=clock.now())
        for _ in range(2):
            away.keep(session, T, ANA, Days(march(5), march(9)), now=clock.now())

        assert [Days(march(5), march(9)), Days(march(20), march(21))] == away.of_person(session, T, ANA, march(1))
        assert [Days(march(20), march(21))] == away.of_person(session, T, ANA, march(10))


def test_days_end_the_day_before_somebody_is_back(kept: Database) -> None:
    """What has begun is over from today on; what has not begun does not come."""
    with kept.session() as session:
        assert away.end(session, T, BEN, march(5), today=march(9))
        assert away.end(session, T, ANA, march(3), today=march(3))
        assert not away.end(session, T, ANA, march(3), today=march(3))

        assert [Days(march(5), march(8))] == away.of_person(session, T, BEN, march(1))
        assert [] == away.of_person(session, T, ANA, march(1))
