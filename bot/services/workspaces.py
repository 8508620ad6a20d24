"""Workspaces where the app is installed, and what is known of the people in them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.attempts import UNKNOWN_APP
from bot.domain.people import Person
from bot.domain.workspaces import Workspace
from bot.services.membership import plan_person
from storage import deliveries, installations, people, series, ticks, workspaces
from storage.database import Database

LEEWAY = timedelta(seconds=5)
"""By how much Slack's clock and ours may differ. Nobody adds an app again as soon as that."""

WORTH_TELLING = timedelta(days=28)
"""For how long it is of use to an editor what they could not be told."""


@dataclass(frozen=True, slots=True)
class Workspaces:
    """The use cases of being installed and of knowing people. `forget` is told of each installation that is over."""

    database: Database
    clock: Clock
    forget: Callable[[str], None] = lambda _workspace_id: None

    def installed(self, workspace: Workspace) -> None:
        """Keep where the app is installed, and with which scopes, as Slack says at start-up.

        What editors could not be told of, because Slack did not know the app any more, they are told now.
        """
        now = self.clock.now()
        with self.database.session() as session:
            workspaces.upsert(session, workspace, now=now)
            deliveries.owe_unheard(session, workspace.id, errors=UNKNOWN_APP, since=now - WORTH_TELLING, now=now)

    def begin(self) -> None:
        """Keep that the bot is up, and since when it was not."""
        with self.database.session() as session:
            ticks.begin(session, self.clock.now())

    def tick(self) -> None:
        """Keep that the bot is still up."""
        with self.database.session() as session:
            ticks.tick(session, self.clock.now())

    def uninstalled(self, workspace_id: str, at: datetime | None = None) -> None:
        """Keep that the app was uninstalled: its token goes at once, and it has no scopes there any more.

        The rest stays, for now. Word of it that comes late, when the app has been installed again, changes nothing.
        """
        now = self.clock.now()
        with self.database.session() as session:
            workspace = workspaces.get(session, workspace_id)
            is_gone = installations.take(session, workspace_id, before=at + LEEWAY if at else now)
            if workspace and is_gone:
                workspaces.upsert(session, replace(workspace, scopes=frozenset()), now=now)
        self.forget(workspace_id)

    def get(self, workspace_id: str) -> Workspace | None:
        """Return what is known of a workspace."""
        with self.database.session() as session:
            return workspaces.get(session, workspace_id)

    def know(self, workspace_id: str, found: Iterable[Person]) -> None:
        """Keep what Slack says of people."""
        with self.database.session() as session:
            people.upsert(session, workspace_id, found, now=self.clock.now())

    def person_changed(self, workspace_id: str, person: Person) -> None:
        """Keep what Slack now says of a person; where their zone changed, what they are still asked moves with it."""
        now = self.clock.now()
        with self.database.session() as session:
            before = people.get(session, workspace_id, person.id)
            people.upsert(session, workspace_id, [person], now=now)
            if before and before.zone != person.zone:
                for found in series.of_contributor(session, workspace_id, person.id):
                    plan_person(session, found, person.id, now=now)

    def known(self, workspace_id: str, user_ids: Collection[str]) -> dict[str, Person]:
        """Return what is known of people, by id; those that are not known are left out."""
        with self.database.session() as session:
            return people.many(session, workspace_id, user_ids)
