"""Where the app is installed, with which token: the one of the settings, and those that came by OAuth."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.workspaces import Workspace
from bot.log import get_logger
from bot.slack.clients import NotInstalledError
from bot.slack.sealing import Seal, UnsealableError
from storage import installations, workspaces
from storage.database import Database

FRESH = timedelta(minutes=1)
"""For how long what was read is believed. Another process may have heard that the app was taken out or came back."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in a workspace. The token is not shown."""

    workspace: Workspace
    token: str = field(repr=False)


class InstallationStore:
    """Knows the bot token of each workspace, from memory as long as that is fresh: every event asks.

    Without a seal there is only the token of the settings, and it is for whichever workspace asks.
    """

    def __init__(self, database: Database, clock: Clock, *, own_token: str = "", seal: Seal | None = None) -> None:
        """Read nothing yet."""
        self._database = database
        self._clock = clock
        self._seal = seal
        self.own_token = own_token
        self.own: Workspace | None = None
        """The workspace of the settings' token, as soon as Slack said which one that is."""
        self._read: dict[str, tuple[datetime, Installation]] = {}

    def find(self, workspace_id: str) -> Installation:
        """Return the installation in a workspace. Raises NotInstalledError where there is none."""
        if self.own and (self._seal is None or self.own.id == workspace_id):
            return Installation(self.own, self.own_token)
        read_at, installation = self._read.get(workspace_id, (None, None))
        now = self._clock.now()
        if installation is None or read_at is None or abs(now - read_at) >= FRESH:
            installation = self._stored(workspace_id)
            self._read[workspace_id] = now, installation
        return installation

    def token(self, workspace_id: str) -> str:
        """Return the bot token of a workspace. Raises NotInstalledError where there is none."""
        if self._seal is None:
            return self.own_token
        return self.find(workspace_id).token

    def save(self, workspace: Workspace, token: str) -> None:
        """Keep an installation that came by OAuth, in place of an earlier one. Without keys there is none."""
        if self._seal is None:
            raise NotInstalledError
        now = self._clock.now()
        with self._database.session() as session:
            workspaces.upsert(session, workspace, now=now)
            installations.put(session, workspace.id, self._seal.close(workspace.id, token), now=now)
        self.forget(workspace.id)

    def forget(self, workspace_id: str) -> None:
        """Take an installation out of memory: it has changed, or is over."""
        self._read.pop(workspace_id, None)

    def ids(self) -> tuple[str, ...]:
        """Return the workspaces whose tokens are known."""
        own = (self.own.id,) if self.own else ()
        if self._seal is None:
            return own
        with self._database.session() as session:
            return own + tuple(
                each.workspace_id for each in installations.every(session) if each.workspace_id not in own
            )

    def _stored(self, workspace_id: str) -> Installation:
        self.forget(workspace_id)
        with self._database.session() as session:
            workspace, sealed = workspaces.get(session, workspace_id), installations.get(session, workspace_id)
        if self._seal is None or workspace is None or sealed is None:
            raise NotInstalledError
        try:
            return Installation(workspace, self._seal.open(workspace_id, sealed.sealed_token))
        except UnsealableError:
            get_logger(__name__).error("token_unreadable", workspace=workspace_id)
            raise NotInstalledError from None


def counted(database: Database, seal: Seal) -> tuple[int, list[str]]:
    """Return how many tokens there are, and the workspaces whose tokens no key reads."""
    with database.session() as session:
        every = installations.every(session)
    return len(every), [each.workspace_id for each in every if not seal.opens(each.workspace_id, each.sealed_token)]


def rotate(database: Database, seal: Seal) -> tuple[int, list[str]]:
    """Encrypt all tokens with the newest key; return how many, and the workspaces whose tokens no key reads."""
    renewed, unreadable = 0, []
    with database.session() as session:
        for each in installations.every(session):
            try:
                installations.reseal(session, each, seal.renew(each.sealed_token))
                renewed += 1
            except UnsealableError:
                unreadable.append(each.workspace_id)
    return renewed, unreadable
