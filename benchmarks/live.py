"""A local Slack with people in it, and bots that are running in it."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import col, func, select

from benchmarks.processes import kept_up
from benchmarks.servers import BOT, HTTP, SOCKET
from benchmarks.teams import APP_TOKEN, BOT_TOKEN, CHANNEL, SECRET, THURSDAY, bot_on, people_of, series_of
from benchmarks.wire import Asked
from bot.slack.manifest import manifest
from fakeslack import App, Clock, FakeSlack
from storage.database import Database
from storage.deliveries import PENDING
from storage.models import DeliveryRow, PromptRow

PATIENCE = 120.0


@contextmanager
def local_slack(people: int) -> Iterator[FakeSlack]:
    """Give a workspace with so many people in the series' channel, and no limits to how fast the bot may be."""
    slack = FakeSlack(clock=Clock(THURSDAY))
    slack.start()
    slack.rate_limits.enforce = False
    slack.install(app())
    known = people_of(people)
    for person in known.values():
        slack.add_user(person.id, real_name=person.name, tz=person.zone)
    slack.add_channel(CHANNEL, name="weeknotes", members=[*known, "U_BOT"])
    try:
        yield slack
    finally:
        slack.stop()


def app(request_url: str | None = None) -> App:
    """Return the app as its manifest describes it; with an address, Slack reaches it there over HTTP."""
    described = manifest(None)
    scopes = described["oauth_config"]["scopes"]
    return App(
        name="Weeknotes",
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SECRET,
        scopes=[*scopes["bot"], *scopes.get("bot_optional", [])],
        events=described["settings"]["event_subscriptions"]["bot_events"],
        request_url=request_url,
    )


@contextmanager
def running(
    kind: str, way: str, slack: FakeSlack, database: Path, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Give the port of a server that is up (or that has its socket open)."""
    port = free_port() if way == HTTP else 0
    before = slack.connections
    command = ("-m", "benchmarks.servers", kind, way, port, slack.api_url, database)
    with kept_up(*command, environment=environment) as process:
        is_up = (lambda: is_answering(port)) if way == HTTP else (lambda: slack.connections > before)
        wait_until(is_up, lambda: process.poll() is not None)
        yield port


@contextmanager
def team_at_work(way: str, people: int, path: Path, environment: Mapping[str, str] | None = None) -> Iterator["Team"]:
    """Give a running bot that has asked everybody, and is at rest."""
    with bot_on(path) as bot:
        series_of(bot, people)
    database = Database(f"sqlite:///{path}")
    with local_slack(people) as slack, running(BOT, way, slack, path, environment) as port:
        wait_until(lambda: _is_at_rest(database, people))
        yield Team(slack, port, database)
    database.dispose()


class Team:
    """A bot that is running, and the people that it has asked."""

    def __init__(self, slack: FakeSlack, port: int, database: Database) -> None:
        """Look who was asked."""
        self.slack = slack
        self.port = port
        statement = select(PromptRow).where(PromptRow.position == 0).order_by(col(PromptRow.user_id))
        with database.session() as session:
            self.asked = [
                Asked(row.user_id, row.channel_id, row.thread_ts, row.edition_id, row.id or 0)
                for row in session.exec(statement)
            ]


def wait_until(is_so: Callable[[], bool], has_failed: Callable[[], bool] = lambda: False) -> None:
    """Wait until something is so. Raises TimeoutError when it takes too long, or has failed."""
    ends = time.monotonic() + PATIENCE
    while not is_so():
        if has_failed() or time.monotonic() > ends:
            raise TimeoutError("What is to be measured did not come up.")
        time.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_answering(port: int) -> bool:
    """Say whether somebody listens on a port."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _is_at_rest(database: Database, people: int) -> bool:
    with database.session() as session:
        asked = session.exec(select(func.count()).select_from(PromptRow).where(PromptRow.ts != "")).one()
        owed = session.exec(select(func.count()).select_from(DeliveryRow).where(col(DeliveryRow.state).in_(PENDING)))
        return asked >= people and owed.one() == 0


__all__ = [
    "HTTP",
    "SOCKET",
    "Team",
    "free_port",
    "is_answering",
    "local_slack",
    "running",
    "team_at_work",
    "wait_until",
]
