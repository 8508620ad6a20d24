"""Who is in a series' channel, and what they chose."""

import pytest

from bot.domain.members import Choice, Member
from bot.domain.series import Series
from bot.domain.workspaces import Workspace
from storage import members, series, workspaces
from storage.database import Database
from tests.storage.test_series import GIVEN, T
from tests.support.clocks import FrozenClock

ELSEWHERE = "T_OTHER"


@pytest.fixture
def kept(database: Database, clock: FrozenClock) -> Series:
    """Keep a series."""
    with database.session() as session:
        workspaces.upsert(session, Workspace(T), now=clock.now())
        made = series.create(session, T, GIVEN, created_by="U_DEE", now=clock.now())
    assert made
    return made


def test_arriving_is_new_once(kept: Series, database: Database) -> None:
    """Only the first time that somebody comes is new, also when they left in between, or were seen leaving first."""
    with database.session() as session:
        arrivals = [members.arrive(session, T, kept.id, "U_EVE") for _ in range(2)]
        members.depart(session, T, kept.id, "U_EVE")
        members.depart(session, T, kept.id, "U_FAY")
        again = [members.arrive(session, T, kept.id, user_id) for user_id in ("U_EVE", "U_FAY")]

    assert [True, False] == arrivals
    assert [False, False] == again


def test_choices_outlast_coming_and_going(kept: Series, database: Database, clock: FrozenClock) -> None:
    """What somebody chose stays when they leave the channel and when the list of who is there is read anew."""
    with database.session() as session:
        members.arrive(session, T, kept.id, "U_EVE")
        members.choose(session, T, kept.id, "U_EVE", Choice.LEFT, now=clock.now())
        members.depart(session, T, kept.id, "U_EVE")
        members.set_present(session, T, kept.id, ["U_EVE", "U_FAY"])
        first = members.of_series(session, T, kept.id)
        members.set_present(session, T, kept.id, ["U_FAY"])
        second = members.get(session, T, kept.id, "U_EVE")

    eve = Member("U_EVE", is_present=True, choice=Choice.LEFT, chosen_at=clock.now())
    assert [eve, Member("U_FAY", is_present=True, choice=Choice.NONE)] == first
    assert Member("U_EVE", is_present=False, choice=Choice.LEFT, chosen_at=clock.now()) == second


def test_members_are_the_workspaces_own(kept: Series, database: Database) -> None:
    """Another workspace sees nobody, whatever id it names."""
    with database.session() as session:
        members.arrive(session, T, kept.id, "U_EVE")

        assert [] == members.of_series(session, ELSEWHERE, kept.id)
        assert members.get(session, ELSEWHERE, kept.id, "U_EVE") is None
