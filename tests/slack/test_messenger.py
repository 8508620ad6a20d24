"""The sender, over the wire."""

import threading

import pytest

from bot.domain.deliveries import Method
from bot.domain.sending import LEASE
from bot.rendering.environments import Templates
from bot.services.delivering import Delivering
from bot.services.failing import Failing
from bot.slack.clients import NotInstalledError
from bot.slack.messenger import Sender
from fakeslack import FakeSlack, Fault
from tests.support.office import Office
from tests.support.owing import TEAM, Desk

POST = "chat.postMessage"


def test_owed_twice_is_posted_once(office: Office, desk: Desk) -> None:
    """However often a delivery is owed and the sender looks, there is one message."""
    for _ in range(3):
        desk.owe("a", channel="C_OURS")
        office.drain()

    assert ["a"] == office.texts()


def test_a_message_carries_its_key(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """The delivery's key travels in the message's metadata, by which it can be found again."""
    desk.owe("edition:1:digest:1", channel="C_OURS")
    office.drain()
    (message,) = slack.messages("C_OURS")

    assert {"event_type": "weeknotes_delivery", "event_payload": {"key": "edition:1:digest:1"}} == message["metadata"]


def test_sixty_people_get_one_each(office: Office, desk: Desk) -> None:
    """A fan-out reaches everybody once, and every delivery knows its place."""
    for number in range(58):
        desk.owe(f"ask:{number}", channel=f"U_{number}")
    office.drain()
    found = [desk.find(f"ask:{number}") for number in range(58)]

    assert (58, [[f"ask:{number}"] for number in range(58)]) == (
        len({(each.posted_channel, each.ts) for each in found}),
        [office.dm_texts(f"U_{number}") for number in range(58)],
    )


def test_the_order_of_a_conversation_is_kept(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """A note's parts come in the thread of the first, in the order they were owed."""
    desk.owe("digest:1", channel="C_OURS")
    for number in range(2, 8):
        desk.owe(f"digest:{number}", channel="C_OURS", thread_key="digest:1")
    office.drain()
    thread_ts = desk.find("digest:1").ts

    assert [f"digest:{number}" for number in range(1, 8)] == [
        message["text"] for message in slack.messages("C_OURS", thread_ts)
    ]


def test_a_message_is_changed_and_reacted_to(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """An update and a reaction find the message by the key of its delivery, in whatever channel it came to stand."""
    desk.owe("a", channel="U_ANA")
    desk.owe(
        "a:r2", channel="U_ANA", method=Method.UPDATE, target_key="a", payload={"text": "b", "unfurl_links": False}
    )
    desk.owe("a:tick", channel="U_ANA", method=Method.REACT, target_key="a", payload={"name": "white_check_mark"})
    office.drain()
    (message,) = slack.messages(slack.person("U_ANA").dm())

    assert ("b", ["white_check_mark"], ["sent"] * 3) == (
        message["text"],
        [reaction["name"] for reaction in message["reactions"]],
        desk.states("a", "a:r2", "a:tick"),
    )


def test_a_reaction_that_is_there_is_done(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """A tick made by an attempt whose answer was lost is not an error the second time."""
    desk.owe("a", channel="C_OURS")
    desk.owe("tick", channel="C_OURS", method=Method.REACT, target_key="a", payload={"name": "tada"})
    slack.faults.add(Fault(method="reactions.add", kind="accept_then_drop"))
    office.drain()
    desk.clock.jump(desk.clock.now() + LEASE)
    office.drain()

    assert (["sent"], 2) == (desk.states("tick"), office.calls("reactions.add"))


def test_a_line_for_one_person(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """An ephemeral message reaches the person it is for."""
    desk.owe("line", channel="C_OURS", method=Method.EPHEMERAL, payload={"user": "U_ANA", "text": "for you"})
    office.drain()

    assert ["for you"] == [each["text"] for each in slack.person("U_ANA").ephemerals("C_OURS")]


def test_a_home_is_published(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """A Home view goes to the person named as its channel."""
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    desk.owe("home:U_ANA:1", channel="U_ANA", method=Method.PUBLISH_HOME, payload={"view": view})
    office.drain()
    home = slack.person("U_ANA").home()

    assert home is not None
    assert (["divider"], ["sent"]) == ([block["type"] for block in home["blocks"]], desk.states("home:U_ANA:1"))


def test_a_button_is_answered_at_its_response_url(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """What answers a button replaces the message it stands on; the URL is part of the payload alone."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Next"}, "action_id": "prompt.next"}
    blocks = [{"type": "actions", "elements": [button]}]
    desk.owe("a", channel="C_OURS", payload={"text": "a", "blocks": blocks})
    office.drain()
    slack.person("U_ANA").click("C_OURS", desk.find("a").ts, "prompt.next")
    url = slack.sent("block_actions")[0].payload["response_url"]
    payload = {"response_url": url, "text": "done", "replace_original": True}
    desk.owe("answer", channel="", method=Method.RESPOND, payload=payload)
    office.drain()

    assert (["sent"], ["done"]) == (desk.states("answer"), office.texts())


def test_a_response_url_that_is_used_up_says_so(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """Slack's refusal at a response_url is kept like any other."""
    payload = {"response_url": f"{slack.url}/response/none", "text": "done"}
    desk.owe("answer", channel="", method=Method.RESPOND, payload=payload)
    office.drain()
    found = desk.find("answer")

    assert ("failed", True) == (found.state.value, found.error.endswith("_url"))


def test_a_refusal_is_kept_for_an_editor(office: Office, desk: Desk) -> None:
    """Slack's own code says why, the call is made once, and others of the channel go on."""
    edition_id = desk.add_edition()
    desk.owe("a", channel="C_TEAM", edition_id=edition_id)
    desk.owe("b", channel="C_OURS")
    office.drain()
    office.drain_later()

    assert (["failed", "sent"], "not_in_channel", 2) == (
        desk.states("a", "b"),
        desk.find("a").error,
        office.calls(POST),
    )


def test_blocks_that_are_too_long_fail(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """Rendering keeps below Slack's limit; where it did not, the refusal is seen."""
    slack.faults.add(Fault(method=POST, kind="error:msg_blocks_too_long"))
    desk.owe("a", channel="C_OURS")
    office.drain()

    assert "msg_blocks_too_long" == desk.find("a").error


def test_a_passing_error_is_tried_again_later(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """Nothing is repeated before the pause is over; then it is sent."""
    slack.faults.add(Fault(method=POST, kind="error:service_unavailable"))
    desk.owe("a", channel="C_OURS")
    office.drain()
    office.drain()
    early = office.calls(POST)
    office.drain_later()

    assert (1, ["a"], ["sent"]) == (early, office.texts(), desk.states("a"))


def test_too_fast_pauses_and_all_arrive(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """On 429 the workspace pauses for as long as Slack asks, and one drain delivers everything once."""
    for number in range(20):
        desk.owe(f"{number}", channel=f"U_{number}")
    slack.faults.add(Fault(method=POST, kind="ratelimited", times=2, retry_after=0))
    office.drain()

    assert ([[f"{number}"] for number in range(20)], 22) == (
        [office.dm_texts(f"U_{number}") for number in range(20)],
        office.calls(POST),
    )


def test_two_senders_on_one_database_send_once(office: Office, desk: Desk) -> None:
    """Two processes draining the same workspace at the same time post every message once."""
    for number in range(12):
        desk.owe(f"{number}", channel=f"U_{number}")
    drain_together([office.hire(), office.hire()])

    assert ([[f"{number}"] for number in range(12)], 12) == (
        [office.dm_texts(f"U_{number}") for number in range(12)],
        office.calls(POST),
    )


def drain_together(senders: list[Sender]) -> None:
    """Drain with several threads at once."""
    threads = [threading.Thread(target=sender.drain, args=(TEAM,)) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_drains_of_one_workspace_join(office: Office, desk: Desk) -> None:
    """Several threads draining with one sender send everything once, and all return when it is done."""
    sender = office.hire()
    for number in range(12):
        desk.owe(f"{number}", channel=f"U_{number}")
    drain_together([sender] * 4)

    assert (["sent"] * 12, 12) == (desk.states(*(f"{number}" for number in range(12))), office.calls(POST))


def test_one_row_that_cannot_be_read_does_not_hold_up_the_others(office: Office, desk: Desk) -> None:
    """An unexpected error is raised at the end, after everything else was sent."""
    desk.owe("a", channel="U_ANA")
    desk.owe("b", channel="U_BEN")
    bad = desk.find("a").id

    class Broken(Delivering):
        def claim(self, workspace_id: str, delivery_id: int, *, has_waited: bool = False) -> object:  # type: ignore[override]
            if delivery_id == bad:
                raise RuntimeError("for a test")
            return super().claim(workspace_id, delivery_id, has_waited=has_waited)

    sender = office.hire()
    sender._deliveries = Broken(desk.database, desk.clock, Failing(Templates()))  # type: ignore[assignment]
    with pytest.raises(RuntimeError):
        sender.drain(TEAM)

    assert ["owed", "sent"] == desk.states("a", "b")


def test_a_workspace_without_a_token(office: Office, desk: Desk) -> None:
    """Where the app is not installed, the delivery fails and says so."""

    class NoToken:
        def token(self, workspace_id: str) -> str:
            raise NotInstalledError(workspace_id)

    desk.owe("a", channel="C_OURS")
    sender = office.hire()
    sender._tokens = NoToken()
    sender.drain(TEAM)

    assert "not_installed" == desk.find("a").error


def test_closing_finishes_what_is_in_hand(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """A call under way is finished and recorded; what has not begun stays owed; a closed sender sends nothing."""
    slack.faults.add(Fault(method=POST, kind="timeout"))
    for number in range(3):
        desk.owe(f"{number}", channel="C_OURS")
    sender = office.hire(call_seconds=0.5)
    drain = threading.Thread(target=sender.drain, args=(TEAM,))
    drain.start()
    while not office.calls(POST):
        pass
    sender.close()
    drain.join(5)
    sender.drain(TEAM)

    assert (["unknown", "owed", "owed"], 1) == (desk.states("0", "1", "2"), office.calls(POST))


def test_closing_does_not_wait_for_the_pace(office: Office, desk: Desk, slack: FakeSlack) -> None:
    """What is waiting for its turn, here for a long pause, is let go of."""
    slack.faults.add(Fault(method=POST, kind="ratelimited", retry_after=600))
    desk.owe("a", channel="C_OURS")
    sender = office.hire()
    drain = threading.Thread(target=sender.drain, args=(TEAM,))
    drain.start()
    while not office.calls(POST):
        pass
    sender.close()
    drain.join(5)

    assert (False, ["owed"]) == (drain.is_alive(), desk.states("a"))
