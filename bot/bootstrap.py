"""Settings become a running bot. Everything is made here; nothing is made at import."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.app import create_app
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.domain.retention import EVERY as TIDY_EVERY
from bot.domain.workspaces import Workspace
from bot.jobs.clock import SECONDS, Ticker
from bot.jobs.engines import Engine, InProcess, Task, Work
from bot.log import get_logger
from bot.metrics import Metrics
from bot.rendering.drafts import Drafts
from bot.rendering.environments import Templates, folders_of
from bot.rendering.exports import Exports
from bot.rendering.home import Home
from bot.rendering.joining import Joinings
from bot.rendering.messages import Messages
from bot.rendering.note_exports import NoteExports
from bot.services import Services
from bot.services.administering import Administering
from bot.services.answering import Answering
from bot.services.asking import Asking
from bot.services.attending import Attending
from bot.services.away import BeingAway
from bot.services.collecting import Collecting
from bot.services.configuring import Configuring
from bot.services.delivering import Delivering
from bot.services.drafting import Drafting
from bot.services.editing import Editing
from bot.services.exporting import Exporting
from bot.services.failing import Failing
from bot.services.filling import Filling
from bot.services.following import Following
from bot.services.forgetting import Forgetting
from bot.services.holding import Holding
from bot.services.homes import Homes
from bot.services.joining import Joining
from bot.services.jotting import Jotting
from bot.services.keeping import Keeping
from bot.services.membership import Membership
from bot.services.merging import Merging
from bot.services.noticing import Noticing
from bot.services.overhearing import Overhearing
from bot.services.own_days import OwnDays
from bot.services.pausing import Pausing
from bot.services.posting import Posting
from bot.services.publishing import Publishing
from bot.services.renumbering import Renumbering
from bot.services.reporting import Reporting
from bot.services.scheduling import Scheduling
from bot.services.sharing import Sharing
from bot.services.succeeding import Succeeding
from bot.services.sweeping import Sweeping
from bot.services.telling import Telling
from bot.services.turns import Turns
from bot.services.workspaces import Workspaces
from bot.slack import directory
from bot.slack.channels import Channels
from bot.slack.clients import Clients, NotInstalledError, SingleToken, web_client
from bot.slack.history import History
from bot.slack.messenger import Sender
from bot.slack.pace import Pace
from storage.database import Database

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode import SocketModeHandler

TICK_KEPT_EVERY = timedelta(minutes=1)
STOP_SECONDS = 8.0
POLL_SECONDS = 0.01


@dataclass
class Runtime:
    """A bot that can be started: what it is made of, and how to start and stop it."""

    settings: Settings
    clock: Clock
    database: Database
    services: Services
    templates: Templates
    bolt: App
    engine: Engine
    sender: Sender
    ticker: Ticker
    sweeping: Sweeping
    clients: Clients
    metrics: Metrics
    works: bool
    installed: list[Workspace] = field(default_factory=list)
    _socket: "SocketModeHandler | None" = None
    _tidied_at: datetime | None = None
    _ticked_at: datetime | None = None

    def __post_init__(self) -> None:
        """Prepare the reading of what was missed: beside everything else, since Slack may make it wait."""
        self._catching_up = threading.Thread(target=self._catch_up, name="catching-up", daemon=True)

    def start(self, *, socket_mode: bool) -> None:
        """Ask Slack who the bot is, catch up on what was missed, and begin."""
        self._identify()
        self.engine.start()
        if self.works:
            self.services.workspaces.begin()
            self._ticked_at = self.clock.now()
            self._catching_up.start()
            self.ticker.start()
        if socket_mode:
            self._connect()

    def stop(self) -> None:
        """Take nothing new, finish what is in hand, and let go of everything."""
        if self._socket:
            self._socket.close()  # type: ignore[no-untyped-call]  # Bolt's own signature
        self.ticker.stop()
        self.sender.close(STOP_SECONDS / 2)  # before the engine, whose threads wait for what is being sent
        self.engine.stop(STOP_SECONDS / 2)
        self.database.dispose()

    def tick(self) -> None:
        """Hand out what has fallen due, and what is owed and may be sent now."""
        now = self.clock.now()
        self.metrics.ticked(now)
        if self._tidied_at is None or abs(now - self._tidied_at) >= TIDY_EVERY:
            self._tidied_at = now
            self.engine.defer(Task.TIDYING, "")
        if self._ticked_at is not None and abs(now - self._ticked_at) >= TICK_KEPT_EVERY:
            self._ticked_at = now
            self.services.workspaces.tick()
        for workspace_id in self.services.scheduling.workspaces_due():
            self.engine.defer(Task.STEPS, workspace_id)
        for workspace_id in self.services.delivering.workspaces_owing():
            self.engine.defer(Task.DELIVERIES, workspace_id)

    def idle(self, timeout: float) -> bool:
        """Wait until nothing is due or owed. Returns False when that takes longer than `timeout` seconds."""
        ends = time.monotonic() + timeout
        if self._catching_up.ident:
            self._catching_up.join(timeout)
        while time.monotonic() < ends:
            self.tick()
            if self.engine.idle(max(0.0, ends - time.monotonic())) and not self._has_work():
                return True
            time.sleep(POLL_SECONDS)
        return False

    def _catch_up(self) -> None:
        """Read what was said, who came and went, and who is no longer there, while the bot was down."""
        self.sweeping.sweep_all()
        for workspace in self.installed:
            self.services.attending.follow_all(workspace.id)
            self.services.succeeding.look_after(workspace.id)

    def _has_work(self) -> bool:
        return bool(self.services.scheduling.workspaces_due() or self.services.delivering.workspaces_owing())

    def _identify(self) -> None:
        """Learn from Slack which workspace this is and who is in it."""
        client = self.clients.of("")
        workspace = directory.installation(client)
        self.services.workspaces.installed(workspace)
        self.installed[:] = [workspace]
        for page in directory.everyone(client):
            self.services.workspaces.know(workspace.id, page)
        following = self.services.own_days.followers(workspace.id)
        self.services.own_days.seen(workspace.id, directory.statuses(client, following))
        get_logger(__name__).info("started", workspace=workspace.id)

    def _connect(self) -> None:
        from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: PLC0415 - only Socket Mode needs it

        token = self.settings.slack_app_token
        self._socket = SocketModeHandler(self.bolt, token.get_secret_value() if token else None)
        self._socket.connect()  # type: ignore[no-untyped-call]  # Bolt's own signature


def build(
    settings: Settings,
    *,
    works: bool = True,
    clock: Clock | None = None,
    pace: Pace | None = None,
    tick_seconds: float = SECONDS,
) -> Runtime:
    """Make a bot, connected to nothing yet. Tests and the demo pass a clock, a pace and a quicker tick.

    `works` says whether this process does what falls due and what is owed, or leaves that to workers.
    """
    clock = clock or SystemClock()
    database = Database(settings.database_url)
    metrics = Metrics()
    templates = Templates(*folders_of(settings.language, settings.templates))
    bot_token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    clients = Clients(SingleToken(bot_token), settings.slack_api_url)

    messages = Messages(templates)
    asking = Asking(messages)
    posting = Posting(Drafting(Drafts(templates)))
    collecting = Collecting(database, clock, asking)
    overhearing = Overhearing(database, clock, collecting)
    sweeping = Sweeping(database, clock, collecting, overhearing, History(clients))
    administering = Administering(database, clock, templates)
    being_away = BeingAway(database, clock, asking)
    membership, joinings, channels = Membership(asking), Joinings(templates), Channels(clients)
    attending = Attending(database, clock, membership, channels)
    succeeding = Succeeding(database, clock, joinings, channels)

    def look_round(workspace_id: str) -> None:
        attending.follow_all(workspace_id)
        succeeding.look_after(workspace_id, is_patient=False)

    services = Services(
        administering=administering,
        answering=Answering(database, clock, asking),
        attending=attending,
        away=being_away,
        collecting=collecting,
        configuring=Configuring(database, clock, templates),
        delivering=Delivering(database, clock, Failing(templates)),
        editing=Editing(database, clock, posting),
        exporting=Exporting(database, clock, Exports(templates)),
        filling=Filling(database, clock, asking),
        forgetting=Forgetting(database, clock, posting),
        holding=Holding(database, clock, posting),
        homes=Homes(database, clock, Home(templates)),
        jotting=Jotting(database, clock, asking, administering),
        keeping=Keeping(database, clock, settings.retention_days),
        joining=Joining(database, clock, membership, joinings),
        merging=Merging(database, clock, posting),
        own_days=OwnDays(database, clock, being_away),
        noticing=Noticing(database, clock, posting),
        overhearing=overhearing,
        pausing=Pausing(database, clock, templates),
        publishing=Publishing(database, clock, posting),
        renumbering=Renumbering(database, clock, templates),
        reporting=Reporting(database, clock, templates),
        scheduling=Scheduling(database, clock, asking, posting, sweeping.sweep, look_round),
        sharing=Sharing(database, clock, NoteExports(templates)),
        succeeding=succeeding,
        telling=Telling(database, clock),
        turns=Turns(database, clock, posting),
        workspaces=Workspaces(database, clock),
    )
    sender = Sender(services.delivering, clients.tokens, base_url=settings.slack_api_url, pace=pace)
    work = {
        Task.STEPS: services.scheduling.run_due,
        Task.DELIVERIES: sender.drain,
        Task.TIDYING: lambda _nothing: services.keeping.tidy(),
    }
    engine = _engine(database, settings.database_url, work if works else None)
    database.before_commit = Following(clock, asking, services.homes)
    database.on_owed = lambda workspace_id: engine.defer(Task.DELIVERIES, workspace_id)
    installed: list[Workspace] = []
    bolt = create_app(
        client=web_client(None, settings.slack_api_url),  # each request brings its workspace's token
        authorize=lambda **_: _authorized(installed, bot_token),
        signing_secret=settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else "",
        services=services,
        templates=templates,
        metrics=metrics,
    )
    ticker = Ticker(lambda: runtime.tick(), tick_seconds)  # noqa: PLW0108 - the runtime is made after it
    runtime = Runtime(
        settings=settings,
        clock=clock,
        database=database,
        services=services,
        templates=templates,
        bolt=bolt,
        engine=engine,
        sender=sender,
        ticker=ticker,
        sweeping=sweeping,
        clients=clients,
        metrics=metrics,
        works=works,
        installed=installed,
    )
    return runtime


def _engine(database: Database, url: str, work: Work | None) -> Engine:
    """Return what runs the work: threads of this process on SQLite, workers sharing a queue on PostgreSQL."""
    if database.is_sqlite:
        return InProcess(work or {})
    from bot.jobs.workers import Procrastinate  # noqa: PLC0415 - only PostgreSQL needs it

    return Procrastinate(url, work)


def _authorized(installed: list[Workspace], bot_token: str) -> AuthorizeResult:
    """Answer Bolt from memory: asking Slack on every event would cost a hundred times the rest."""
    if not installed:
        raise NotInstalledError
    workspace = installed[0]
    return AuthorizeResult(
        enterprise_id=workspace.enterprise_id or None,
        team_id=workspace.id,
        bot_token=bot_token,
        bot_user_id=workspace.bot_user_id,
        bot_id=workspace.bot_id,
    )
