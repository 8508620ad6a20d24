"""The processes that are measured over the wire: the bot, and bare Bolt apps that do nothing but acknowledge."""

import os
import re
import signal
import sys
import threading
from contextlib import redirect_stderr
from pathlib import Path

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from benchmarks.teams import APP_TOKEN, BOT_TOKEN, SECRET, TEAM, THURSDAY, settings_of
from bot import log
from bot.bootstrap import build
from bot.domain.deliveries import Method
from bot.processes import start
from bot.runtime import Runtime
from bot.slack.clients import web_client
from bot.slack.pace import PERMITTED, Pace
from bot.web.app import EVENTS_PATH, create_app
from bot.web.server import Served, serve
from fakeslack import Clock

BOT, BARE, DEFAULT = "bot", "bare", "default"
"""The bot; a bare Bolt app that has done its work before it answers, as the bot does; and one as Bolt has it."""
HTTP, SOCKET = "http", "socket"


def main(kind: str, way: str, port: str, api_url: str, database: str) -> None:
    """Serve until told to end."""
    if kind == BOT:
        log.configure(style="json")
        runtime = _bot(api_url, Path(database))
        with Path(os.devnull).open("w") as nobody, redirect_stderr(nobody):  # the log is written, as always
            _run_bot(runtime, way, int(port))
        return
    app = _bare(api_url, is_default=kind == DEFAULT)
    if way == HTTP:
        served = Served(SlackRequestHandler(app, path=EVENTS_PATH), lambda: None)
        serve(lambda: served, "127.0.0.1", int(port))
        return
    handler = SocketModeHandler(app, APP_TOKEN)
    handler.connect()  # type: ignore[no-untyped-call]  # Bolt's own signature
    _wait()


def _run_bot(runtime: Runtime, way: str, port: int) -> None:
    if way == HTTP:
        serve(lambda: _served(runtime), "127.0.0.1", port)
        return
    start(runtime, socket_mode=True)
    _wait()
    runtime.stop()


def _served(runtime: Runtime) -> Served:
    start(runtime, socket_mode=False)
    return Served(create_app(runtime.bolt, runtime.database, runtime.clock, runtime.metrics), runtime.stop)


def _bot(api_url: str, database: Path) -> Runtime:
    """Return the whole bot, on a Thursday on which all are asked at once; in all else it keeps to Slack's pace."""
    pace = Pace(permitted={**PERMITTED, Method.POST: 1e6}, channel_seconds=0.0)
    clock = Clock(THURSDAY, ticking=True)
    return build(settings_of(database, slack_api_url=api_url), clock=clock, pace=pace)


def _bare(api_url: str, *, is_default: bool) -> App:
    result = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=BOT_TOKEN, bot_user_id="U_BOT", bot_id="B_BOT")
    app = App(
        client=web_client(None, api_url),
        authorize=lambda **_: result,
        signing_secret=SECRET,
        process_before_response=not is_default,
    )

    @app.event("message")
    def heard() -> None:
        """Acknowledge, as Bolt does of itself."""

    def acknowledged(ack: Ack) -> None:
        ack()

    app.action(re.compile(".*"))(acknowledged)
    app.view(re.compile(".*"))(acknowledged)
    return app


def _wait() -> None:
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
    while not ended.wait(0.2):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
