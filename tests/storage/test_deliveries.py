"""Owing deliveries, and looking at them."""

from datetime import timedelta

import pytest

from bot.domain.attempts import Claim, Failed, Unknown
from bot.domain.deliveries import DeliveryState, Owed
from bot.domain.sending import SETTLE, UNSETTLED
from bot.rendering.environments import Templates
from bot.services.delivering import Delivering
from bot.services.failing import Failing
from storage import deliveries, failures
from storage.database import Database
from tests.support.clocks import FrozenClock
from tests.support.owing import TEAM, Desk


@pytest.fixture
def desk(database: Database, clock: FrozenClock) -> Desk:
    """Give a workspace."""
    return Desk(database, clock).open()


def test_owing_twice_owes_once(desk: Desk) -> None:
    """The second delivery with the same key changes nothing, whatever it says."""
    first = desk.owe("edition:1:digest:1", payload={"text": "first"})
    second = desk.owe("edition:1:digest:1", payload={"text": "second"})

    assert (True, False, {"text": "first"}) == (first, second, desk.find("edition:1:digest:1").payload)


def test_what_is_owed_is_announced_after_the_commit(desk: Desk) -> None:
    """The database calls `on_owed` once for each workspace, when the rows can be seen; not when nothing was new."""
    seen: list[tuple[str, str]] = []
    desk.database.on_owed = lambda workspace_id: seen.append((workspace_id, desk.find("a").state.value))
    with desk.database.session() as session:
        for key in ("a", "b"):
            deliveries.owe(session, TEAM, Owed(key=key, kind="prompt", channel="U_ANA"), now=desk.clock.now())
    desk.owe("a")

    assert seen == [(TEAM, "owed")]


def test_nothing_is_owed_when_the_transaction_fails(desk: Desk) -> None:
    """A delivery lives and dies with the state that it announces."""
    announced: list[str] = []
    desk.database.on_owed = announced.append
    with pytest.raises(RuntimeError), desk.database.session() as session:
        deliveries.owe(session, TEAM, Owed(key="a", kind="prompt", channel="U_ANA"), now=desk.clock.now())
        raise RuntimeError("for a test")
    with desk.database.session() as session:
        found = deliveries.find(session, TEAM, "a")

    assert (None, []) == (found, announced)


def test_keys_belong_to_a_workspace(desk: Desk) -> None:
    """The same key in another workspace is another delivery, and cannot be seen from here."""
    other = Desk(desk.database, desk.clock, "T_OTHER").open()
    other.owe("a")
    with desk.database.session() as session:
        found = deliveries.find(session, TEAM, "a")

    assert (None, True) == (found, desk.owe("a"))


def test_workspaces_owing_are_those_with_something_to_do_now(desk: Desk) -> None:
    """A workspace owes while a delivery waits to be sent, not while it is being sent, and not when all is done."""
    delivering = Delivering(desk.database, desk.clock, Failing(Templates()))
    Desk(desk.database, desk.clock, "T_OTHER").open()
    nothing = delivering.workspaces_owing()
    desk.owe("a")
    owed = delivering.workspaces_owing()
    claim = delivering.claim(TEAM, desk.find("a").id)
    assert claim is not None
    in_flight = delivering.workspaces_owing()
    desk.clock.jump(claim.lease_until + UNSETTLED)
    left_behind = delivering.workspaces_owing()
    delivering.record(claim, Failed("not_in_channel"))

    assert ([], [TEAM], [], [TEAM], []) == (nothing, owed, in_flight, left_behind, delivering.workspaces_owing())


def test_an_attempt_of_unknown_result_is_looked_into_after_it_settled(desk: Desk) -> None:
    """Slack's history may lag: a workspace does not owe a check before the settle time is over."""
    delivering = Delivering(desk.database, desk.clock, Failing(Templates()))
    desk.owe("a")
    claim = claimed(delivering, desk.find("a").id)
    desk.clock.jump(claim.lease_until)
    delivering.record(claim, Unknown("TimeoutError"))
    desk.clock.jump(claim.lease_until + SETTLE - timedelta(seconds=1))
    before = delivering.workspaces_owing()
    desk.clock.jump(claim.lease_until + SETTLE)

    assert ([], [TEAM]) == (before, delivering.workspaces_owing())


def test_failures_of_an_edition_can_be_listed(desk: Desk) -> None:
    """An editor's status shows what of an edition failed and why, and nothing of other editions."""
    delivering = Delivering(desk.database, desk.clock, Failing(Templates()))
    edition_id, other_id = desk.add_edition(), None
    desk.owe("a", channel="U_ANA", edition_id=edition_id)
    desk.owe("b", channel="U_BEN", edition_id=edition_id)
    desk.owe("c", channel="U_CAI", edition_id=other_id)
    for key, error in (("a", "user_disabled"), ("c", "channel_not_found")):
        delivering.record(claimed(delivering, desk.find(key).id), Failed(error))
    with desk.database.session() as session:
        found = failures.failed_of(session, TEAM, edition_id)

    assert [("a", DeliveryState.FAILED, "user_disabled")] == [(each.key, each.state, each.error) for each in found]


def claimed(delivering: Delivering, delivery_id: int) -> Claim:
    """Claim a delivery that can be claimed."""
    claim = delivering.claim(TEAM, delivery_id)
    assert claim is not None
    return claim
