"""When nobody knows whether Slack has it: the sender looks, and sends again what is not there."""

import pytest

from bot.rendering.environments import Templates
from bot.services.delivering import Delivering
from bot.services.failing import Failing
from fakeslack import FakeSlack, Fault
from tests.support.office import Office
from tests.support.owing import TEAM, Desk

POST = "chat.postMessage"


@pytest.mark.parametrize("kind", ("accept_then_drop", "accept_then_timeout"))
def test_accepted_but_unanswered_is_adopted(office: Office, desk: Desk, slack: FakeSlack, kind: str) -> None:
    """When Slack took the message and the answer was lost, the message is found and not posted again."""
    desk.owe("a", channel="U_ANA")
    desk.owe("b", channel="U_ANA", thread_key="a")
    slack.faults.add(Fault(method=POST, kind=kind))
    office.drain(call_seconds=0.3)
    unclear = desk.states("a", "b")
    office.drain_later()

    assert (["unknown", "owed"], ["a", "b"], ["sent", "sent"]) == (
        unclear,
        office.dm_texts("U_ANA"),
        desk.states("a", "b"),
    )


def test_a_reply_accepted_but_unanswered_is_found_in_its_thread(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """For a message of a thread, the thread is read."""
    desk.owe("a", channel="C_OURS")
    office.drain()
    desk.owe("b", channel="C_OURS", thread_key="a")
    slack.faults.add(Fault(method=POST, kind="accept_then_drop"))
    office.drain()
    office.drain_later()

    assert (["a", "b"], ["sent"], 1) == (office.texts(), desk.states("b"), office.calls("conversations.replies"))


@pytest.mark.parametrize("kind", ("drop", "http_500", "error:internal_error"))
def test_unanswered_and_not_accepted_is_sent_again(office: Office, desk: Desk, slack: FakeSlack, kind: str) -> None:
    """When Slack did not take the message, looking finds nothing, and it is sent once."""
    desk.owe("a", channel="C_OURS")
    slack.faults.add(Fault(method=POST, kind=kind))
    office.drain()
    before = office.texts()
    office.drain_later()

    assert ([], ["a"], ["sent"]) == (before, office.texts(), desk.states("a"))


def test_not_looked_for_before_history_has_settled(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """Right after an unclear attempt nothing is read and nothing repeated."""
    desk.owe("a", channel="C_OURS")
    slack.faults.add(Fault(method=POST, kind="accept_then_drop"))
    office.drain()
    office.drain()

    assert (1, 0) == (office.calls(POST), office.calls("conversations.history"))


def test_a_digest_is_not_repeated_where_nobody_can_look(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """Without the scope to read the channel, a note that may be there fails with a sentence for the editor."""
    desk.owe("digest", channel="C_OURS", kind="digest")
    slack.faults.add(Fault(method=POST, kind="accept_then_drop"))
    slack.faults.add(Fault(method="conversations.history", kind="error:missing_scope"))
    office.drain()
    office.drain_later()

    assert (["digest"], ["failed"], True) == (
        office.texts(),
        desk.states("digest"),
        "look in the channel" in desk.find("digest").error,
    )


def test_a_check_that_cannot_be_made_is_made_later(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """A check that times out leaves the delivery unknown, and the next one finds the message."""
    desk.owe("a", channel="C_OURS")
    slack.faults.add(Fault(method=POST, kind="accept_then_drop"))
    slack.faults.add(Fault(method="conversations.history", kind="http_500"))
    office.drain()
    office.drain_later()
    still = desk.states("a")
    office.drain_later()

    assert (["unknown"], ["sent"], ["a"]) == (still, desk.states("a"), office.texts())


def test_killed_between_attempt_and_call(office: Office, desk: Desk) -> None:
    """A process that died before the call leaves an attempt, which another finds not made, and makes."""
    desk.owe("a", channel="U_ANA")
    Delivering(desk.database, desk.clock, Failing(Templates())).claim(TEAM, desk.find("a").id)
    office.drain()
    before = office.calls(POST)
    office.drain_later()

    assert (0, ["a"]) == (before, office.dm_texts("U_ANA"))


def test_killed_between_call_and_record(office: Office, desk: Desk) -> None:
    """A process that died after the call leaves an attempt, whose message another finds and adopts."""
    desk.owe("a", channel="U_ANA")
    office.hire()._deliveries = Unrecorded(desk.database, desk.clock, Failing(Templates()))
    office.senders[-1].drain(TEAM)
    state = desk.states("a")
    office.drain_later()

    assert (["attempted"], ["a"], 1) == (state, office.dm_texts("U_ANA"), office.calls(POST))


class Unrecorded(Delivering):
    """A service that dies before it records anything."""

    def record(self, claim: object, outcome: object) -> bool:
        """Record nothing."""
        del claim, outcome
        return True


def test_where_nobody_listens_it_stays_owed(office: Office, desk: Desk) -> None:
    """A connection refused is not ambiguous: the delivery is owed again after a pause."""
    desk.owe("a", channel="C_OURS")
    office.drain(base_url="http://127.0.0.1:9/api/")
    refused = desk.states("a")
    office.drain_later()

    assert (["owed"], ["a"], 0) == (refused, office.texts(), office.calls("conversations.history"))
