"""Forging: what one person pressed, sent in or typed, said again by somebody else, with every id as it was.

It goes both ways in: as it comes down a socket, and signed over HTTP, by somebody who had the bot's own secret.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from pydantic import SecretStr
from slack_bolt import BoltRequest
from sqlalchemy import select
from werkzeug.test import Client

from bot.bootstrap import build
from bot.clock import SystemClock
from bot.config import Settings
from bot.domain.deliveries import DeliveryState
from bot.domain.people import Person
from bot.domain.series_forms import SeriesForm
from bot.domain.workspaces import Workspace
from bot.runtime import Runtime
from bot.web.app import EVENTS_PATH, create_app
from fakeslack import Clock, FakeSlack
from fakeslack.http_events import sign
from storage.models import Table
from tests.support.moments import Json, Moment
from tests.support.neighbours import KEY, OTHER
from tests.support.world import BOT_TOKEN, CHANNEL, PEOPLE, SECRET, app_of

STRANGER, ELSEWHERE = "U_MAL", "C_ELSEWHERE"
Row = tuple[str, str, str]
Way = Literal["socket", "http"]
WAYS: tuple[Way, ...] = ("socket", "http")
COMES_AND_GOES = ("received_event", "delivery")
"""What is written of whatever comes in; deliveries are looked at by themselves."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a forgery: rows that changed, and everything the forger was shown."""

    changed: list[str]
    shown: str


@dataclass
class Forger:
    """A bot that was never started, on a copy of the database, and a Slack that hands out triggers and opens views."""

    file: Path
    slack: FakeSlack
    bot: Runtime
    clock: Clock
    _before: set[Row] = field(default_factory=set)

    def forge(self, payload: Json, user_id: str, team_id: str, way: Way) -> Seen:
        """Say what was said at this moment as somebody else; return what changed that is not their own."""
        body = self._forged(payload, user_id, team_id)
        owed = self._owed()
        calls = len(self.slack.calls)
        answer = self.bot.bolt.dispatch(_request(body)).body if way == "socket" else self._posted(body)
        after = self._rows()
        changes, self._before = after ^ self._before, after
        changed = [text for whose, where, text in changes if whose != user_id and where != OTHER.id]
        views = [call.args for call in self.slack.calls[calls:] if call.method.startswith("views.")]
        return Seen(changed, json.dumps([answer, views, sorted(self._owed() - owed)], ensure_ascii=False))

    def go_to(self, moment: Moment) -> None:
        """Let the database be as it was; Ben edits a series of his own."""
        self.bot.database.dispose()
        for end in ("-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        self.file.write_bytes(moment.database)
        self.bot.installations.save(Workspace(OTHER.id, scopes=frozenset({"chat:write"})), "xoxb-other")
        services = self.bot.services
        stranger = Person(STRANGER, "Mal Ory", "UTC")
        services.workspaces.know("T_TEAM", [stranger])
        services.workspaces.know(OTHER.id, [Person("U_DEE", "Another Dee", "UTC", is_admin=True)])
        ben = services.workspaces.known("T_TEAM", ["U_BEN"])
        form = SeriesForm(ELSEWHERE, "Ben’s own", ("U_BEN",), ("U_BEN",), zone="UTC")
        services.administering.create_series("T_TEAM", "U_BEN", form, ben)
        self._before = self._rows()

    def _posted(self, body: Json) -> str:
        """Send a request as Slack does, and return the answer."""
        raw = _encoded(body).encode()
        seconds = int(SystemClock().now().timestamp())
        headers = {"X-Slack-Request-Timestamp": str(seconds), "X-Slack-Signature": sign(SECRET, raw, seconds)}
        client = Client(create_app(self.bot.bolt, self.bot.database, self.clock, self.bot.metrics))
        answer = client.post(EVENTS_PATH, data=raw, headers=headers, content_type="application/x-www-form-urlencoded")
        assert HTTPStatus.UNAUTHORIZED != answer.status_code
        return answer.text

    def _forged(self, payload: Json, user_id: str, team_id: str) -> Json:
        """Return a payload as Slack would send it had this person done it, just now."""
        text = json.dumps(payload).replace('"T_TEAM"', f'"{team_id}"')
        body: Json = json.loads(text)
        fresh = self.slack.trigger(user_id)
        if "user" in body:
            body["user"] = {**body["user"], "id": user_id}
        else:
            body["user_id"] = user_id
        if "trigger_id" in body:
            body["trigger_id"] = fresh
        return body

    def _rows(self) -> set[Row]:
        """Return all rows, each as whose it is, where, and its text."""
        tables = [table for table in Table.metadata.sorted_tables if table.name not in COMES_AND_GOES]
        with self.bot.database.session() as session:
            found = [(table.name, row) for table in tables for row in session.execute(select(table)).mappings()]
        return {
            (str(row.get("user_id")), str(row.get("workspace_id") or row.get("id")), f"{name}: {dict(row)}")
            for name, row in found
        }

    def _owed(self) -> set[str]:
        """Return what is owed to anybody, as text. Nothing is ever sent here."""
        deliveries = Table.metadata.tables["delivery"]
        with self.bot.database.session() as session:
            owed = select(deliveries).where(deliveries.c.state == DeliveryState.OWED.value)
            rows = session.execute(owed).mappings()
            return {json.dumps(dict(row), default=str, ensure_ascii=False) for row in rows}


def _request(body: Json) -> BoltRequest:
    """Return what Bolt gets from its adapter when the signature was true."""
    return BoltRequest(body=_encoded(body) if "command" in body else json.dumps(body), mode="socket_mode")


def _encoded(body: Json) -> str:
    """Return a body as a form, in which Slack sends what people press, send in and type."""
    return urlencode(body if "command" in body else {"payload": json.dumps(body)})


@contextmanager
def forger(folder: Path, clock: Clock) -> Iterator[Forger]:
    """Give somebody who forges."""
    file = folder / "forged.sqlite3"
    slack = FakeSlack(clock=clock)
    slack.start()
    slack.rate_limits.enforce = False
    slack.trigger_seconds = 600
    for user_id in (*PEOPLE, STRANGER):
        slack.add_user(user_id, real_name=user_id)
    slack.install(app_of(0))
    slack.add_channel(CHANNEL, name="team-weeknotes", members=[*PEOPLE, "U_BOT"], creator="U_DEE")
    settings = Settings(
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        encryption_keys=SecretStr(KEY),
        database_url=f"sqlite:///{file}",
        slack_api_url=slack.api_url,
    )
    bot = build(settings, clock=clock, works=False)
    bot.database.on_owed = lambda _workspace_id: None
    bot.installations.own = Workspace("T_TEAM", bot_user_id="U_BOT", bot_id="B_BOT")
    try:
        yield Forger(file, slack, bot, clock)
    finally:
        bot.database.dispose()
        slack.stop()
