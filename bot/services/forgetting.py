"""Forgetting: a person is taken out of everything the bot holds, and out of what it has posted."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.deliveries import Delivery, DeliveryState, Message, Method, Owed
from bot.domain.editions import Answer, Edition, EditionState, Source
from bot.domain.held import Held
from bot.domain.members import Choice
from bot.domain.people import FORGOTTEN
from bot.domain.series import Layout, Series
from bot.services.posting import Posting
from storage import answers, deliveries, editions, forgetting, members, people
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Forgets people."""

    database: Database
    clock: Clock
    posting: Posting

    def held(self, workspace_id: str, user_id: str) -> Held:
        """Return what is held of a person."""
        with self.database.session() as session:
            given = answers.of_person(session, workspace_id, user_id)
            out = _published(session, workspace_id, given)
            waiting = [answer for answer in given if answer.edition_id not in out]
            return Held(
                len(waiting),
                sum(answer.source is Source.JOT for answer in waiting),
                len(given) - len(waiting),
                len(out),
                tuple(series.name for series in series_store.of_contributor(session, workspace_id, user_id)),
                tuple(series.name for series in series_store.of_editor(session, workspace_id, user_id)),
            )

    def forget(self, workspace_id: str, user_id: str, *, keeps_words: bool) -> None:
        """Take a person out of every table. The notes that are out lose their name, or their words with it.

        They are asked no more until they join again. Doing it twice does it once.
        """
        now = self.clock.now()
        with self.database.session() as session:
            given = answers.of_person(session, workspace_id, user_id)
            concerned = sorted(
                {answer.edition_id for answer in given}
                | self._untitle(session, workspace_id, user_id, keeps_words=keeps_words)
                | answers.quoting(session, workspace_id, user_id)
            )
            for edition_id in concerned:
                editions.lock(session, workspace_id, edition_id)
            kept = _published(session, workspace_id, given) if keeps_words else frozenset()
            places = {user_id, people.dm_channel(session, workspace_id, user_id)} - {""}
            stand_in = f"{FORGOTTEN}{secrets.token_hex(6)}"
            forgetting.take_answers(session, workspace_id, user_id, stand_in, kept_editions=kept)
            forgetting.take_deliveries(session, workspace_id, places, concerned)
            stays_out = [each.id for each in series_store.with_member(session, workspace_id, user_id)]
            forgetting.take_rows(session, workspace_id, user_id)
            for series_id in stays_out:  # or a series that asks everyone in its channel would ask them again
                members.choose(session, workspace_id, series_id, user_id, Choice.LEFT, now=now)
            for edition_id in concerned:
                self._renew(session, workspace_id, edition_id, now)
        self.database.wipe()

    def _untitle(self, session: Session, workspace_id: str, user_id: str, *, keeps_words: bool) -> set[int]:
        """Take out the titles and introductions of a series of one, which are nobody else's. Returns the editions."""
        found = set()
        for series in series_store.of_contributor(session, workspace_id, user_id):
            if series.layout is Layout.PERSONAL and series.contributors == (user_id,):
                waiting = editions.unfinished(session, workspace_id, series.id)
                out = [] if keeps_words else editions.latest_published(session, workspace_id, series.id, limit=10_000)
                for edition in (*waiting, *out):
                    if edition.headline or edition.introduction:
                        editions.change(session, edition, headline="", introduction="")
                        found.add(edition.id)
        return found

    def _renew(self, session: Session, workspace_id: str, edition_id: int, now: datetime) -> None:
        """Let everything that shows an edition's note, posted or on its way, show it as it is now."""
        given_to = editions.get(session, workspace_id, edition_id)
        edition = editions.note_of(session, given_to) if given_to else None
        series = series_store.get(session, workspace_id, edition.series_id) if edition else None
        if edition is None or series is None:
            return
        if edition.state is EditionState.PUBLISHED:
            self._renew_digest(session, series, edition, now)
        drafts = forgetting.of_kind(session, workspace_id, edition.id, "draft")
        for editor in {draft.channel for draft in drafts}:
            messages = self.posting.drafting.messages(session, series, edition, editor, now)
            mine = [draft for draft in drafts if draft.channel == editor]
            for place, draft in enumerate(mine):
                is_there = place < len(messages)
                message = messages[place] if is_there else self.posting.drafts.plain("part_moved")
                self._renew_draft(session, draft, message, now)

    def _renew_digest(self, session: Session, series: Series, edition: Edition, now: datetime) -> None:
        self.posting.bring_up_to_date(session, series, edition, now=now)
        for part in forgetting.of_kind(session, series.workspace_id, edition.id, "digest"):
            change = deliveries.find(session, series.workspace_id, f"{part.key}:r{edition.revision + 1}")
            if change:
                forgetting.reword(session, part, dict(change.payload))

    def _renew_draft(self, session: Session, draft: Delivery, message: Message, now: datetime) -> None:
        forgetting.reword(session, draft, message.payload())
        if draft.state is not DeliveryState.FAILED:
            owed = Owed(
                f"{draft.key}:renewed:{now.timestamp():.6f}",
                "change",
                draft.channel,
                message.payload(),
                Method.UPDATE,
                target_key=draft.key,
                edition_id=draft.edition_id,
            )
            deliveries.owe(session, draft.workspace_id, owed, now=now)


def _published(session: Session, workspace_id: str, given: list[Answer]) -> frozenset[int]:
    """Return the editions, of those that answers were given to, whose notes are out."""
    found = (editions.get(session, workspace_id, each) for each in {answer.edition_id for answer in given})
    return frozenset(edition.id for edition in found if edition and edition.published_at)
