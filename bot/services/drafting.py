"""Drafting: the draft in the editors' direct messages, sent once and kept as the note now is."""

import json
from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import Message, Method, Owed
from bot.domain.editions import Edition
from bot.domain.series import Series
from bot.rendering.drafts import Drafts, Stand
from bot.services.away_people import asked_by, away_for
from bot.services.composing import whole_note, zone_of
from bot.services.dates import goes_out_at
from bot.services.laying import Laying
from storage import answers, deliveries, editions, people
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Drafting:
    """Owes drafts to editors, inside a transaction of another service."""

    drafts: Drafts
    laying: Laying

    def send(self, session: Session, series: Series, edition: Edition, user_id: str, *, now: datetime) -> None:
        """Owe an editor the draft: a first message with the buttons, the rest in its thread."""
        for n, message in enumerate(self.messages(session, series, edition, user_id, now), start=1):
            self._owe_part(session, edition, user_id, n, message, now)

    def messages(
        self, session: Session, series: Series, edition: Edition, user_id: str, now: datetime
    ) -> tuple[Message, ...]:
        """Return the whole note as it would be posted, under a line on where it stands, for one editor."""
        given = answers.givers(session, series.workspace_id, edition.id)
        names = people.names(session, series.workspace_id, {*given, *series.contributors, *series.editors})
        waited_for = [person for person in asked_by(session, series) if person not in given]
        away = away_for(session, series, edition, waited_for, now)
        covering = editions.note_of(session, edition)
        due = goes_out_at(session, series, covering)
        note = whole_note(session, series, edition, at=max(now, due)) if given else None
        stand = Stand(
            note=note,
            laid=self.laying.digest(session, series, edition, note, now=now) if note else None,
            given=[names.get(person, person) for person in given],
            missing=[names.get(person, person) for person in waited_for if person not in away],
            away=[names.get(person, person) for person in waited_for if person in away],
            goes_out=self.drafts.templates.words.spoken(due, zone_of(session, series, user_id)),
            covered=covering.period,
            turn=names.get(edition.turn, "") if series.takes_turns else "",
            is_mine=series.takes_turns and edition.turn == user_id and len(series.editors) > 1,
        )
        return self.drafts.draft(series, edition, stand)

    def refresh(self, session: Session, series: Series, edition: Edition, *, now: datetime) -> None:
        """Show the draft as it now is, in every part of it that the editors have."""
        sent = deliveries.keys(session, series.workspace_id, edition_id=edition.id, kind="draft")
        having = [user_id for user_id in series.editors if _key(edition, user_id) in sent]
        if not having:
            return
        revision = edition.draft_revision + 1
        editions.change(session, edition, draft_revision=revision)
        for user_id in having:
            messages = self.messages(session, series, edition, user_id, now)
            for n, message in enumerate(messages, start=1):
                if _key(edition, user_id, n) in sent:
                    self._owe_change(session, edition, user_id, n, message, revision, now)
                else:
                    self._owe_part(session, edition, user_id, n, message, now)
            n = len(messages) + 1
            while _key(edition, user_id, n) in sent:
                self._owe_change(session, edition, user_id, n, self.drafts.plain("part_moved"), revision, now)
                n += 1

    def _owe_part(
        self, session: Session, edition: Edition, user_id: str, n: int, message: Message, now: datetime
    ) -> None:
        thread_key = _key(edition, user_id) if n > 1 else ""
        owed = Owed(
            _key(edition, user_id, n),
            "draft",
            user_id,
            message.payload(),
            thread_key=thread_key,
            edition_id=edition.id,
        )
        deliveries.owe(session, edition.workspace_id, owed, now=now)

    def _owe_change(
        self,
        session: Session,
        edition: Edition,
        user_id: str,
        n: int,
        message: Message,
        revision: int,
        now: datetime,
    ) -> None:
        """Owe the change of one part, unless it says the same already."""
        key, payload = _key(edition, user_id, n), message.payload()
        if deliveries.says(session, edition.workspace_id, key) == json.loads(json.dumps(payload)):
            return
        owed = Owed(
            f"{key}:r{revision}", "change", user_id, payload, Method.UPDATE, target_key=key, edition_id=edition.id
        )
        deliveries.owe(session, edition.workspace_id, owed, now=now)


def _key(edition: Edition, user_id: str, n: int = 1) -> str:
    key = f"edition:{edition.id}:draft:{user_id}"
    return f"{key}:{n}" if n > 1 else key
