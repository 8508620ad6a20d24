"""Drafting: the draft in the editors' direct messages, sent once and kept as the note now is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.deliveries import Delivery, Message, Method, Owed
from bot.domain.editions import Edition
from bot.domain.notes import Note
from bot.domain.permissions import needs_another
from bot.domain.series import Series
from bot.rendering.drafts import Drafts, Stand
from bot.rendering.pages import halvings_below
from bot.services.away_people import asked_by, away_for
from bot.services.composing import whole_note, zone_of
from bot.services.dates import goes_out_at
from bot.services.laying import Laying
from storage import answers, claims, deliveries, editions, failures, people
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
        self,
        session: Session,
        series: Series,
        edition: Edition,
        user_id: str,
        now: datetime,
        *,
        halvings: int = 0,
        is_asked_for: bool = False,
    ) -> tuple[Message, ...]:
        """Return the whole note as it would be posted, under a line on where it stands, for one editor.

        Each message has half of the usual room for each of the `halvings`. One that `is_asked_for` is not kept as the
        note is.
        """
        note = self._note(session, series, edition, now)
        return self._of(session, series, edition, user_id, note, now, halvings=halvings, is_asked_for=is_asked_for)

    def _note(self, session: Session, series: Series, edition: Edition, now: datetime) -> Note | None:
        """Compose what all drafts of an edition show, if anybody has given anything."""
        due = goes_out_at(session, series, editions.note_of(session, edition))
        is_given = answers.givers(session, series.workspace_id, edition.id)
        return whole_note(session, series, edition, at=max(now, due)) if is_given else None

    def _of(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        user_id: str,
        note: Note | None,
        now: datetime,
        *,
        halvings: int = 0,
        is_asked_for: bool = False,
    ) -> tuple[Message, ...]:
        """Return a note under a line on where it stands, for one editor."""
        given = answers.givers(session, series.workspace_id, edition.id)
        names = people.names(session, series.workspace_id, {*given, *series.contributors, *series.editors})
        waited_for = [person for person in asked_by(session, series) if person not in given]
        away = away_for(session, series, edition, waited_for, now)
        covering = editions.note_of(session, edition)
        due = goes_out_at(session, series, covering)
        stand = Stand(
            note=note,
            laid=self.laying.digest(session, series, edition, note, now=now) if note else None,
            given=[names.get(person, person) for person in given],
            missing=[names.get(person, person) for person in waited_for if person not in away],
            away=[names.get(person, person) for person in waited_for if person in away],
            goes_out=self.drafts.templates.words.spoken(due, zone_of(session, series, user_id)),
            covered=covering.period,
            turn=names.get(edition.turn, "") if series.takes_turns else "",
            edited_by=names.get(edition.edited_by, "") if needs_another(series, edition) else "",
            is_refused=failures.is_refused(session, series.workspace_id, covering.id),
            is_asked_for=is_asked_for,
            is_edited_by_me=edition.edited_by == user_id,
            is_mine=series.takes_turns and edition.turn == user_id and len(series.editors) > 1,
        )
        return self.drafts.draft(series, edition, stand, halvings=halvings)

    def refresh(
        self, session: Session, series: Series, edition: Edition, *, now: datetime, note: Note | None = None
    ) -> None:
        """Show the draft as it now is, in every part of it that the editors have: `note`, if that is known already."""
        having = self._having(session, series, edition)
        if not having:
            return
        revised = _revised(session, edition)
        note = note or self._note(session, series, edition, now)
        for user_id in having:
            messages = self._of(session, series, edition, user_id, note, now)
            self._say(session, revised, user_id, messages, now)

    def refit(self, session: Session, series: Series, edition: Edition, refused: Delivery, *, now: datetime) -> bool:
        """Show a draft in smaller messages, of which Slack found one too long. Returns False where that is no help."""
        halvings = halvings_below(refused.payload.get("blocks") or ())
        whose = [each for each in self._having(session, series, edition) if _is_of(refused, edition, each)]
        if halvings is None or not whose:
            return False
        claims.lock(session, series.workspace_id)
        messages = self.messages(session, series, edition, whose[0], now, halvings=halvings)
        self._say(session, _revised(session, edition), whose[0], messages, now, refused=refused)
        return True

    def _having(self, session: Session, series: Series, edition: Edition) -> list[str]:
        """Return the editors who have the draft."""
        sent = deliveries.keys(session, series.workspace_id, edition_id=edition.id, kind="draft")
        return [user_id for user_id in series.editors if _key(edition, user_id) in sent]

    def _say(
        self,
        session: Session,
        edition: Edition,
        user_id: str,
        messages: Sequence[Message],
        now: datetime,
        *,
        refused: Delivery | None = None,
    ) -> None:
        """Owe the parts of an editor's draft: those they have change, others are new. What was `refused` goes anew."""
        sent = deliveries.keys(session, edition.workspace_id, edition_id=edition.id, kind="draft")
        parts = {_key(edition, user_id, n): n for n in range(1, len(sent) + len(messages) + 1)}
        for key, n in parts.items():
            if n > len(messages) and key not in sent:
                continue
            message = messages[n - 1] if n <= len(messages) else self.drafts.plain("part_moved")
            unsent = refused.key if refused and refused.target_key == key else key
            if refused and deliveries.say_instead(session, edition.workspace_id, unsent, message.payload(), now=now):
                continue
            if key in sent:
                self._owe_change(session, edition, user_id, n, message, now)
            else:
                self._owe_part(session, edition, user_id, n, message, now)

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
        now: datetime,
    ) -> None:
        """Owe the change of one part, unless it says the same already."""
        key, payload = _key(edition, user_id, n), message.payload()
        if deliveries.says(session, edition.workspace_id, key) == json.loads(json.dumps(payload)):
            return
        owed = Owed(
            f"{key}:r{edition.draft_revision}",
            "change",
            user_id,
            payload,
            Method.UPDATE,
            target_key=key,
            edition_id=edition.id,
        )
        deliveries.owe(session, edition.workspace_id, owed, now=now)


def _revised(session: Session, edition: Edition) -> Edition:
    """Count another revision of an edition's draft."""
    revised = replace(edition, draft_revision=edition.draft_revision + 1)
    editions.change(session, edition, draft_revision=revised.draft_revision)
    return revised


def _is_of(delivery: Delivery, edition: Edition, user_id: str) -> bool:
    """Say whether a delivery is a part of somebody's draft, or changes one."""
    return f"{delivery.target_key or delivery.key}:".startswith(f"{_key(edition, user_id)}:")


def _key(edition: Edition, user_id: str, n: int = 1) -> str:
    key = f"edition:{edition.id}:draft:{user_id}"
    return f"{key}:{n}" if n > 1 else key
