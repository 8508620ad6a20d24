"""Being away: the days on which a contributor is neither asked nor reminded, and coming back."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import Clock
from bot.domain.away import Days, checked, read_days
from bot.domain.conversation import open_prompt
from bot.domain.deliveries import Owed
from bot.domain.editions import EditionState
from bot.domain.errors import NotAllowedError
from bot.domain.series import Series
from bot.domain.zones import UTC_ZONE
from bot.rendering.away import in_words
from bot.rendering.sayings import said
from bot.services.asking import Asking
from bot.services.away_people import today_of
from bot.services.dates import drafted_at
from bot.services.places import asks_in_channel
from bot.services.placing import current_edition
from bot.services.planning import planned_ask
from storage import away, changes, deliveries, editions, people, prompts, steps
from storage import series as series_store
from storage.database import Database, Session

ASKABLE = frozenset({EditionState.SCHEDULED, EditionState.COLLECTING})


@dataclass(frozen=True, slots=True)
class BeingAway:
    """Keeps when people are away, as they say it in words, in a form or by a button."""

    database: Database
    clock: Clock
    asking: Asking

    def today(self, workspace_id: str, user_id: str) -> date:
        """Return the date it is where somebody is."""
        with self.database.session() as session:
            return today_of(_zone(session, workspace_id, user_id), self.clock.now())

    def say(self, workspace_id: str, user_id: str, typed: str) -> str:
        """Keep the days somebody typed. Returns the sentence for them. Raises InvalidInputError, NotAllowedError."""
        now = self.clock.now()
        with self.database.session() as session:
            today = today_of(_zone(session, workspace_id, user_id), now)
            days = read_days(typed, today, self.asking.messages.templates.vocabulary)
            self.leave(session, workspace_id, user_id, days, today, now)
            return self._sentence(days, today)

    def choose(self, workspace_id: str, user_id: str, days: Days, occasion: str) -> None:
        """Keep the days somebody chose in the form, and tell them. `occasion` names the form that was sent.

        Raises InvalidInputError naming the field, NotAllowedError.
        """
        now = self.clock.now()
        with self.database.session() as session:
            today = today_of(_zone(session, workspace_id, user_id), now)
            checked(days, today)
            self.leave(session, workspace_id, user_id, days, today, now)
            message = said(self._sentence(days, today))
            owed = Owed(f"away:{user_id}:{occasion}", "away", user_id, message.payload())
            deliveries.owe(session, workspace_id, owed, now=now)

    def back(self, workspace_id: str, user_id: str, first: date | None = None) -> str:
        """Let somebody be asked again, and ask them now for what they missed only by being away.

        `first` names the days that end; without it, the days they are away now do, or else all that are to come.
        Returns the sentence for them.
        """
        now = self.clock.now()
        with self.database.session() as session:
            today = today_of(_zone(session, workspace_id, user_id), now)
            known = away.of_person(session, workspace_id, user_id, today)
            ending = [days for days in known if days.first == first] if first else _ending(known, today)
            missed = self.missed(session, workspace_id, user_id, now) if any(today in days for days in ending) else []
            for days in ending:
                away.end(session, workspace_id, user_id, days.first, today=today)
            changes.note_person(session, workspace_id, user_id)
            for series, edition_id in missed:
                edition = editions.lock(session, workspace_id, edition_id)
                if edition and edition.state in ASKABLE:
                    self.asking.open_thread(session, series, edition, user_id, now=now)
                    steps.expect(session, edition, user_id)
            names = [series.name for series, _ in missed]
            return self.asking.messages.templates.slack("back", was_away=bool(ending), asked=names)

    def leave(
        self,
        session: Session,
        workspace_id: str,
        user_id: str,
        days: Days,
        today: date,
        now: datetime,
        *,
        is_from_status: bool = False,
    ) -> None:
        """Keep the days; when they have begun, close kindly what is being asked."""
        if not series_store.of_contributor(session, workspace_id, user_id):
            raise NotAllowedError("away_from_nothing")
        away.keep(session, workspace_id, user_id, days, now=now, is_from_status=is_from_status)
        changes.note_person(session, workspace_id, user_id)
        if today not in days:
            return
        for edition in editions.collecting(session, workspace_id):
            current = open_prompt(prompts.of_person(session, workspace_id, edition.id, user_id))
            series = series_store.get(session, workspace_id, edition.series_id)
            if current and series:
                self.asking.let_go(session, series, edition, current, now=now)
                steps.pass_over(session, edition, user_id)

    def missed(self, session: Session, workspace_id: str, user_id: str, now: datetime) -> list[tuple[Series, int]]:
        """Return the series, with their editions, that passed somebody over because they were away."""
        found = []
        for series in series_store.of_contributor(session, workspace_id, user_id):
            edition = current_edition(session, series, now)
            if edition is None or series.is_paused or edition.state not in ASKABLE:
                continue
            planned = planned_ask(session, series, edition, user_id)
            is_time = planned is not None and planned <= now < drafted_at(session, series, edition)
            was_asked = bool(prompts.of_person(session, workspace_id, edition.id, user_id))
            was_asked = was_asked or asks_in_channel(session, series, edition)  # there everybody was, whoever was away
            if is_time and not was_asked and steps.is_owed_asking(session, edition, user_id):
                found.append((series, edition.id))
        return found

    def _sentence(self, days: Days, today: date) -> str:
        templates = self.asking.messages.templates
        told = in_words(templates, days, today)
        return templates.slack("away", days=told, is_open=days.last is None, is_one=days.first == days.last)


def _ending(known: list[Days], today: date) -> list[Days]:
    """Return the days that end when somebody says they are back."""
    return [days for days in known if today in days] or known


def _zone(session: Session, workspace_id: str, user_id: str) -> str:
    person = people.get(session, workspace_id, user_id)
    return person.zone if person else UTC_ZONE
