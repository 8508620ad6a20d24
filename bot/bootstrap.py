"""Settings become a running bot. Everything is made here; nothing is made at import."""

import threading

from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult

from bot.app import create_app
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.jobs.clock import SECONDS, Ticker
from bot.jobs.engines import Engine, InProcess, Task, Work
from bot.log import cause
from bot.metrics import Metrics
from bot.rendering.drafts import Drafts
from bot.rendering.environments import Templates, folders_of
from bot.rendering.exports import Exports
from bot.rendering.home import Home
from bot.rendering.house.styles import HouseStyles
from bot.rendering.joining import Joinings
from bot.rendering.messages import Messages
from bot.rendering.note_exports import NoteExports
from bot.runtime import Reading, Runtime
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
from bot.services.laying import Laying
from bot.services.membership import Membership
from bot.services.merging import Merging
from bot.services.noticing import Noticing
from bot.services.overhearing import Overhearing
from bot.services.own_days import OwnDays
from bot.services.pausing import Pausing
from bot.services.posting import Posting
from bot.services.publishing import Publishing
from bot.services.renumbering import Renumbering
from bot.services.repeating import Repeating
from bot.services.reporting import Reporting
from bot.services.scheduling import Scheduling
from bot.services.sharing import Sharing
from bot.services.styling import Styling
from bot.services.succeeding import Succeeding
from bot.services.sweeping import Sweeping
from bot.services.telling import Telling
from bot.services.turns import Turns
from bot.services.workspaces import Workspaces
from bot.slack.channels import Channels
from bot.slack.clients import Clients, web_client
from bot.slack.history import History
from bot.slack.installation_store import InstallationStore
from bot.slack.messenger import Sender
from bot.slack.oauth import OAuth
from bot.slack.pace import Pace
from bot.slack.sealing import Seal
from storage.database import Database


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
    installations = _installations(settings, database, clock)
    clients = Clients(installations, settings.slack_api_url)

    messages = Messages(templates)
    asking = Asking(messages)
    house = HouseStyles(templates)
    laying = Laying(house)
    posting = Posting(Drafting(Drafts(templates), laying))
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

    reading, ending = Reading(), threading.Event()
    homes = Homes(database, clock, Home(templates))
    services = Services(
        administering=administering,
        answering=Answering(database, clock, asking),
        attending=attending,
        away=being_away,
        collecting=collecting,
        configuring=Configuring(database, clock, templates),
        delivering=Delivering(database, clock, Failing(templates), homes.made),
        editing=Editing(database, clock, posting),
        exporting=Exporting(database, clock, Exports(templates)),
        filling=Filling(database, clock, asking),
        forgetting=Forgetting(database, clock, posting),
        holding=Holding(database, clock, posting),
        homes=homes,
        jotting=Jotting(database, clock, asking, administering),
        keeping=Keeping(database, clock, settings.retention_days),
        joining=Joining(database, clock, membership, joinings),
        merging=Merging(database, clock, posting),
        own_days=OwnDays(database, clock, being_away),
        noticing=Noticing(database, clock, posting),
        overhearing=overhearing,
        pausing=Pausing(database, clock, posting),
        publishing=Publishing(database, clock, posting),
        renumbering=Renumbering(database, clock, templates),
        repeating=Repeating(database, clock),
        reporting=Reporting(database, clock, templates),
        scheduling=Scheduling(
            database,
            clock,
            asking,
            posting,
            sweep=sweeping.sweep,
            look_round=look_round,
            has_read=reading.is_over,
            wait_for_reading=reading.wait,
            is_ending=ending.is_set,
        ),
        sharing=Sharing(database, clock, NoteExports(templates), laying),
        styling=Styling(database, clock, house),
        succeeding=succeeding,
        telling=Telling(database, clock),
        turns=Turns(database, clock, posting),
        workspaces=Workspaces(database, clock, installations.forget),
    )
    sender = Sender(services.delivering, installations, base_url=settings.slack_api_url, pace=pace)
    work = {
        Task.STEPS: services.scheduling.run_due,
        Task.DELIVERIES: sender.drain,
        Task.TIDYING: lambda _nothing: services.keeping.tidy(),
    }
    engine = _engine(database, settings.database_url, work if works else None)
    database.cause = cause
    database.before_commit = Following(clock, asking, homes)
    database.on_owed = lambda workspace_id: engine.defer(Task.DELIVERIES, workspace_id)
    bolt = create_app(
        client=web_client(None, settings.slack_api_url),  # each request brings its workspace's token
        authorize=lambda team_id=None, **_: _authorized(installations, team_id or ""),
        signing_secret=_secret(settings.slack_signing_secret),
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
        reading=reading,
        ending=ending,
        installations=installations,
        oauth=_oauth(settings, installations, clock),
    )
    return runtime


def _engine(database: Database, url: str, work: Work | None) -> Engine:
    """Return what runs the work: threads of this process on SQLite, workers sharing a queue on PostgreSQL."""
    if database.is_sqlite:
        return InProcess(work or {})
    from bot.jobs.workers import Procrastinate  # noqa: PLC0415 - only PostgreSQL needs it

    return Procrastinate(url, work)


def _installations(settings: Settings, database: Database, clock: Clock) -> InstallationStore:
    """Return where the tokens are: the settings have one, and with keys for them the database has others."""
    seal = Seal(settings.keys) if settings.keys else None
    return InstallationStore(database, clock, own_token=_secret(settings.slack_bot_token), seal=seal)


def _oauth(settings: Settings, installations: InstallationStore, clock: Clock) -> OAuth | None:
    """Return the way to install the app in further workspaces, where the settings have one."""
    if not settings.installs_by_oauth:
        return None
    secret = _secret(settings.slack_client_secret)
    return OAuth(settings.slack_client_id or "", secret, settings.slack_api_url, installations, clock)


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def _authorized(installations: InstallationStore, workspace_id: str) -> AuthorizeResult:
    """Answer Bolt from memory: asking Slack on every event would cost a hundred times the rest."""
    installation = installations.find(workspace_id)
    workspace = installation.workspace
    return AuthorizeResult(
        enterprise_id=workspace.enterprise_id or None,
        team_id=workspace.id,
        bot_token=installation.token,
        bot_user_id=workspace.bot_user_id,
        bot_id=workspace.bot_id,
    )
