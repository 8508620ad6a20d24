"""A workspace on localhost with the real bot in it: what scenarios play weeks in."""

import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Thread
from typing import Any, Literal
from unittest.mock import patch
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.bootstrap import build
from bot.config import Settings
from bot.domain.series import Series
from bot.domain.series_forms import SeriesForm
from bot.jobs import workers
from bot.runtime import Runtime
from bot.slack.manifest import manifest
from bot.slack.pace import PERMITTED, Pace
from bot.web.app import EVENTS_PATH, create_app
from fakeslack import App, Clock, FakeSlack
from fakeslack.people import Person
from tests.support.opinion import assert_taken

CHANNEL = "C_TEAM"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-local-bot", "xapp-local-app", "local-signing-secret"
WEDNESDAY = datetime(2026, 3, 4, 9, tzinfo=UTC)
PATIENCE = 20.0
OPENS = re.compile(r"prompt:\d+")
PEOPLE = {
    "U_ANA": ("Ana Okafor", "Europe/London"),
    "U_BEN": ("Ben Marsh", "America/New_York"),
    "U_CAI": ("Cai Tran", "Pacific/Auckland"),
    "U_DEE": ("Dee Roy", "Europe/London"),
}

Json = dict[str, Any]
Language = Literal["en", "de"]


@dataclass
class World:
    """The workspace, its time, and the bot, which can be stopped and started again."""

    slack: FakeSlack
    clock: Clock
    settings: Settings
    port: int
    bot: Runtime
    server: BaseWSGIServer | None = None
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, user_id: str) -> Person:
        """Return a person to act as."""
        return self.slack.person(user_id)

    def settle(self) -> None:
        """Wait until everything said has been heard, and everything owed has been sent."""
        self.slack.idle(PATIENCE)
        assert self.bot.idle(PATIENCE), "The bot did not come to rest."
        self.slack.idle(PATIENCE)

    def at(self, day: int, hour: int, minute: int = 0, *, zone: str = "Europe/London") -> None:
        """Let it become this time of a day in March 2026, wall clock in `zone`, and let the bot do what is due."""
        self.jump(day, hour, minute, zone=zone)
        self.settle()

    def jump(self, day: int, hour: int, minute: int = 0, *, zone: str = "Europe/London") -> None:
        """Let it become this time, with the bot down."""
        self.clock.jump(datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC))

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """Return the messages of a conversation, or of a thread, oldest first."""
        return self.slack.messages(channel, thread_ts)

    def thread_of(self, user_id: str) -> str:
        """Return the `ts` of the latest message that opened a thread with this person."""
        return str(self.threads_of(user_id)[-1]["ts"])

    def threads_of(self, user_id: str) -> list[Json]:
        """Return the messages that opened threads with this person, oldest first."""
        return [m for m in self.dms(user_id) if OPENS.fullmatch(key_of(m)) and m.get("thread_ts", m["ts"]) == m["ts"]]

    def reply(self, user_id: str, text: str, **more: Any) -> Json:  # noqa: ANN401 - whatever `say` takes
        """Have a person reply in their thread."""
        person = self.person(user_id)
        said: Json = person.say(person.dm(), text=text, thread_ts=self.thread_of(user_id), **more)
        self.settle()
        return said

    def in_thread(self, user_id: str) -> list[Json]:
        """Return the bot's messages in a person's thread, after the one that opened it."""
        person = self.person(user_id)
        replies = self.messages(person.dm(), self.thread_of(user_id))
        return [message for message in replies[1:] if message.get("bot_id")]

    def dms(self, user_id: str) -> list[Json]:
        """Return the bot's messages in a person's conversation with it, outside threads."""
        return [m for m in self.messages(self.person(user_id).dm()) if m.get("bot_id")]

    def series(self, **changes: Any) -> Series:  # noqa: ANN401 - fields of the form
        """Set up a series in the team's channel: everybody in it, Dee its editor."""
        form = {
            "channel_id": CHANNEL,
            "name": "Digital weeknotes",
            "contributors": tuple(PEOPLE),
            "editors": ("U_DEE",),
        }
        given = SeriesForm(**{**form, "zone": "Europe/London", **changes})
        team_id = self.slack.team.id
        people = self.bot.services.workspaces.known(team_id, PEOPLE)
        made = self.bot.services.administering.create_series(team_id, "U_DEE", given, people)
        self.settle()
        return made

    @property
    def is_http(self) -> bool:
        """Say whether Slack talks to the bot by signed HTTP."""
        return self.port > 0

    def app_with(self, wanted: Callable[[str], bool]) -> App:
        """Return the app as installed with only the scopes that are wanted."""
        app = app_of(self.port)
        return replace(app, scopes=[scope for scope in app.scopes if wanted(scope)])

    def stop(self) -> None:
        """Stop the bot."""
        if self.server:
            self.server.shutdown()
            self.server = None
        self.bot.stop()

    def start(self) -> None:
        """Start a new bot on the same database."""
        self.bot = _bot(self.settings, self.clock)
        _begin(self)


