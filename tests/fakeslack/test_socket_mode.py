"""Socket Mode: a real Bolt app and Slack's own client on the local Slack."""

from collections.abc import Iterator
from threading import Event, Timer
from typing import Any

import pytest
from slack_bolt import Ack, App, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack.sockets import leave
from fakeslack import FakeSlack
from fakeslack.people import Person
from tests.support.local_apps import SocketApp, socket_app, web_client

Json = dict[str, Any]


@pytest.fixture
def bolt(slack: FakeSlack) -> Iterator[App]:
    """Give a connected Bolt app without listeners."""
    made = App(client=web_client(slack), process_before_response=True)
    handler = SocketModeHandler(made, "xapp-test", ping_interval=0.2)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_connected()
    yield made
    leave(handler, seconds=10)


def test_a_bolt_app_hears_and_answers(slack: FakeSlack, bolt: App, ana: Person) -> None:
    """A message reaches Bolt's listener, and what it says stands in the conversation when all is idle."""

    @bolt.event("message")
    def heard(event: Json, say: Say) -> None:
        say(text=f"heard {event['text']}", thread_ts=event["ts"])

    ts = ana.say(ana.dm(), "hello")["ts"]
    slack.idle()

    assert ["hello", "heard hello"] == [m["text"] for m in slack.messages(ana.dm(), ts)]


def test_a_commands_answer_is_what_ack_said(slack: FakeSlack, bolt: App, ana: Person) -> None:
    """The body of the acknowledgement comes back, and is shown to the person alone."""

    @bolt.command("/weeknotes")
    def told(ack: Ack, command: Json) -> None:
        ack(text=f"You said {command['text']}")

    answer = ana.command("/weeknotes", "help", "C_TEAM")

    assert {"text": "You said help"} == answer
    assert ["You said help"] == [m["text"] for m in ana.ephemerals("C_TEAM")]
    assert [] == slack.person("U_BEN").ephemerals("C_TEAM")


def test_events_come_in_slacks_envelope(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """A direct message has all that Slack says around and in it."""
    ana.say(ana.dm(), "*hello* & you")
    slack.idle()

    outer = app.requests[0].payload
    assert ("event_callback", "T_TEAM", "A_APP") == (outer["type"], outer["team_id"], outer["api_app_id"])
    assert (1772442000, "U_BOT") == (outer["event_time"], outer["authorizations"][0]["user_id"])
    event = outer["event"]
    assert ("im", "U_ANA", "*hello* &amp; you", "T_TEAM") == (
        event["channel_type"],
        event["user"],
        event["text"],
        event["team"],
    )
    assert ("rich_text", True) == (event["blocks"][0]["type"], "client_msg_id" in event)


def test_an_event_not_acknowledged_comes_again(slack: FakeSlack, ana: Person) -> None:
    """Without an acknowledgement the same event comes three more times, numbered and with the reason."""
    slack.outbox.ack_seconds, slack.outbox.retry_factor = 0.1, 0.0005
    with socket_app(slack) as app:
        app.answer = lambda _payload: None
        ana.say(ana.dm(), "hello")
        slack.idle()

    assert [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")] == [
        (each.retry_attempt, each.retry_reason) for each in app.requests
    ]
    assert 1 == len({each.payload["event_id"] for each in app.requests})
    assert ["given_up"] == [each.state for each in slack.sent("message")]


def test_idle_waits_for_acknowledgements(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """Idle names what is still under way when its time is over."""
    app.answer = lambda _payload: None
    ana.say(ana.dm(), "hello")

    with pytest.raises(TimeoutError, match="message in D_ANA"):
        slack.idle(timeout=0.1)
    slack.outbox.ack_seconds = 0.01


def test_a_command_nobody_acknowledges_fails_visibly(slack: FakeSlack, ana: Person) -> None:
    """The person is told of the time-out; commands do not come again."""
    slack.outbox.ack_seconds = 0.1
    with socket_app(slack) as app:
        app.answer = lambda _payload: None
        answer = ana.command("/weeknotes", "help", "C_TEAM")

    assert (None, 1) == (answer, len(app.requests))
    assert "operation_timeout" in ana.ephemerals("C_TEAM")[0]["text"]


def test_without_a_connection_things_are_lost(slack: FakeSlack, ana: Person) -> None:
    """Events are lost and commands fail at once when no app is there."""
    ana.say(ana.dm(), "hello")
    ana.command("/weeknotes", "help", "C_TEAM")
    slack.idle()

    assert ["lost", "lost"] == [each.state for each in slack.sent()]
    assert "dispatch_failed" in ana.ephemerals("C_TEAM")[0]["text"]


@pytest.mark.parametrize("way", ["refresh_sockets", "drop_socket"])
def test_an_app_comes_back(slack: FakeSlack, bolt: App, ana: Person, way: str) -> None:
    """Asked to reconnect, or after its socket broke, Slack's client comes back and hears the next message."""
    heard: list[str] = []

    @bolt.event("message")
    def hear(event: Json) -> None:
        heard.append(event["text"])

    getattr(slack, way)()
    slack.wait_connected()
    ana.say(ana.dm(), "hello")
    slack.idle()

    assert ["hello"] == heard


def test_a_refresh_waits_for_what_is_under_way(slack: FakeSlack, bolt: App, ana: Person) -> None:
    """What the app is still working on is acknowledged on the old socket, and does not come again."""
    at_work, go_on = Event(), Event()
    heard: list[str] = []

    @bolt.event("message")
    def hear(event: Json) -> None:
        heard.append(event["text"])
        at_work.set()
        go_on.wait(5)

    ana.say(ana.dm(), "hello")
    at_work.wait(5)
    Timer(0.2, go_on.set).start()
    slack.refresh_sockets()
    slack.idle()

    assert (["hello"], ["acknowledged"]) == (heard, [each.state for each in slack.sent("message")])


def test_each_payload_goes_down_one_of_several_sockets(slack: FakeSlack, ana: Person) -> None:
    """Two connections share the messages between them."""
    with socket_app(slack) as one, socket_app(slack) as two:
        slack.wait_connected(2)
        for n in range(4):
            ana.say(ana.dm(), str(n))
        slack.idle()

    assert (2, 2) == (len(one.requests), len(two.requests))


def test_a_ticket_opens_one_connection(slack: FakeSlack) -> None:
    """Each call gives another address."""
    client = web_client(slack, "xapp-test")

    addresses = {client.apps_connections_open(app_token="xapp-test")["url"] for _ in range(2)}

    assert 2 == len(addresses)
    assert all(address.startswith("ws://127.0.0.1:") for address in addresses)


def test_acts_on_the_servers_own_thread_are_refused(slack: FakeSlack, app: SocketApp, ana: Person) -> None:
    """What waits for the app cannot be called where the app is served from: it says so instead of hanging."""
    failures: list[Exception] = []

    def act(_change: Json) -> None:
        if not failures:
            try:
                ana.command("/weeknotes", "help", "C_TEAM")
            except RuntimeError as error:
                failures.append(error)

    slack.subscribe(act)
    ana.say(ana.dm(), "hello")
    slack.idle()

    assert ["thread" in str(error) for error in failures] == [True]
    assert app.events("message")
