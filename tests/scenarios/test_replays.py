"""A signed request may be played again within its five minutes, byte for byte: it is believed, and does nothing."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from bot.bootstrap import build
from bot.web.app import EVENTS_PATH, create_app
from storage.models import Table
from tests.support.world import CHANNEL, World, world


class Tap:
    """Somebody on the way who keeps every signed request, and can send them all again."""

    def __init__(self, application: WSGIApplication) -> None:
        """Pass on what comes."""
        self._application = application
        self.kept: list[tuple[bytes, dict[str, str]]] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Keep a request, and pass it on."""
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        headers = {
            "X-Slack-Request-Timestamp": environ["HTTP_X_SLACK_REQUEST_TIMESTAMP"],
            "X-Slack-Signature": environ["HTTP_X_SLACK_SIGNATURE"],
            "Content-Type": environ["CONTENT_TYPE"],
        }
        self.kept.append((body, headers))
        return self._application({**environ, "wsgi.input": BytesIO(body)}, start_response)

    def play_again(self, application: WSGIApplication) -> set[int]:
        """Send everything again, in its order; return how it was answered."""
        client = Client(application)
        return {client.post(EVENTS_PATH, data=body, headers=headers).status_code for body, headers in self.kept}


@pytest.fixture
def team(database_url: str) -> Iterator[World]:
    """Give a workspace with the bot in it, over signed HTTP."""
    with world(database_url, is_http=True) as made:
        yield made


def play(team: World) -> None:
    """Play a week with events, buttons, menus, forms, commands and a shortcut in it."""
    ana, dee = team.person("U_ANA"), team.person("U_DEE")
    dee.command("/weeknotes", "setup", CHANNEL)
    assert dee.submit({"contributors": {"value": ["U_ANA", "U_DEE"]}}) == {}
    ana.command("/weeknotes", "jot The lift works.", CHANNEL)
    ana.shortcut("jot.save", CHANNEL, dee.say(CHANNEL, text="Well done, everybody.")["ts"])
    team.settle()
    team.at(5, 10)
    said = team.reply("U_ANA", "The library opened.")
    gone = team.reply("U_ANA", "Not this.")
    ana.edit(ana.dm(), said["ts"], "The library opened at last.")
    ana.delete(ana.dm(), gone["ts"])
    for action_id in ("prompt.next", "answer.form"):
        ana.click(ana.dm(), team.thread_of("U_ANA"), action_id)
        team.settle()
    assert ana.submit({"new:learned": {"words": "Patience."}}) == {}
    ana.open_home()
    team.at(6, 15)
    draft = next(message["ts"] for message in reversed(team.dms("U_DEE")) if "The draft of" in message["text"])
    dee.click(dee.dm(), draft, "note.title")
    team.settle()
    assert dee.submit({"headline": {"headline": "A week"}, "introduction": {"introduction": "Hello."}}) == {}
    for action_id in ("note.hold", "note.release", "note.publish"):
        dee.click(dee.dm(), draft, action_id)
        team.settle()
    for words in ("away next week", "back"):
        ana.command("/weeknotes", words, CHANNEL)
        team.settle()


def rows_of(team: World) -> set[str]:
    """Return every row of every table, as text."""
    with team.bot.database.session() as session:
        return {
            f"{table.name}: {dict(row)}"
            for table in Table.metadata.sorted_tables
            for row in session.execute(select(table)).mappings()
        }


def test_requests_played_again_have_no_second_effect(team: World) -> None:
    """Events, buttons, forms and commands: no table changes, nothing goes to Slack, what was undone stays undone.

    On PostgreSQL they come to another process than the one that had them first.
    """
    assert team.server
    tap = Tap(team.server.app)
    team.server.app = tap
    play(team)
    web = team.bot if team.bot.database.is_sqlite else build(team.settings, clock=team.clock, works=False)
    if web is not team.bot:
        web.start(socket_mode=False)
    rows, calls = rows_of(team), len(team.slack.calls)
    statuses = tap.play_again(create_app(web.bolt, web.database, web.clock, web.metrics))
    team.settle()
    if web is not team.bot:
        web.stop()

    assert {200} == statuses
    assert [] == sorted(rows_of(team) ^ rows)
    assert [] == [call.method for call in team.slack.calls[calls:]]
    assert len(tap.kept) > 30