@contextmanager
def world(
    database_url: str, *, is_http: bool = False, at: datetime = WEDNESDAY, language: Language = "en"
) -> Iterator[World]:
    """Give a workspace with a bot in it, over Socket Mode or signed HTTP."""
    clock = Clock(at, ticking=False)
    slack = FakeSlack(clock=clock)
    slack.start()
    slack.rate_limits.enforce = False
    slack.outbox.retry_factor = 0.005  # Slack's minutes between deliveries would be this test's
    for user_id, (name, zone) in PEOPLE.items():
        slack.add_user(user_id, real_name=name, tz=zone)
    port = free_port() if is_http else 0
    slack.install(app_of(port))
    slack.add_channel(CHANNEL, name="team-weeknotes", members=[*PEOPLE, "U_BOT"], creator="U_DEE")
    settings = Settings(
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_app_token=SecretStr(APP_TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        database_url=database_url,
        slack_api_url=slack.api_url,
        language=language,
    )
    made = World(slack, clock, settings, port, _bot(settings, clock))
    try:
        with patch.object(workers, "POLL_SECONDS", 0.05):  # a worker's pause between looks would be this test's too
            _begin(made)
            yield made
        assert_taken(slack)
    finally:
        made.stop()
        slack.stop()


class Quiet(WSGIRequestHandler):
    """Serves without a line on the terminal for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def app_of(port: int) -> App:
    """Return the app as its manifest describes it; with a port, Slack reaches it there over HTTP."""
    described = manifest(None)
    scopes = described["oauth_config"]["scopes"]
    return App(
        name="Weeknotes",
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SECRET,
        scopes=[*scopes["bot"], *scopes.get("bot_optional", [])],
        commands=described["features"]["slash_commands"],
        shortcuts=described["features"]["shortcuts"],
        events=described["settings"]["event_subscriptions"]["bot_events"],
        request_url=f"http://127.0.0.1:{port}{EVENTS_PATH}" if port else None,
    )


def _bot(settings: Settings, clock: Clock) -> Runtime:
    return build(settings, clock=clock, pace=hurried(), tick_seconds=3600)


def hurried() -> Pace:
    """Return a pace that waits for nothing: these tests are not about Slack's limits."""
    return Pace(permitted=dict.fromkeys(PERMITTED, 1e6), burst=1e6, channel_seconds=0.0)


def _begin(made: World) -> None:
    if made.is_http:
        made.bot.start(socket_mode=False)
        application = create_app(made.bot.bolt, made.bot.database, made.bot.clock, made.bot.metrics)
        made.server = make_server("127.0.0.1", made.port, application, threaded=True, request_handler=Quiet)
        Thread(target=made.server.serve_forever, args=(0.02,), daemon=True).start()
    else:
        made.bot.start(socket_mode=True)
    made.settle()


def key_of(message: Json) -> str:
    """Return the key of the delivery that a message is, whatever language it is in."""
    return str(((message.get("metadata") or {}).get("event_payload") or {}).get("key", ""))


def words_of(message: Json) -> str:
    """Return everything a message says, in one string: its text and the texts in its blocks."""
    return json.dumps(message.get("blocks") or [], ensure_ascii=False) + (message.get("text") or "")
