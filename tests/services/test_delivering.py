"""Delivering: looking, claiming and recording, without a call."""

import threading
from datetime import timedelta

import pytest

from bot.domain.attempts import Absent, Again, Claim, Failed, Sent, Unknown, Unreadable
from bot.domain.deliveries import Method
from bot.domain.sending import LEASE, SETTLE, UNSETTLED
from bot.rendering.environments import Templates
from bot.services.delivering import Delivering
from bot.services.failing import Failing
from storage import people, prompts
from storage.database import Database
from tests.support.clocks import FrozenClock
from tests.support.owing import TEAM, Desk


@pytest.fixture
def desk(database: Database, clock: FrozenClock) -> Desk:
    """Give a workspace."""
    return Desk(database, clock).open()


@pytest.fixture
def delivering(desk: Desk) -> Delivering:
    """Give the service."""
    return Delivering(desk.database, desk.clock, Failing(Templates()))


def claimed(desk: Desk, delivering: Delivering, key: str) -> Claim:
    """Claim a delivery that can be claimed."""
    claim = delivering.claim(TEAM, desk.find(key).id)
    assert claim is not None
    return claim


def keys(delivering: Delivering) -> list[str]:
    """Return the keys of what may go now."""
    return [each.key for each in delivering.sendable(TEAM)]


def test_an_attempt_is_recorded_before_it_is_made(desk: Desk, delivering: Delivering) -> None:
    """Whoever looks after the claim, and before the call, sees that there is an attempt."""
    desk.owe("a")
    claim = claimed(desk, delivering, "a")
    found = desk.find("a")

    assert ("attempted", 1, desk.clock.now(), desk.clock.now() + LEASE) == (
        found.state.value,
        found.attempt,
        found.attempted_at,
        claim.lease_until,
    )


def test_a_delivery_is_claimed_once(desk: Desk, delivering: Delivering) -> None:
    """A second claim on the same delivery, or on the next one of its channel, gets nothing."""
    desk.owe("a")
    desk.owe("b")
    claimed(desk, delivering, "a")

    assert (None, None, []) == (
        delivering.claim(TEAM, desk.find("a").id),
        delivering.claim(TEAM, desk.find("b").id),
        keys(delivering),
    )


def test_many_claim_at_once_and_one_gets_it(desk: Desk, delivering: Delivering) -> None:
    """Eight threads after the same forty deliveries of eight channels never get one twice, nor two of a channel."""
    for number in range(40):
        desk.owe(f"{number}", channel=f"C_{number % 8}")
    first = [each.id for each in delivering.sendable(TEAM)]
    got: list[Claim] = []

    def race() -> None:
        got.extend(claim for each in first if (claim := delivering.claim(TEAM, each)))

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [f"{number}" for number in range(8)] == sorted(claim.key for claim in got)


def test_a_claim_is_not_given_to_another_workspace(desk: Desk, delivering: Delivering) -> None:
    """A delivery's id is worth nothing in another workspace."""
    Desk(desk.database, desk.clock, "T_OTHER").open()
    desk.owe("a")

    assert delivering.claim("T_OTHER", desk.find("a").id) is None


def test_what_was_sent_says_where(desk: Desk, delivering: Delivering) -> None:
    """The message's place is kept, and the conversation is remembered as the person's with the bot."""
    desk.add_person("U_ANA")
    desk.owe("a", channel="U_ANA")
    delivering.record(claimed(desk, delivering, "a"), Sent("17.5", "D_ANA"))
    found = desk.find("a")
    with desk.database.session() as session:
        dm = people.dm_channel(session, TEAM, "U_ANA")

    assert ("sent", "17.5", "D_ANA", "D_ANA") == (found.state.value, found.ts, found.posted_channel, dm)


def test_a_thread_and_a_target_are_found_by_their_keys(desk: Desk, delivering: Delivering) -> None:
    """What belongs to a message waits for it, then goes to the channel in which it stands."""
    desk.owe("opening", channel="U_ANA")
    desk.owe("second", channel="U_ANA", thread_key="opening")
    desk.owe("tick", channel="U_ANA", method=Method.REACT, target_key="opening")
    at_first = keys(delivering)
    delivering.record(claimed(desk, delivering, "opening"), Sent("17.5", "D_ANA"))
    second, tick = claimed(desk, delivering, "second"), claimed(desk, delivering, "tick")

    assert (["opening"], ("D_ANA", "17.5"), ("D_ANA", "17.5")) == (
        at_first,
        (second.channel, second.thread_ts),
        (tick.channel, tick.target_ts),
    )


