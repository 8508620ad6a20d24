"""The three long-running commands: they read the settings, build the bot, start it, and end it cleanly when told to."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot import collector, config, log, upkeep
from bot.alarms import raise_alarms
from bot.bootstrap import build
from bot.config import Settings
from bot.domain.errors import SettingError
from bot.runtime import Runtime
from bot.web.app import create_app, create_watch
from bot.web.oauth import Installing
from bot.web.server import Served, in_background, serve

PATIENCE_SECONDS = 9.0
"""How long an ending may take before it is cut short; service managers kill after ten seconds."""

WHERE_TO_GET = """\
docs/install-on-slack.md says how you get {what} in five minutes.
To see the bot without Slack, type: weeknotes demo"""


def run() -> None:
    """Run the whole bot in this process, over Socket Mode."""
    settings = _settings("slack_bot_token", "slack_app_token")
    upkeep.make_ready(settings)
    welcome = (
        "Weeknotes is in your workspace. In Slack, invite it to a channel and type /weeknotes setup. Ctrl-C ends it."
    )
    _until_told_to_end(build(settings), welcome, socket_mode=True)


def worker() -> None:
    """Run the clock and the deliveries, for `web` processes on the same PostgreSQL."""
    settings = _settings(takes_many=True)
    if settings.database_url.startswith("sqlite"):
        raise SettingError(
            "On SQLite `weeknotes web` and `weeknotes run` do the worker's part themselves. A worker of its own needs "
            "DATABASE_URL to name a PostgreSQL database."
        )
    upkeep.make_ready(settings)
    _until_told_to_end(build(settings), "Doing what falls due. Ctrl-C ends it.", socket_mode=False)


def web() -> None:
    """Serve Slack's requests over HTTP; on SQLite do the worker's part too, since one process has the file."""
    settings = _settings("slack_signing_secret", takes_many=True)
    upkeep.make_ready(settings)
    is_whole = settings.database_url.startswith("sqlite")
    serve(lambda: _served(build(settings, works=is_whole)), settings.host, settings.port)


def _served(runtime: Runtime) -> Served:
    """Start what belongs to a web process, and return what to serve and how to end it."""
    start(runtime, socket_mode=False)
    installing = Installing(runtime.oauth, runtime.templates, runtime.arrived) if runtime.oauth else None
    application = create_app(runtime.bolt, runtime.database, runtime.clock, runtime.metrics, installing)
    return Served(application, runtime.stop)


def start(runtime: Runtime, *, socket_mode: bool) -> None:
    """Start the bot, for good. Raises SettingError when Slack refuses it, or cannot be reached."""
    try:
        runtime.start(socket_mode=socket_mode)
    except SlackApiError as error:
        problem = f"Slack says: {error.response.get('error')}."
    except OSError as error:
        problem = f"Slack cannot be reached: {error}."
    else:
        collector.settle()
        return
    runtime.stop()
    raise SettingError(f"{problem} `weeknotes doctor` says what to do about it.")


def _settings(*needed: str, takes_many: bool = False) -> Settings:
    """Read the settings, and set up the logs. Raises SettingError naming each of the `needed` ones that is missing.

    What `takes_many` workspaces needs the bot token only where it has no keys for the tokens of others.
    """
    settings = config.load()
    log.configure(settings.log_level, settings.log_format)
    raise_alarms(settings)
    if takes_many:
        _check_oauth(settings)
        needed = (*(() if settings.keys else ("slack_bot_token",)), *needed)
    missing = [config.variable_of(field) for field in needed if not _is_set(getattr(settings, field))]
    if missing:
        are, what = ("is", "it") if len(missing) == 1 else ("are", "them")
        raise SettingError(f"{' and '.join(missing)} {are} not set.\n{WHERE_TO_GET.format(what=what)}")
    return settings


def _check_oauth(settings: Settings) -> None:
    """Raise SettingError when some of what installing by OAuth takes is missing."""
    if (settings.slack_client_id or settings.slack_client_secret) and not settings.installs_by_oauth:
        raise SettingError(
            "For further workspaces to add the app, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and "
            "WEEKNOTES_ENCRYPTION_KEYS must all be set; docs/operations.md says how."
        )


def _is_set(value: SecretStr | None) -> bool:
    return value is not None and bool(value.get_secret_value())


@contextmanager
def watched(runtime: Runtime) -> Iterator[None]:
    """Serve the pages for machines, where WEEKNOTES_HEALTH_PORT asks for them, as long as the block runs."""
    settings = runtime.settings
    if settings.health_port is None:
        yield
        return
    with in_background(
        create_watch(runtime.database, runtime.clock, runtime.metrics), settings.host, settings.health_port
    ):
        yield


def _until_told_to_end(runtime: Runtime, welcome: str, *, socket_mode: bool) -> None:
    """Start the bot, wait for SIGTERM or Ctrl-C, and end it."""
    told = _signals(signal.SIGTERM, signal.SIGINT)
    with watched(runtime):
        start(runtime, socket_mode=socket_mode)
        click.echo(welcome)
        os.read(told, 1)
    cut_short = threading.Timer(PATIENCE_SECONDS, os._exit, (1,))
    cut_short.daemon = True
    cut_short.start()
    runtime.stop()  # a thread that does not end is waited for when Python ends, and cut short then


def _signals(*numbers: signal.Signals) -> int:
    """Return the end of a pipe from which a byte can be read as soon as one of the signals has come.

    A handler in Python would set a flag only once the main thread runs again: a signal that comes right before that
    thread begins to wait would wait with it, for good.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in numbers:
        signal.signal(number, lambda _number, _frame: None)
    return reader
