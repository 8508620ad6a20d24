"""No secret is in anything that a week wrote: logs, database, figures, inspector, messages, files, parts."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from werkzeug.test import Client

from bot.slack.clients import web_client
from bot.web.app import create_watch
from tests.support.toured import Toured
from tests.support.world import APP_TOKEN, BOT_TOKEN, SECRET

pytestmark = pytest.mark.xdist_group("tour")
SECRETS = (BOT_TOKEN, APP_TOKEN, SECRET)
TOKEN_LIKE = re.compile(rb"\b(?:xox[a-z]|xapp)-[\w-]+")


def written(toured: Toured) -> Iterator[tuple[str, bytes]]:
    """Yield everything there is to be read afterwards, by where it is."""
    team = toured.world
    bot, slack = team.bot, team.slack
    file = Path(str(bot.database.engine.url.database))
    with closing(sqlite3.connect(file)) as database:
        yield "dump", "\n".join(database.iterdump()).encode()
    yield from ((each.name, each.read_bytes()) for each in sorted(file.parent.iterdir()))
    yield "log", toured.logged.encode()
    yield "inspector", repr([slack.calls, slack.blocks_seen, slack.sent(), slack.problems]).encode()
    channels = {call.args["channel"] for call in slack.calls if call.args.get("channel", "").startswith(("C", "D"))}
    messages = [message for channel in sorted(channels) for message in slack.messages(channel)]
    yield "messages", repr(messages).encode()
    files = [file["id"] for message in messages for file in message.get("files", ()) if "id" in file]
    yield from ((f"file {file_id}", slack.file(file_id)[1]) for file_id in files)
    yield "figures", Client(create_watch(bot.database, bot.clock, bot.metrics)).get("/metrics").data
    yield "parts", repr([bot, vars(bot), bot.installations.find("T_TEAM"), bot.clients, web_client(BOT_TOKEN)]).encode()


def test_a_week_leaves_no_secret_anywhere(toured: Toured) -> None:
    """Everything was used; nothing that was written or can be shown has a token or the signing secret in it."""
    found = list(written(toured))

    assert [] == [(where, secret) for where, text in found for secret in SECRETS if secret.encode() in text]
    assert [] == [(where, token) for where, text in found if where != "log" for token in TOKEN_LIKE.findall(text)]
    assert any(where.startswith("file ") and text for where, text in found)
    assert all(text for where, text in found if where in {"dump", "log", "inspector", "messages", "figures"})