def test_what_belongs_to_a_failed_message_fails(desk: Desk, delivering: Delivering) -> None:
    """The reply to a message that Slack refused says which message that was, and why."""
    desk.owe("opening", channel="U_ANA")
    desk.owe("second", channel="U_ANA", thread_key="opening")
    desk.owe("orphan", channel="U_BEN", thread_key="never")
    delivering.record(claimed(desk, delivering, "opening"), Failed("user_disabled"))
    for key in ("second", "orphan"):
        delivering.claim(TEAM, desk.find(key).id)

    assert (
        ["failed", "failed"],
        "the message it belongs to (opening) could not be sent: user_disabled",
        "the message it belongs to (never) was never owed",
    ) == (desk.states("second", "orphan"), desk.find("second").error, desk.find("orphan").error)


def test_a_direct_message_and_its_conversation_are_one_channel(desk: Desk, delivering: Delivering) -> None:
    """What is owed to a person and what is owed to the conversation with them keep their order."""
    desk.add_person("U_ANA", "D_ANA")
    desk.owe("a", channel="U_ANA")
    desk.owe("b", channel="D_ANA")
    claimed(desk, delivering, "a")

    assert (None, []) == (delivering.claim(TEAM, desk.find("b").id), keys(delivering))


def test_a_prompt_learns_where_it_stands(desk: Desk, delivering: Delivering) -> None:
    """The first prompt opens the thread; the person's later prompts of the edition get it at once, others' do not."""
    edition_id = desk.add_edition()
    mine = [desk.add_prompt(edition_id, "U_ANA", position) for position in range(2)]
    other = desk.add_prompt(edition_id, "U_BEN", 0)
    desk.owe("prompt:0", channel="U_ANA", prompt_id=mine[0])
    delivering.record(claimed(desk, delivering, "prompt:0"), Sent("17.5", "D_ANA"))
    with desk.database.session() as session:
        found = [prompts.get(session, TEAM, each) for each in (*mine, other)]

    assert [("D_ANA", "17.5", "17.5"), ("D_ANA", "17.5", ""), ("", "", "")] == [
        (each.channel_id, each.thread_ts, each.ts) for each in found if each
    ]


def test_a_later_prompt_keeps_its_thread(desk: Desk, delivering: Delivering) -> None:
    """A prompt posted in the thread has its own ts and the thread's."""
    edition_id = desk.add_edition()
    mine = [desk.add_prompt(edition_id, "U_ANA", position) for position in range(2)]
    desk.owe("prompt:0", channel="U_ANA", prompt_id=mine[0])
    desk.owe("prompt:1", channel="U_ANA", prompt_id=mine[1], thread_key="prompt:0")
    delivering.record(claimed(desk, delivering, "prompt:0"), Sent("17.5", "D_ANA"))
    delivering.record(claimed(desk, delivering, "prompt:1"), Sent("18.5", "D_ANA"))
    with desk.database.session() as session:
        found = prompts.get(session, TEAM, mine[1])

    assert found is not None
    assert ("D_ANA", "17.5", "18.5") == (found.channel_id, found.thread_ts, found.ts)


def test_a_pause_is_kept(desk: Desk, delivering: Delivering) -> None:
    """What Slack put off is owed again after the pause, and to one who waited for it, at once."""
    desk.owe("a")
    delivering.record(claimed(desk, delivering, "a"), Again(timedelta(seconds=30), "ratelimited", is_paced=True))
    early = delivering.claim(TEAM, desk.find("a").id)
    patient = delivering.claim(TEAM, desk.find("a").id, has_waited=True)

    assert patient is not None
    assert (None, 2) == (early, patient.attempt)


