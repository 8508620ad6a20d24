"""What the bot answers over HTTP: to Slack, to forgers, and to whoever asks whether it is well."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta

import pytest
import time_machine
from slack_bolt import Ack
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from werkzeug.test import Client, TestResponse

from bot.metrics import Metrics
from bot.slack.bolt_app import SlackApp
from bot.web.app import create_app
from bot.web.guard import LARGEST_BODY
from bot.web.headers import SECURITY_HEADERS
from storage.database import Database
from tests.support.clocks import FrozenClock

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


class Slack:
    """Sends requests as Slack does, and as others would like to. Remembers what reached the listeners."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        """Serve a small Bolt app that remembers the commands it was given."""
        self.clock = clock
        self.heard: list[str] = []
        self.metrics = Metrics()
        bolt = SlackApp(
            self.metrics,
            client=WebClient(base_url="http://127.0.0.1:9/api/"),
            signing_secret=SECRET,
            authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-test"),
            process_before_response=True,
        )

        @bolt.command("/weeknotes")
        def _remember(ack: Ack, command: Mapping[str, str]) -> None:
            self.heard.append(command["text"])
            ack("heard")

        self.client = Client(create_app(bolt, database, clock, self.metrics))

    @staticmethod
    def signature(body: bytes, timestamp: str, secret: str = SECRET) -> str:
        """Return Slack's signature of a body."""
        digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return f"v0={digest}"

    def send(self, body: bytes, *, secret: str = SECRET, timestamp: str = "", signature: str = "") -> TestResponse:
        """Send a signed request; give a part of the signature to forge it."""
        timestamp = timestamp or str(int(self.clock.now().timestamp()))
        headers = {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature or self.signature(body, timestamp, secret),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with time_machine.travel(self.clock.now(), tick=False):  # Bolt's signature check reads the machine's clock
            return self.client.post("/slack/events", data=body, headers=headers)


COMMAND = b"command=%2Fweeknotes&text=help&team_id=T1&user_id=U1&channel_id=C1&token=x&trigger_id=1"


@pytest.fixture
def slack(sqlite_database: Database, clock: FrozenClock) -> Slack:
    """Give a Slack that sends to the web application."""
    return Slack(sqlite_database, clock)


def test_a_signed_request_reaches_its_listener(slack: Slack) -> None:
    """What Slack signed is heard and answered."""
    answer = slack.send(COMMAND)

    assert (200, "heard", ["help"]) == (answer.status_code, answer.text, slack.heard)


BODIES = (COMMAND, b"{not json", b"[" * 100_000, b"payload=%7Bnot", b'{"type":"event_callback"}')


@pytest.mark.parametrize(
    "forgery",
    (
        {"secret": "another secret"},
        {"signature": "v0=0000"},
        {"signature": "rubbish"},
        {"signature": "v0=é"},
        {"timestamp": "yesterday"},
        {"timestamp": "１７７２４４１１００"},
        {"timestamp": "-1"},
        {"timestamp": "9" * 5000},
    ),
)
def test_a_forged_request_is_refused(slack: Slack, forgery: dict[str, str]) -> None:
    """Whatever is wrong with a signature or its time, the answer is 401, nothing is parsed, and nobody hears of it."""
    forgery = {name: value.encode().decode("latin-1") for name, value in forgery.items()}
    statuses = [slack.send(body, **forgery).status_code for body in BODIES]

    assert ([401] * len(BODIES), []) == (statuses, slack.heard)


def test_a_signature_is_for_one_body(slack: Slack) -> None:
    """A true signature on other words is a forgery."""
    timestamp = str(int(slack.clock.now().timestamp()))
    signature = slack.signature(COMMAND, timestamp)
    other = COMMAND.replace(b"text=help", b"text=hulp")

    assert 200 == slack.send(COMMAND, timestamp=timestamp, signature=signature).status_code
    assert 401 == slack.send(other, timestamp=timestamp, signature=signature).status_code
    assert ["help"] == slack.heard


@pytest.mark.parametrize("missing", ("X-Slack-Request-Timestamp", "X-Slack-Signature"))
def test_a_request_without_a_signature_is_refused(slack: Slack, missing: str) -> None:
    """Both headers are needed."""
    timestamp = str(int(slack.clock.now().timestamp()))
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": slack.signature(COMMAND, timestamp)}
    del headers[missing]
    with time_machine.travel(slack.clock.now(), tick=False):
        answer = slack.client.post("/slack/events", data=COMMAND, headers=headers)

    assert (401, []) == (answer.status_code, slack.heard)


@pytest.mark.parametrize(("seconds", "status"), ((-301, 401), (-300, 200), (0, 200), (300, 200), (301, 401)))
def test_an_old_request_played_again_is_refused(slack: Slack, seconds: int, status: int) -> None:
    """A true signature is good for five minutes."""
    then = slack.clock.now() + timedelta(seconds=seconds)

    assert status == slack.send(COMMAND, timestamp=str(int(then.timestamp()))).status_code


def test_a_bot_without_a_secret_believes_nobody(slack: Slack, sqlite_database: Database, clock: FrozenClock) -> None:
    """What nothing can prove is not Slack's, even where Bolt would take an empty secret for one."""
    bolt = SlackApp(slack.metrics, client=WebClient(), signing_secret="", authorize=lambda: None)
    client = Client(create_app(bolt, sqlite_database, clock, slack.metrics))
    timestamp = str(int(clock.now().timestamp()))
    digest = hmac.new(b"", b"v0:" + timestamp.encode() + b":" + COMMAND, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
    with time_machine.travel(clock.now(), tick=False):
        assert 401 == client.post("/slack/events", data=COMMAND, headers=headers).status_code


@pytest.mark.parametrize(
    "body",
    (
        b"{not json",
        b'{"a":' * 50_000,
        b'{"user": false}',
        b"payload=%7Bnot",
        b"command=%2Fweeknotes&text=help",
        b'{"type": "event_callback", "event": null}',
        b'payload={"type": "block_actions", "user": {}, "actions": []}',
        b'payload={"type": "view_submission", "user": {}, "view": 1}',
    ),
    ids=range(8),
)
def test_what_is_signed_and_makes_no_sense_is_refused(slack: Slack, body: bytes) -> None:
    """Slack sends nothing of the kind, and Bolt would stumble over it."""
    assert (400, []) == (slack.send(body).status_code, slack.heard)


def test_a_body_that_is_too_large_is_refused_unread(slack: Slack) -> None:
    """A megabyte is more than Slack ever sends."""
    assert slack.send(b"x" * (LARGEST_BODY + 1)).status_code == 413


def test_a_body_that_is_not_text_is_refused(slack: Slack) -> None:
    """Bolt would stumble over bytes that are not UTF-8."""
    assert slack.send(b"text=\xff\xfe").status_code == 400


@pytest.mark.parametrize(("length", "status"), (("", 411), ("-1", 400), ("many", 400), ("9" * 5000, 400)))
def test_a_length_that_is_no_number_is_refused(slack: Slack, length: str, status: int) -> None:
    """A request says how long it is before anything is read."""
    headers = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=0"}
    environ = {"CONTENT_LENGTH": length, "REQUEST_METHOD": "POST"}

    answer = slack.client.open("/slack/events", headers=headers, environ_overrides=environ)

    assert status == answer.status_code


def test_only_posts_are_for_slack(slack: Slack) -> None:
    """Somebody who opens the address in a browser learns nothing."""
    assert slack.client.get("/slack/events").status_code == 405


def test_a_path_that_does_not_exist_is_not_found(slack: Slack) -> None:
    """Nothing else is served."""
    assert slack.client.get("/slack/events/").status_code == 404
    assert slack.client.get("/").status_code == 404


def test_the_ready_page_says_that_all_is_well(database: Database, clock: FrozenClock) -> None:
    """The database answers and its schema is current."""
    answer = Slack(database, clock).client.get("/readyz")

    assert (200, {"status": "ok"}) == (answer.status_code, answer.json)


def test_the_ready_page_says_when_the_schema_is_missing(empty_database: Database, clock: FrozenClock) -> None:
    """A bot in front of a database it cannot use is not ready."""
    answer = Slack(empty_database, clock).client.get("/readyz")

    assert (503, {"status": "the database needs `weeknotes db upgrade`"}) == (answer.status_code, answer.json)


def test_a_bot_whose_database_is_away_lives_but_is_not_ready(clock: FrozenClock) -> None:
    """It says so without a word about where the database is; starting the process anew would not help."""
    client = Slack(Database("sqlite:////nowhere/at/all.sqlite3"), clock).client
    ready = client.get("/readyz")

    assert (503, {"status": "the database does not answer"}) == (ready.status_code, ready.json)
    assert [200, 503] == [client.get(path).status_code for path in ("/healthz", "/metrics")]


def test_a_clock_that_stands_still_is_not_ready(slack: Slack) -> None:
    """A process that has ticked, and for minutes no more, does nothing that falls due."""
    slack.metrics.ticked(slack.clock.now() - timedelta(minutes=1))
    assert slack.client.get("/readyz").status_code == 200

    slack.metrics.ticked(slack.clock.now() - timedelta(minutes=3))
    answer = slack.client.get("/readyz")

    assert (503, {"status": "the clock does not tick"}) == (answer.status_code, answer.json)


@pytest.mark.parametrize(
    "path", ("/healthz", "/readyz", "/metrics", "/slack/events", "/nothing", "/slack/install", "/..%2f..%2fetc/passwd")
)
def test_every_answer_carries_the_security_headers(slack: Slack, path: str) -> None:
    """A browser is told to do nothing with an answer but show it, and nobody what answered."""
    headers = slack.client.get(path).headers

    assert dict(SECURITY_HEADERS).items() <= dict(headers).items()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert {"Server", "X-Powered-By"}.isdisjoint(headers)


def test_no_policy_lets_a_page_do_more_than_be_shown() -> None:
    """No script, no style, no form, no frame; nothing is kept, and nobody is told where the reader came from."""
    headers = dict(SECURITY_HEADERS)
    directives = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert {"'none'"} == set(directives.values())
    assert {"default-src", "base-uri", "form-action", "frame-ancestors"} == set(directives)
    assert ("no-store", "no-referrer") == (headers["Cache-Control"], headers["Referrer-Policy"])
