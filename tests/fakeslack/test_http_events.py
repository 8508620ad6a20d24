"""Signed HTTP: what comes to the request URL, and how often."""

import json
from dataclasses import replace

import pytest
from slack_sdk.signature import SignatureVerifier

from fakeslack import FakeSlack
from fakeslack.people import Person
from tests.support.local_apps import APP, HttpApp

Reply = tuple[int, str, dict[str, str]]


@pytest.fixture(autouse=True)
def _installed(slack: FakeSlack, http: HttpApp) -> None:
    slack.install(replace(APP, request_url=http.url))
    slack.outbox.retry_factor = 0.0005


def test_requests_are_signed(slack: FakeSlack, http: HttpApp, ana: Person) -> None:
    """Slack's own verifier accepts what is sent, with the app's secret and no other."""
    ana.say(ana.dm(), "hello")
    slack.idle()

    received = http.received[0]
    expected = [True, False]
    found = [SignatureVerifier(s).is_valid_request(received.raw, received.headers) for s in ("test-secret", "other")]
    assert expected == found
    assert "hello" == received.body["event"]["text"]


def test_commands_and_interactions_are_forms(slack: FakeSlack, http: HttpApp, ana: Person) -> None:
    """A command is a form of fields, an interaction a form with a payload; a JSON answer is the acknowledgement."""
    http.answer = lambda _received: (200, json.dumps({"text": "hi"}), {"Content-Type": "application/json"})
    message = ana.say("C_TEAM", "hello")
    slack.idle()  # requests overtake each other

    answer = ana.command("/weeknotes", "help me", "C_TEAM")
    ana.shortcut("jot.save", "C_TEAM", message["ts"])
    slack.idle()

    command, action = http.received[1].body, http.received[2].body
    assert ({"text": "hi"}, "/weeknotes", "help me") == (answer, command["command"], command["text"])
    assert ("message_action", message["ts"]) == (action["type"], action["message_ts"])


def test_a_plain_answer_to_a_command_is_its_text(http: HttpApp, ana: Person) -> None:
    """Text that is not JSON is shown as it is."""
    http.answer = lambda _received: (200, "just words", {})

    assert {"text": "just words"} == ana.command("/weeknotes", "", "C_TEAM")


def test_an_error_brings_the_event_again(slack: FakeSlack, http: HttpApp, ana: Person) -> None:
    """A non-2xx answer brings the same event again, numbered and with the reason, until it is acknowledged."""
    replies = iter([500, 500, 200])
    http.answer = lambda _received: (next(replies), "", {})

    ana.say(ana.dm(), "hello")
    slack.idle()

    headers = [
        (each.headers.get("x-slack-retry-num"), each.headers.get("x-slack-retry-reason")) for each in http.received
    ]
    assert [(None, None), ("1", "http_error"), ("2", "http_error")] == headers
    assert 1 == len({each.body["event_id"] for each in http.received})


def test_a_slow_answer_is_no_acknowledgement(slack: FakeSlack, http: HttpApp, ana: Person) -> None:
    """An answer that takes too long counts as a time-out."""
    slack.outbox.ack_seconds = 0.0001

    ana.say(ana.dm(), "hello")
    slack.idle()

    assert [["http_timeout"] * 4] == [each.attempts for each in slack.sent("message")]
    assert http.url


def test_an_app_that_is_down_gets_nothing(slack: FakeSlack, http: HttpApp, ana: Person) -> None:
    """No connection is a reason too, and after three more attempts the event is given up."""
    slack.install(replace(APP, request_url=http.url.replace("127.0.0.1", "localhost.invalid").replace("http", "ftp")))

    ana.say(ana.dm(), "hello")
    slack.idle()

    assert ["given_up"] == [each.state for each in slack.sent("message")]
    assert [["connection_failed"] * 4] == [each.attempts for each in slack.sent("message")]


def test_an_app_may_refuse_more_attempts(slack: FakeSlack, http: HttpApp, ana: Person) -> None:
    """X-Slack-No-Retry ends the attempts."""
    http.answer = lambda _received: (500, "", {"X-Slack-No-Retry": "1"})

    ana.say(ana.dm(), "hello")
    slack.idle()

    assert 1 == len(http.received)


def test_a_request_url_proves_itself(slack: FakeSlack, http: HttpApp) -> None:
    """The challenge must come back."""

    def echo(received: object) -> Reply:
        return 200, http.received[-1].body["challenge"] if received else "", {}

    silent = slack.verify_request_url()
    http.answer = echo

    assert (False, True) == (silent, slack.verify_request_url())
