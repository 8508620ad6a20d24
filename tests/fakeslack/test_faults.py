"""Faults on request, and rate limits."""

import time
from collections.abc import Callable
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from fakeslack import FakeSlack, Fault
from fakeslack.people import Person
from tests.support.local_apps import SocketApp, web_client

Refused = Callable[..., Any]


def test_a_rate_limit_on_request(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """The next call is 429 with Retry-After, the one after it is done."""
    slack.faults.add(Fault("chat.postMessage", "ratelimited", retry_after=7))

    answer = refused(client.chat_postMessage, channel="C_TEAM", text="x")
    client.chat_postMessage(channel="C_TEAM", text="y")

    assert (429, "ratelimited", "7") == (answer.status_code, answer["error"], answer.headers["Retry-After"])
    assert ["y"] == [m["text"] for m in slack.messages("C_TEAM")]


def test_an_error_on_request(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """Any of Slack's codes can be asked for, as often as wanted."""
    slack.faults.add(Fault("chat.postMessage", "error:fatal_error", times=2))

    codes = [refused(client.chat_postMessage, channel="C_TEAM", text="x")["error"] for _ in range(2)]

    assert (["fatal_error"] * 2, []) == (codes, slack.messages("C_TEAM"))


def test_a_5xx_is_not_json(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """The front door's errors have a status and no JSON, and nothing was done."""
    slack.faults.add(Fault("*", "http_503"))

    answer = refused(client.chat_postMessage, channel="C_TEAM", text="x")

    assert (503, []) == (answer.status_code, slack.messages("C_TEAM"))


@pytest.mark.parametrize(("kind", "posted"), [("drop", []), ("accept_then_drop", ["x"])])
def test_a_connection_breaks(slack: FakeSlack, client: WebClient, kind: str, posted: list[str]) -> None:
    """The connection breaks before anything was done, or after it was."""
    slack.faults.add(Fault("chat.postMessage", kind))

    with pytest.raises((ConnectionError, URLError)):
        client.chat_postMessage(channel="C_TEAM", text="x")

    assert posted == [m["text"] for m in slack.messages("C_TEAM")]


@pytest.mark.parametrize(("kind", "posted"), [("timeout", []), ("accept_then_timeout", ["x"])])
def test_an_answer_never_comes(slack: FakeSlack, kind: str, posted: list[str]) -> None:
    """The client runs into its time-out, and the call was not done, or was."""
    slack.faults.add(Fault("chat.postMessage", kind))
    impatient = WebClient("xoxb-test", base_url=slack.api_url, timeout=1, retry_handlers=[])

    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel="C_TEAM", text="x")

    assert posted == [m["text"] for m in slack.messages("C_TEAM")]


def test_a_fault_must_exist() -> None:
    """A kind that does not exist is refused where it is made."""
    with pytest.raises(ValueError, match="no fault"):
        Fault("chat.postMessage", "ratelimit")


def test_events_twice_swapped_and_lost(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """The next event comes twice under one id, the next two swapped, the next one never."""
    for settings, texts in (({"duplicate": 1}, "a"), ({"reorder": True}, "bc"), ({"lose": 1}, "de")):
        slack.faults.events(**settings)
        for text in texts:
            ana.say(ana.dm(), text)
        slack.idle()

    assert ["a", "a", "c", "b", "e"] == [event["text"] for event in app.events("message")]
    ids = [each.payload["event_id"] for each in app.requests]
    assert ids[0] == ids[1]


def test_a_held_event_comes_in_the_end(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """An event that waits for another to overtake it is sent after a while when none comes."""
    slack.faults.events(reorder=True)
    ana.say(ana.dm(), "alone")
    slack.idle()

    assert ["alone"] == [event["text"] for event in app.events("message")]


def test_one_message_a_second_in_a_channel(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """A second message within the second is 429; another channel is not; later it is taken."""
    slack.rate_limits.enforce = True
    slack.rate_limits.per_channel_seconds = 0.3

    client.chat_postMessage(channel="C_TEAM", text="a")
    answer = refused(client.chat_postMessage, channel="C_TEAM", text="b")
    client.chat_postMessage(channel="U_ANA", text="c")
    time.sleep(0.31)
    client.chat_postMessage(channel="C_TEAM", text="d")

    assert (429, "1") == (answer.status_code, answer.headers["Retry-After"])
    assert ["a", "d"] == [m["text"] for m in slack.messages("C_TEAM")]


def test_a_burst_is_allowed_when_set(slack: FakeSlack, client: WebClient, refused: Refused) -> None:
    """With a burst of two the third message is 429."""
    slack.rate_limits.enforce, slack.rate_limits.burst = True, 2

    for text in "ab":
        client.chat_postMessage(channel="C_TEAM", text=text)

    assert 429 == refused(client.chat_postMessage, channel="C_TEAM", text="c").status_code


def test_a_method_can_be_limited(slack: FakeSlack, refused: Refused) -> None:
    """Calls a minute can be limited for any method."""
    slack.rate_limits.enforce, slack.rate_limits.per_minute = True, {"users.info": 2}
    client = web_client(slack)

    for _ in range(2):
        client.users_info(user="U_ANA")

    assert 429 == refused(client.users_info, user="U_ANA").status_code


def test_a_refused_message_does_not_count(slack: FakeSlack, client: WebClient) -> None:
    """What was refused for its content leaves room for what is right."""
    slack.rate_limits.enforce = True

    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C_TEAM", text="wrong", blocks=[{"type": "wrong"}])
    client.chat_postMessage(channel="C_TEAM", text="right")

    assert ["right"] == [m["text"] for m in slack.messages("C_TEAM")]