def test_an_attempt_left_behind_is_checked_not_repeated(desk: Desk, delivering: Delivering) -> None:
    """After a crash between attempt and record, the next claim asks to look first, from the time of the attempt."""
    desk.owe("a")
    first = claimed(desk, delivering, "a")
    desk.clock.jump(first.lease_until + UNSETTLED)
    second = claimed(desk, delivering, "a")

    assert (True, 1, first.attempted_at) == (second.is_check, second.attempt, second.attempted_at)


def test_a_check_belongs_to_one(desk: Desk, delivering: Delivering) -> None:
    """While one looks, nobody else does; when that one vanishes too, another looks."""
    desk.owe("a")
    delivering.record(claimed(desk, delivering, "a"), Unknown("TimeoutError"))
    desk.clock.jump(desk.clock.now() + SETTLE)
    check = claimed(desk, delivering, "a")
    meanwhile = delivering.claim(TEAM, desk.find("a").id)
    desk.clock.jump(check.lease_until)

    assert (None, True) == (meanwhile, claimed(desk, delivering, "a").is_check)


def test_a_message_found_is_adopted(desk: Desk, delivering: Delivering) -> None:
    """A check that finds the message records its place as if the first call had answered."""
    desk.owe("a", channel="U_ANA")
    first = claimed(desk, delivering, "a")
    desk.clock.jump(first.lease_until + UNSETTLED)
    delivering.record(claimed(desk, delivering, "a"), Sent("17.5", "D_ANA"))
    found = desk.find("a")

    assert ("sent", "17.5", "D_ANA", 1) == (found.state.value, found.ts, found.posted_channel, found.attempt)


def test_a_message_not_found_is_sent_again(desk: Desk, delivering: Delivering) -> None:
    """A check that finds nothing makes the delivery owed, at once."""
    desk.owe("a")
    desk.clock.jump(claimed(desk, delivering, "a").lease_until + UNSETTLED)
    delivering.record(claimed(desk, delivering, "a"), Absent())
    again = claimed(desk, delivering, "a")

    assert (False, 2) == (again.is_check, again.attempt)


@pytest.mark.parametrize(("kind", "state"), (("digest", "failed"), ("prompt", "owed")))
def test_where_nobody_can_look(desk: Desk, delivering: Delivering, kind: str, state: str) -> None:
    """A digest that may be there is left to an editor; a prompt that may be there is sent again."""
    desk.owe("a", kind=kind)
    desk.clock.jump(claimed(desk, delivering, "a").lease_until + UNSETTLED)
    delivering.record(claimed(desk, delivering, "a"), Unreadable("missing_scope"))

    assert [state] == desk.states("a")


@pytest.mark.parametrize("method", (Method.EPHEMERAL, Method.RESPOND))
def test_what_cannot_be_looked_for_is_not_repeated(desk: Desk, delivering: Delivering, method: Method) -> None:
    """A line seen by one person alone is said at most once."""
    desk.owe("a", method=method)
    desk.clock.jump(claimed(desk, delivering, "a").lease_until + UNSETTLED)
    second = delivering.claim(TEAM, desk.find("a").id)

    assert (None, ["failed"]) == (second, desk.states("a"))


def test_what_may_be_repeated_is(desk: Desk, delivering: Delivering) -> None:
    """An update left behind by a crash is made again, without looking."""
    desk.owe("a", method=Method.UPDATE, payload={"ts": "17.5", "text": "a"})
    desk.clock.jump(claimed(desk, delivering, "a").lease_until + UNSETTLED)
    again = claimed(desk, delivering, "a")

    assert (False, 2) == (again.is_check, again.attempt)


def test_who_lost_the_claim_records_nothing(desk: Desk, delivering: Delivering) -> None:
    """One that was asleep past its claim cannot overwrite what another has done since."""
    desk.owe("a", method=Method.UPDATE, payload={"ts": "17.5", "text": "a"})
    asleep = claimed(desk, delivering, "a")
    desk.clock.jump(asleep.lease_until)
    other = claimed(desk, delivering, "a")
    was_recorded = delivering.record(asleep, Failed("late"))

    assert (False, False, True, ["attempted"]) == (
        was_recorded,
        delivering.is_held(asleep),
        delivering.is_held(other),
        desk.states("a"),
    )
