"""Tokens are kept encrypted, each for its own workspace, under keys that change."""

from base64 import urlsafe_b64encode

import pytest

from bot.domain.workspaces import Workspace
from bot.slack.clients import NotInstalledError
from bot.slack.installation_store import FRESH, InstallationStore, rotate
from bot.slack.sealing import Seal, UnsealableError
from storage import installations
from storage.database import Database
from tests.support.clocks import FrozenClock

OLD, NEW = (urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n"))
ONE, TWO = Workspace("T1", "One", scopes=frozenset({"chat:write"})), Workspace("T2", "Two", scopes=frozenset({"users"}))


def sealed(database: Database, workspace_id: str) -> str:
    """Return what is kept for a workspace."""
    with database.session() as session:
        found = installations.get(session, workspace_id)
    assert found
    return found.sealed_token


def test_what_was_sealed_is_opened_by_any_of_the_keys() -> None:
    """The newest key seals; an older one still opens; without it nothing does."""
    old = Seal([OLD]).close("T1", "xoxb-1")
    new = Seal([NEW, OLD]).close("T1", "xoxb-1")

    assert "xoxb-1" not in old
    assert ["xoxb-1", "xoxb-1"] == [Seal([NEW, OLD]).open("T1", old), Seal([NEW]).open("T1", new)]
    for spoiled in (old, new[:-8] + "AAAAAAA=", "", "é"):
        with pytest.raises(UnsealableError):
            Seal([NEW]).open("T1", spoiled)


def test_a_token_is_not_read_in_another_workspaces_place(sqlite_database: Database, clock: FrozenClock) -> None:
    """Whoever can write into the database cannot make the bot speak for one workspace in another."""
    store = InstallationStore(sqlite_database, clock, seal=Seal([OLD]))
    store.save(ONE, "xoxb-1")
    store.save(TWO, "xoxb-2")
    with sqlite_database.session() as session:
        first = installations.get(session, "T1")
        assert first
        installations.put(session, "T2", first.sealed_token, now=clock.now())

    assert "xoxb-1" == store.token("T1")
    with pytest.raises(NotInstalledError):
        store.token("T2")


def test_keys_are_rotated(database: Database, clock: FrozenClock) -> None:
    """Afterwards the newest key alone opens everything; what no key opens is named and left as it is."""
    InstallationStore(database, clock, seal=Seal([OLD])).save(ONE, "xoxb-1")
    InstallationStore(database, clock, seal=Seal([urlsafe_b64encode(b"x" * 32).decode()])).save(TWO, "xoxb-2")
    before = sealed(database, "T2")

    assert (1, ["T2"]) == rotate(database, Seal([NEW, OLD]))
    assert "xoxb-1" == InstallationStore(database, clock, seal=Seal([NEW])).token("T1")
    assert before == sealed(database, "T2")


def test_what_another_process_changed_is_seen_within_a_minute(database: Database, clock: FrozenClock) -> None:
    """A token is kept in memory, since every event asks, but not for long: another process may hear of its end."""
    here, there = (InstallationStore(database, clock, seal=Seal([NEW])) for _ in range(2))
    there.save(ONE, "xoxb-1")
    assert "xoxb-1" == here.token("T1")
    there.save(ONE, "xoxb-new")
    still = here.token("T1")
    clock.jump(clock.now() + FRESH)

    assert ("xoxb-1", "xoxb-new") == (still, here.token("T1"))


def test_the_token_of_the_settings_is_for_its_own_workspace_as_soon_as_there_are_others(
    sqlite_database: Database, clock: FrozenClock
) -> None:
    """Alone, it is for whichever workspace asks."""
    alone = InstallationStore(sqlite_database, clock, own_token="xoxb-own")
    several = InstallationStore(sqlite_database, clock, own_token="xoxb-own", seal=Seal([NEW]))
    several.save(TWO, "xoxb-2")
    alone.own = several.own = ONE

    assert ["xoxb-own"] * 2 == [alone.token(workspace) for workspace in ("T1", "T9")]
    assert ["xoxb-own", "xoxb-2"] == [several.token(workspace) for workspace in ("T1", "T2")]
    assert ("T1", "T2") == several.ids()
    with pytest.raises(NotInstalledError):
        several.token("T9")
    with pytest.raises(NotInstalledError):
        alone.save(TWO, "xoxb-2")


def test_nothing_of_it_shows(sqlite_database: Database, clock: FrozenClock) -> None:
    """What holds a token can be printed."""
    store = InstallationStore(sqlite_database, clock, seal=Seal([NEW]))
    store.save(ONE, "xoxb-1")
    with sqlite_database.session() as session:
        kept = installations.every(session)

    shown = repr((store, store.find("T1"), kept))
    assert "xoxb-1" not in shown
    assert kept[0].sealed_token not in shown
