"""A person's own days off: the public holidays of their country, and what their Slack status says, if they allow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import Clock
from bot.domain.away import Days
from bot.domain.deliveries import Owed
from bot.domain.editions import StepKind
from bot.domain.holidays import country_of_zone, read_country
from bot.domain.people import Person, can_be_asked
from bot.domain.planning import PlannedStep
from bot.domain.statuses import Status, days_of, says_away
from bot.domain.zones import UTC_ZONE
from bot.rendering.away import in_words
from bot.rendering.sayings import said
from bot.services.away import BeingAway
from bot.services.away_people import asked_later, today_of
from bot.services.planning import plan_series
from storage import away, changes, deliveries, editions, people, steps
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Keeps what people's days off are taken from."""

    database: Database
    clock: Clock
    being_away: BeingAway

    def country(self, workspace_id: str, user_id: str) -> str:
        """Return the country somebody chose, or else that of their zone; empty where neither says one."""
        with self.database.session() as session:
            person = people.get(session, workspace_id, user_id)
            chosen = people.countries(session, workspace_id, [user_id]).get(user_id, "")
        return chosen or country_of_zone(person.zone if person else UTC_ZONE)

    def choose_country(self, workspace_id: str, user_id: str, typed: str) -> None:
        """Keep the country whose public holidays somebody has; what they are still asked moves with it.

        Raises InvalidInputError naming the field.
        """
        country, now = read_country(typed), self.clock.now()
        with self.database.session() as session:
            people.set_country(session, workspace_id, user_id, country)
            for series in series_store.of_contributor(session, workspace_id, user_id):
                plan_series(session, series, now=now)

    def followers(self, workspace_id: str) -> list[str]:
        """Return those who allow their status to say that they are away."""
        with self.database.session() as session:
            return people.followers(session, workspace_id)

    def follow(self, workspace_id: str, user_id: str, status: Status | None) -> None:
        """Let somebody's status say from now on when they are away (it is `status` now), or (None) no longer."""
        now = self.clock.now()
        with self.database.session() as session:
            people.set_following(session, workspace_id, user_id, is_wanted=status is not None)
            person = people.get(session, workspace_id, user_id)
            if person and status:
                self._seen(session, workspace_id, person, status, now)
            elif person:
                self._end(session, workspace_id, person, now)

    def seen(self, workspace_id: str, found: Mapping[str, Status]) -> None:
        """Take from people's statuses that they are away, or are no longer, where they allow it. Twice is once."""
        now = self.clock.now()
        with self.database.session() as session:
            following = people.statuses_seen(session, workspace_id, list(found))
            known = people.many(session, workspace_id, list(following))
            for user_id, before in following.items():
                if before != found[user_id].digest and can_be_asked(known[user_id]):
                    self._seen(session, workspace_id, known[user_id], found[user_id], now)

    def _seen(self, session: Session, workspace_id: str, person: Person, status: Status, now: datetime) -> None:
        people.see_status(session, workspace_id, person.id, status.digest)
        if not says_away(status, now):
            self._end(session, workspace_id, person, now)
            return
        today = today_of(person.zone, now)
        known = away.of_person(session, workspace_id, person.id, today)
        taken = away.from_status(session, workspace_id, person.id, today)
        days = days_of(status, today, person.zone, [each for each in known if each not in taken])
        is_said = any(today in each for each in known if each not in taken)
        is_known = any(today in each and each.last == days.last for each in taken)
        if is_said or is_known or not series_store.of_contributor(session, workspace_id, person.id):
            return
        for each in taken:
            away.end(session, workspace_id, person.id, each.first, today=today)
        self.being_away.leave(session, workspace_id, person.id, days, today, now, is_from_status=True)
        templates = self.being_away.asking.messages.templates
        message = said(
            templates.slack("status_taken", days=in_words(templates, days, today), is_open=days.last is None)
        )
        key = f"away:{person.id}:status:{status.digest}:{now.timestamp():.6f}"
        deliveries.owe(session, workspace_id, Owed(key, "away", person.id, message.payload()), now=now)

    def _end(self, session: Session, workspace_id: str, person: Person, now: datetime) -> None:
        """End the days taken from a status, and have somebody asked, at a decent time, for what they missed by them."""
        today = today_of(person.zone, now)
        taken = away.from_status(session, workspace_id, person.id, today)
        missed = self.being_away.missed(session, workspace_id, person.id, now) if _is_on(taken, today) else []
        for days in taken:
            away.end(session, workspace_id, person.id, days.first, today=today)
            changes.note_person(session, workspace_id, person.id)
        for series, edition_id in missed:
            edition = editions.lock(session, workspace_id, edition_id)
            at = asked_later(session, series, edition, person, now) if edition else None
            if edition and at:
                steps.again(session, edition, PlannedStep(StepKind.ASK, person.id, at))


def _is_on(taken: list[Days], today: date) -> bool:
    return any(today in days for days in taken)
