"""A bot that was made from its settings: how to start it, what it does at each tick, and how to stop it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.clock import Clock
from bot.config import Settings
from bot.domain.errors import DatabaseAwayError
from bot.domain.retention import EVERY as TIDY_EVERY
from bot.domain.workspaces import Workspace
from bot.jobs.clock import Ticker
from bot.jobs.engines import Engine, Task
from bot.log import get_logger
from bot.metrics import Metrics
from bot.rendering.environments import Templates
from bot.services import Services
from bot.services.sweeping import Sweeping
from bot.slack import directory
from bot.slack.bolt_app import SlackApp
from bot.slack.clients import Clients, NotInstalledError, web_client
from bot.slack.history import MOST_WAITS
from bot.slack.installation_store import InstallationStore
from bot.slack.messenger import Sender
from bot.slack.oauth import OAuth
from bot.slack.sockets import answer_at_once, leave
from storage.database import Database

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode import SocketModeHandler

TICK_KEPT_EVERY = timedelta(minutes=1)
STOP_SECONDS = 8.0
READING_SECONDS = 20.0
PING_SECONDS = 5.0
"""How often a socket of Slack's is looked at: what is said while it is broken comes later, when threads are read."""
POLL_SECONDS = 0.01
GONE = frozenset({"account_inactive", "token_revoked"})
"""What Slack says to a token of an app that was taken out of the workspace, and for no other reason."""


class Reading:
    """The reading of what was said while the bot was down. What must not come before it asks whether it is over."""

    def __init__(self) -> None:
        """Have nothing to read."""
        self._is_over = threading.Event()
        self._is_over.set()
        self._patient_until = 0.0

    def begin(self) -> None:
        """Let those who ask wait for it, but not for long: of many people it takes hours."""
        self._is_over.clear()
        self._patient_until = time.monotonic() + READING_SECONDS

    def end(self) -> None:
        """Let nobody wait any more."""
        self._is_over.set()

    def is_over(self) -> bool:
        """Say at once whether it is over: whoever asks may hold what it needs."""
        return self._is_over.is_set()

    def wait(self) -> None:
        """Right after the start, wait for it."""
        self._is_over.wait(max(0.0, self._patient_until - time.monotonic()))


