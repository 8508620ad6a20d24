"""The App Home: what a person has given this week, and when what happens next."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.cadence import instant
from bot.domain.deliveries import Method, Owed
from bot.domain.planning import publish_due
from bot.domain.series import Series
from bot.domain.zones import UTC_ZONE
from bot.rendering.away import Choices
from bot.rendering.home import Home, Week
from bot.services.away_people import today_of
from bot.services.composing import own_note, preview_blocks, zone_of
from bot.services.placing import current_edition
from storage import answers, away, deliveries, people
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Homes:
    """Shows people their Home."""

    database: Database
    clock: Clock
    home: Home

    def show(self, workspace_id: str, user_id: str, occasion: str) -> None:
        """Owe a person their Home as it is now. `occasion` (the event's id) names this showing."""
        now = self.clock.now()
        with self.database.session() as session:
            mine = series_store.of_contributor(session, workspace_id, user_id)
            weeks = [week for series in mine if (week := self._week(session, series, user_id, now))]
            payload = {"view": self.home.view(weeks, _choices(session, workspace_id, user_id, now))}
            owed = Owed(f"home:{user_id}:{occasion}", "home", user_id, payload, Method.PUBLISH_HOME)
            deliveries.owe(session, workspace_id, owed, now=now)

    def set_reminders(self, workspace_id: str, user_id: str, *, are_wanted: bool) -> None:
        """Keep whether somebody wants to be reminded, as the switch in their Home says."""
        with self.database.session() as session:
            people.set_reminders(session, workspace_id, user_id, are_wanted=are_wanted)

    def _week(self, session: Session, series: Series, user_id: str, now: datetime) -> Week | None:
        edition = current_edition(session, series, now)
        if edition is None:
            return None
        zone = zone_of(session, series, user_id)
        asks = instant(series.cadence.ask.day_in(edition.period), series.cadence.ask.at, zone)
        total = len(answers.of_edition(session, series.workspace_id, edition.id, user_id))
        return Week(
            series,
            edition,
            asks=self.home.templates.words.spoken(asks, zone),
            is_asked=asks <= now,
            goes_out=self.home.templates.words.spoken(publish_due(series.cadence, edition.period), zone),
            total=total,
            own=preview_blocks(own_note(session, series, edition, user_id), self.home.templates) if total else [],
        )


def _choices(session: Session, workspace_id: str, user_id: str, now: datetime) -> Choices:
    """Return what somebody chose for themselves."""
    person = people.get(session, workspace_id, user_id)
    today = today_of(person.zone if person else UTC_ZONE, now)
    said = away.of_person(session, workspace_id, user_id, today)
    has_turned_off = bool(people.without_reminders(session, workspace_id, [user_id]))
    return Choices(today, said, wants_reminders=not has_turned_off)
