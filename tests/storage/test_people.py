"""Keeping people and workspaces."""

import pytest

from bot.domain.people import Person
from bot.domain.workspaces import Workspace
from storage import people, workspaces
from storage.database import Database
from storage.models import PersonRow
from tests.support.clocks import FrozenClock

T, ELSEWHERE = "T_TEAM", "T_OTHER"
ANA = Person("U_ANA", "Ana Okafor", "Europe/London", is_admin=True)
BEN = Person("U_BEN", "Ben <!channel>", is_bot=True, is_deactivated=True, is_guest=True)


@pytest.fixture
def known(database: Database, clock: FrozenClock) -> Database:
    """Give a database that knows Ana and Ben in one of two workspaces."""
    with database.session() as session:
        for workspace_id in (T, ELSEWHERE):
            workspaces.upsert(session, Workspace(workspace_id), now=clock.now())
        people.upsert(session, T, [ANA, BEN], now=clock.now())
    return database


def test_people_come_back_as_slack_described_them(known: Database) -> None:
    """Everything said of a person is kept, and only in their workspace."""
    with known.session() as session:
        assert ANA == people.get(session, T, "U_ANA")
        assert {"U_BEN": BEN} == people.many(session, T, ["U_BEN", "U_NOBODY"])
        assert people.get(session, ELSEWHERE, "U_ANA") is None


def test_names_stand_in_for_people_nobody_knows(known: Database) -> None:
    """Every id asked about gets a name; an unknown one stands for itself. Zones are given of those who are known."""
    with known.session() as session:
        assert {"U_ANA": "Ana Okafor", "U_X": "U_X"} == people.names(session, T, ["U_ANA", "U_X"])
        assert {"U_ANA": "Europe/London"} == people.zones(session, T, ["U_ANA", "U_X"])


def test_news_of_a_person_leaves_their_choices(known: Database, clock: FrozenClock) -> None:
    """A new name and zone are kept; the conversation with the bot and the choice about reminders stay."""
    with known.session() as session:
        people.remember_dm(session, T, "U_ANA", "D_ANA")
        session.get_one(PersonRow, (T, "U_ANA")).wants_reminders = False
    moved = Person("U_ANA", "Ana O.", "Asia/Tokyo")
    with known.session() as session:
        people.upsert(session, T, [moved, moved], now=clock.now())

    with known.session() as session:
        assert moved == people.get(session, T, "U_ANA")
        assert people.dm_channel(session, T, "U_ANA") == "D_ANA"
        assert people.dm_channel(session, ELSEWHERE, "U_ANA") == ""
        assert {"U_ANA"} == people.without_reminders(session, T, ["U_ANA", "U_BEN"])


def test_a_big_workspace_fits(known: Database, clock: FrozenClock) -> None:
    """Thousands of people are kept at once."""
    crowd = [Person(f"U{n}", f"Person {n}") for n in range(1201)]
    with known.session() as session:
        people.upsert(session, T, crowd, now=clock.now())

    with known.session() as session:
        assert len(people.many(session, T, [person.id for person in crowd])) == len(crowd)


def test_an_uninstalled_workspace_is_kept_but_not_installed(known: Database, clock: FrozenClock) -> None:
    """A workspace with scopes is installed; without, it is only known."""
    installed = Workspace(T, "Team", "E1", "U_BOT", "B_BOT", frozenset({"chat:write", "users:read"}))
    with known.session() as session:
        workspaces.upsert(session, installed, now=clock.now())

    with known.session() as session:
        assert installed == workspaces.get(session, T)
        assert workspaces.get(session, "T_UNKNOWN") is None
        assert workspaces.installed_ids(session) == (T,)
