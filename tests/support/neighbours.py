"""Two workspaces that added the same app, with one bot in both: for seeing that nothing crosses.

On SQLite the bot is one process; on PostgreSQL one that Slack talks to, and a worker that does what falls due.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from unittest.mock import patch

from pydantic import SecretStr
from werkzeug.serving import make_server

from bot.bootstrap import build
from bot.config import Settings
from bot.jobs import workers
from bot.runtime import Runtime
from bot.web.app import create_app
from fakeslack import Clock, FakeSlack, Team
from tests.support.opinion import assert_taken
from tests.support.world import CHANNEL, PATIENCE, PEOPLE, SECRET, WEDNESDAY, Quiet, World, app_of, free_port, hurried

OTHER = Team("T_OTHER", "The others", "others")
KEY = urlsafe_b64encode(b"k" * 32).decode()


@contextmanager
def neighbours(database_url: str) -> Iterator[tuple[World, World]]:
    """Give the two workspaces: the same ids of people and channels in both, and the bot over signed HTTP."""
    clock = Clock(WEDNESDAY, ticking=False)
    slacks = [_slack(clock, Team()), _slack(clock, OTHER)]
    slacks[0].neighbour(slacks[1])
    port = free_port()
    slacks[0].publish(app_of(port))
    settings = _settings(database_url, slacks[0])
    with ExitStack() as stack:
        for slack in slacks:
            stack.callback(slack.stop)
        stack.enter_context(patch.object(workers, "POLL_SECONDS", 0.05))
        web, worker = stack.enter_context(_bots(settings, clock))
        stack.enter_context(_served(web, port))
        for slack in slacks:
            assert web.oauth
            web.arrived(web.oauth.install(slacks[0].allow(slack.team)))
            slack.add_channel(CHANNEL, name="team-weeknotes", members=[*PEOPLE, "U_BOT"], creator="U_DEE")
        assert web.idle(PATIENCE)
        worlds = [World(slack, clock, settings, port, worker) for slack in slacks]
        worlds[0].settle()
        yield worlds[0], worlds[1]
        for slack in slacks:
            assert_taken(slack)


@contextmanager
def _bots(settings: Settings, clock: Clock) -> Iterator[tuple[Runtime, Runtime]]:
    """Give what Slack talks to and what does the work: the same, or two of which the other has no client's secret."""
    is_whole = settings.database_url.startswith("sqlite")
    web = build(settings, works=is_whole, clock=clock, pace=hurried(), tick_seconds=3600)
    alone = settings.model_copy(update={"slack_client_id": None, "slack_client_secret": None})
    worker = web if is_whole else build(alone, clock=clock, pace=hurried(), tick_seconds=3600)
    bots = {id(bot): bot for bot in (web, worker)}.values()
    try:
        for bot in bots:
            bot.start(socket_mode=False)
        yield web, worker
    finally:
        for bot in bots:
            bot.stop()


@contextmanager
def _served(bot: Runtime, port: int) -> Iterator[None]:
    """Let Slack reach a bot."""
    application = create_app(bot.bolt, bot.database, bot.clock, bot.metrics)
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=Quiet)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()


def _slack(clock: Clock, team: Team) -> FakeSlack:
    made = FakeSlack(clock=clock, team=team)
    made.start()
    made.rate_limits.enforce = False
    made.outbox.retry_factor = 0.005
    for user_id, (name, zone) in PEOPLE.items():
        made.add_user(user_id, real_name=f"{name} of {team.id}", tz=zone)
    return made


def _settings(database_url: str, slack: FakeSlack) -> Settings:
    return Settings(
        slack_signing_secret=SecretStr(SECRET),
        slack_client_id="1.1",
        slack_client_secret=SecretStr("local-client-secret"),
        encryption_keys=SecretStr(KEY),
        database_url=database_url,
        slack_api_url=slack.api_url,
    )