@dataclass
class Runtime:
    """A bot that can be started: what it is made of, and how to start and stop it."""

    settings: Settings
    clock: Clock
    database: Database
    services: Services
    templates: Templates
    bolt: SlackApp
    engine: Engine
    sender: Sender
    ticker: Ticker
    sweeping: Sweeping
    clients: Clients
    installations: InstallationStore
    metrics: Metrics
    works: bool
    reading: Reading
    ending: threading.Event
    oauth: OAuth | None = None
    _beside: list[threading.Thread] = field(default_factory=list)
    _socket: "SocketModeHandler | None" = None
    _tidied_at: datetime | None = None
    _ticked_at: datetime | None = None

    def __post_init__(self) -> None:
        """Prepare the reading of what was missed: beside everything else, since Slack may make it wait."""
        self._catching_up = threading.Thread(target=self._catch_up, name="catching-up", daemon=True)

    @property
    def installed(self) -> tuple[Workspace, ...]:
        """The workspace whose token the settings have, once Slack said which one that is."""
        return (self.installations.own,) if self.installations.own else ()

    def start(self, *, socket_mode: bool) -> None:
        """Ask Slack who the bot is, catch up on what was missed, and begin."""
        self._identify()
        self.engine.start()
        if self.works:
            self.services.workspaces.begin()
            self._ticked_at = self.clock.now()
        if socket_mode:
            self._connect()  # before the reading: what is said after it was read must be heard
        if self.works:
            self.reading.begin()
            self._catching_up.start()
            self.ticker.start()

    def stop(self) -> None:
        """Take nothing new, finish what is in hand, and let go of everything."""
        self.ending.set()
        if self._socket:
            leave(self._socket, STOP_SECONDS / 2)
        self.ticker.stop()
        self.sender.close(STOP_SECONDS / 2)  # before the engine, whose threads wait for what is being sent
        self.engine.stop(STOP_SECONDS / 2)
        self.database.dispose()

    def tick(self) -> None:
        """Hand out what has fallen due, and what is owed and may be sent now; nothing while the database is away."""
        with _told_if_away():
            if self.database.has_been_away:
                self._come_back()
            self._hand_out()

    def _come_back(self) -> None:
        """Catch up on what could not be kept while the database was away: Slack gives up what nobody acknowledges."""
        self.database.has_been_away = False
        self.services.workspaces.begin()  # a change: with a full disk, reading goes on
        get_logger(__name__).info("database_back")
        self.reading.begin()
        self._beside.append(threading.Thread(target=self._catch_up, name="catching-up-again", daemon=True))
        self._beside[-1].start()

    def _hand_out(self) -> None:
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
        for thread in self._beside:
            thread.join(timeout)
        while time.monotonic() < ends:
            self.tick()
            if self.engine.idle(max(0.0, ends - time.monotonic())) and not self._has_work():
                return True
            time.sleep(POLL_SECONDS)
        return False

    def arrived(self, workspace: Workspace) -> None:
        """Get to know a workspace that has just added the app, beside whatever else is done."""
        meeting = threading.Thread(target=self._meet_again, args=(workspace.id,), daemon=True)
        self._beside = [*(each for each in self._beside if each.is_alive()), meeting]
        meeting.start()

    def _catch_up(self) -> None:
        """Read what was said, who came and went, and who is no longer there, while the bot was down.

        When the database goes away meanwhile, the first tick that finds it back has all of it read again.
        """
        with _told_if_away():
            try:
                for workspace_id in self.installations.ids():
                    if workspace_id not in {workspace.id for workspace in self.installed}:
                        self._meet_again(workspace_id)
                self.sweeping.sweep_all()
            finally:
                self.reading.end()
            for workspace_id in self.installations.ids():
                self.services.attending.follow_all(workspace_id)
                self.services.succeeding.look_after(workspace_id)

    def _has_work(self) -> bool:
        return bool(self.services.scheduling.workspaces_due() or self.services.delivering.workspaces_owing())

    def _identify(self) -> None:
        """Learn from Slack whose token the settings have. Without one, all workspaces come from the database."""
        if self.installations.own_token:
            client = web_client(self.installations.own_token, self.settings.slack_api_url)
            self.installations.own = directory.installation(client)
            self._meet(self.installations.own, client)
            get_logger(__name__).info("started", workspace=self.installations.own.id)

    def _meet(self, workspace: Workspace, client: WebClient) -> None:
        """Keep what Slack says of a workspace, and who is in it."""
        self.services.workspaces.installed(workspace)
        for page in directory.everyone(client):
            self.services.workspaces.know(workspace.id, page)
        following = self.services.own_days.followers(workspace.id)
        self.services.own_days.seen(workspace.id, directory.statuses(client, following))

    def _meet_again(self, workspace_id: str) -> None:
        """Do that for a workspace that added the app. What goes wrong in one is no matter of the others."""
        try:
            client = self.clients.of(workspace_id)
            client.retry_handlers = [RateLimitErrorRetryHandler(max_retry_count=MOST_WAITS)]
            self._meet(directory.installation(client), client)
            get_logger(__name__).info("met", workspace=workspace_id)
        except SlackApiError as error:
            said = str(error.response.get("error"))
            get_logger(__name__).warning("workspace_unread", workspace=workspace_id, error=said)
            if said in GONE:
                self.services.workspaces.uninstalled(workspace_id)
        except (NotInstalledError, OSError, HTTPException) as error:
            get_logger(__name__).warning("workspace_unread", workspace=workspace_id, error=type(error).__name__)

    def _connect(self) -> None:
        from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: PLC0415 - only Socket Mode needs it

        token = self.settings.slack_app_token
        self._socket = SocketModeHandler(
            self.bolt, token.get_secret_value() if token else None, ping_interval=PING_SECONDS
        )
        self._socket.client.message_listeners.append(answer_at_once)
        self._socket.connect()  # type: ignore[no-untyped-call]  # Bolt's own signature


@contextmanager
def _told_if_away() -> Iterator[None]:
    """Write a line into the log where the database keeps nothing at the moment, and go on."""
    try:
        yield
    except DatabaseAwayError as error:
        get_logger(__name__).error("database_away", trouble=error.trouble)
