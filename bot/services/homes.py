"""The App Home: a person's weeks, runs, past notes and choices, in a handful of queries however many there are."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.domain.attempts import Claim
from bot.domain.deliveries import Method, Owed
from bot.domain.holidays import country_of_zone
from bot.domain.homes import NOTES_ON_A_PAGE, Leaf, Page
from bot.domain.permissions import Role, roles_of
from bot.rendering.away import Choices
from bot.rendering.home import Home, Mine
from bot.services.looking import Looker, edited_by, present_of, weeks_of
from bot.services.remembering import a_year_ago, days_off, past_notes, runs_of
from storage import deliveries, people
from storage import series as series_store
from storage.database import Database, Session

NOTES_IN_BRIEF = 5
OVERVIEW = Page()

PAGE = "page"
"""Under which name a delivery says which page it shows."""
WATCHED = timedelta(days=7)
"""How long somebody's Home follows what changes, after they looked at it last."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Shows people their Home.

    What is owed is which page; it is made when it is sent. So nobody who answers waits for it, and of two changes at
    once the Home that goes later shows both.
    """

    database: Database
    clock: Clock
    home: Home

    def show(self, workspace_id: str, user_id: str, occasion: str, page: Page = OVERVIEW) -> None:
        """Owe a person their Home as it is now. `occasion` (the event's id) names this showing."""
        now = self.clock.now()
        with self.database.session() as session:
            people.see_home(session, workspace_id, user_id, now=now)
            owed = Owed(f"home:{user_id}:{occasion}", "home", user_id, {PAGE: asdict(page)}, Method.PUBLISH_HOME)
            deliveries.owe(session, workspace_id, owed, now=now)

    def refresh(self, session: Session, workspace_id: str, user_ids: Collection[str], *, now: datetime) -> None:
        """Owe people their Homes as they are now, inside a transaction of another service, if they may be on a screen.

        Looked at again it is shown anew, so that one not looked at for days need not follow.
        """
        for user_id in people.looking(session, workspace_id, user_ids, since=now - WATCHED):
            owed = Owed(f"home:{user_id}", "home", user_id, {PAGE: asdict(OVERVIEW)}, Method.PUBLISH_HOME)
            deliveries.owe_latest(session, workspace_id, owed, now=now)

    def made(self, session: Session, claim: Claim) -> Claim:
        """Return a claim with the view it is to show, if that is a Home."""
        if claim.method is not Method.PUBLISH_HOME:
            return claim
        page = _page(claim.payload[PAGE])
        mine = self._mine(session, claim.workspace_id, claim.channel, self.clock.now(), page)
        return replace(claim, payload={"view": self.home.view(mine, page)})

    def set_reminders(self, workspace_id: str, user_id: str, *, are_wanted: bool) -> None:
        """Keep whether somebody wants to be reminded, as the switch in their Home says."""
        with self.database.session() as session:
            people.set_reminders(session, workspace_id, user_id, are_wanted=are_wanted)

    def set_run(self, workspace_id: str, user_id: str, *, is_wanted: bool) -> None:
        """Keep whether somebody wants to see their run, as the switch in their Home says."""
        with self.database.session() as session:
            people.set_run(session, workspace_id, user_id, is_wanted=is_wanted)

    def _mine(self, session: Session, workspace_id: str, user_id: str, now: datetime, page: Page) -> Mine:
        """Read what the page shows of a person."""
        looker = Looker.of(session, workspace_id, user_id, now)
        series = series_store.taking_part(session, workspace_id, user_id)
        if page.leaf is Leaf.NOTES:
            notes, has_more = past_notes(looker, series, start=page.start, limit=NOTES_ON_A_PAGE)
            return Mine(looker.zone, looker.today, notes=notes, has_more_notes=has_more)
        asked = [each for each in series if Role.CONTRIBUTOR in roles_of(each, user_id)]
        edited = [each for each in series if Role.EDITOR in roles_of(each, user_id)]
        present, off = present_of(looker, series), days_off(session, workspace_id, user_id)
        runs = runs_of(session, workspace_id, user_id, asked, off, now)
        notes, has_more = past_notes(looker, series, start=0, limit=NOTES_IN_BRIEF)
        return Mine(
            looker.zone,
            looker.today,
            weeks=weeks_of(looker, asked, present, runs, off),
            edited=edited_by(looker, edited, present),
            notes=notes,
            has_more_notes=has_more,
            year_ago=a_year_ago(looker, series),
            choices=self._choices(looker),
        )

    def _choices(self, looker: Looker) -> Choices:
        """Return what somebody chose for themselves."""
        session, workspace_id, user_id = looker.session, looker.workspace_id, looker.user_id
        off = days_off(session, workspace_id, user_id)
        to_come = [days for days in off if days.last is None or days.last >= looker.today]
        chosen = people.countries(session, workspace_id, [user_id]).get(user_id, "")
        has_turned_off = bool(people.without_reminders(session, workspace_id, [user_id]))
        return Choices(
            looker.today,
            to_come,
            wants_reminders=not has_turned_off,
            wants_run=people.wants_run(session, workspace_id, user_id),
            country=chosen or country_of_zone(looker.zone),
            is_country_guessed=not chosen,
            follows_status=bool(people.statuses_seen(session, workspace_id, [user_id])),
        )


def _page(kept: Mapping[str, Any]) -> Page:
    return Page(Leaf(kept["leaf"]), kept["start"], kept["edition_id"])
