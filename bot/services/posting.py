"""Posting: the digest to the channel, and changes of what is posted already."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.deliveries import Delivery, Message, Method, Owed
from bot.domain.editions import Edition, EditionState
from bot.domain.notes import Note
from bot.domain.permissions import needs_another
from bot.domain.rota import had_turn, queue
from bot.domain.series import Series
from bot.rendering.drafts import Drafts
from bot.rendering.environments import Templates
from bot.rendering.note_blocks import note_messages
from bot.rendering.pages import halvings_below
from bot.services.away_people import away_for
from bot.services.composing import whole_note
from bot.services.dates import next_goes_out_at
from bot.services.drafting import Drafting
from storage import answers, claims, deliveries, editions, people
from storage import series as series_store
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Posting:
    """Owes notes to Slack, inside a transaction of another service."""

    drafting: Drafting

    @property
    def drafts(self) -> Drafts:
        """Return what makes messages for editors."""
        return self.drafting.drafts

    def send_draft(self, session: Session, series: Series, edition: Edition, *, now: datetime) -> None:
        """Owe the draft by direct message to the editor whose turn it is, or to all of them."""
        editors = self._to_whom(session, series, edition, now)
        present = editions.get(session, series.workspace_id, edition.id) or edition
        for user_id in editors:
            self.drafting.send(session, series, present, user_id, now=now)

    def _to_whom(self, session: Session, series: Series, edition: Edition, now: datetime) -> tuple[str, ...]:
        """Return who gets the draft. Somebody away keeps their turn for the next note, and all the others take this."""
        line = queue(series.rota, series.editors)
        if not series.takes_turns or len(line) == 1:
            return series.editors
        turn = edition.turn if edition.turn in line else line[0]
        if away_for(session, series, edition, [turn], now):
            return series.editors
        if not edition.turn:
            editions.change(session, edition, turn=turn)
            series_store.set_rota(session, series.workspace_id, series.id, had_turn(line, turn))
        return (turn,)

    def refresh(self, session: Session, series: Series, edition: Edition, *, now: datetime) -> None:
        """Let everything that shows an edition's note show it as it is now: the posted note, and the drafts."""
        present = editions.get(session, series.workspace_id, edition.id) or edition
        if present.state is EditionState.PUBLISHED:
            self.bring_up_to_date(session, series, present, now=now)
        self.drafting.refresh(session, series, present, now=now)

    def post_when_due(self, session: Session, series: Series, edition: Edition, *, now: datetime) -> None:
        """Do what the publishing step asks: post, wait for an editor, or let an empty edition go."""
        if edition.state in {EditionState.PUBLISHED, EditionState.SKIPPED}:
            return
        if not answers.givers(session, series.workspace_id, edition.id):
            editions.change(session, edition, state=EditionState.SKIPPED.value)
            self._tell_editors(session, series, edition, "nothing_to_post", now)
            self.refresh(session, series, edition, now=now)
        elif edition.is_held or series.needs_approval or needs_another(series, edition):
            editions.change(session, edition, state=EditionState.CLOSED.value)
            self._tell_waiting(session, series, edition, now)
        else:
            self.post(session, series, edition, now=now)

    def post(self, session: Session, series: Series, edition: Edition, *, now: datetime) -> str:
        """Record the edition's number and owe its digest. Returns the note's title."""
        editions.freeze_questions(session, edition)
        series = series_store.lock(session, series.workspace_id, series.id) or series  # its next number is ours now
        note = whole_note(session, series, edition, at=now)
        editions.record_published(
            session,
            edition,
            number=note.number,
            season=series.numbering.season,
            episode=series.numbering.episode,
            count=series.numbering.count,
            now=now,
        )
        following = replace(series.numbering, episode=series.numbering.episode + 1, count=series.numbering.count + 1)
        series_store.set_numbering(session, series.workspace_id, series.id, following)
        messages = self._messages(session, series, edition, note, now)
        for n, message in enumerate(messages, start=1):
            self._owe_part(session, series, edition, n, message, now)
        out = editions.get(session, series.workspace_id, edition.id) or edition
        self.drafting.refresh(session, series, out, now=now, note=note)
        return note.title

    def bring_up_to_date(self, session: Session, series: Series, edition: Edition, *, now: datetime) -> str:
        """Owe the changes that make the posted note match what is stored now. Returns the note's title."""
        revision = edition.revision + 1
        editions.change(session, edition, revision=revision)
        note = whole_note(session, series, edition)
        messages = self._messages(session, series, edition, note, now)
        posted = deliveries.keys(session, series.workspace_id, edition_id=edition.id, kind="digest")
        for n, message in enumerate(messages, start=1):
            key = f"edition:{edition.id}:digest:{n}"
            if key in posted:
                self._owe_change(session, series, edition, key, revision, message, now)
            else:
                self._owe_part(session, series, edition, n, message, now)
        for n in range(len(messages) + 1, len(posted) + 1):
            key = f"edition:{edition.id}:digest:{n}"
            empty = self.drafts.plain("part_moved")
            self._owe_change(session, series, edition, key, revision, empty, now)
        return note.title

    def refit(self, session: Session, series: Series, edition: Edition, refused: Delivery, *, now: datetime) -> bool:
        """Tell a note in smaller messages, of which Slack found one too long. Returns False where that is no help."""
        halvings = halvings_below(refused.payload.get("blocks") or ())
        if halvings is None:
            return False
        claims.lock(session, series.workspace_id)
        halvings = max(halvings, edition.halvings)
        editions.change(session, edition, revision=edition.revision + 1, halvings=halvings)
        note = whole_note(session, series, edition)
        posted = deliveries.keys(session, series.workspace_id, edition_id=edition.id, kind="digest")
        messages = self._messages(session, series, replace(edition, halvings=halvings), note, now)
        for n, message in enumerate(messages, start=1):
            key = f"edition:{edition.id}:digest:{n}"
            unsent = refused.key if refused.target_key == key else key
            if deliveries.say_instead(session, series.workspace_id, unsent, message.payload(), now=now):
                continue
            if key in posted:
                self._owe_change(session, series, edition, key, edition.revision + 1, message, now)
            else:
                self._owe_part(session, series, edition, n, message, now)
        return True

    def _messages(
        self, session: Session, series: Series, edition: Edition, note: Note, now: datetime
    ) -> tuple[Message, ...]:
        """Return the note as the channel reads it: in house style, where the series has one that can be used."""
        laid = self.drafting.laying.digest(session, series, edition, note, now=now)
        footer = self._footer(session, series, edition, note)
        return note_messages(note, self.templates, footer=footer, laid=laid, halvings=edition.halvings)

    def _footer(self, session: Session, series: Series, edition: Edition, note: Note) -> str:
        following = next_goes_out_at(session, series, edition)
        next_day = following.astimezone(ZoneInfo(series.cadence.zone)).date()
        return self.templates.slack("footer", next_date=self.templates.words.day(next_day), is_empty=note.is_empty)

    @property
    def templates(self) -> Templates:
        """Return the catalogue."""
        return self.drafts.templates

    def _owe_part(
        self, session: Session, series: Series, edition: Edition, n: int, message: Message, now: datetime
    ) -> None:
        owed = Owed(
            f"edition:{edition.id}:digest:{n}",
            "digest",
            series.channel_id,
            message.payload(),
            thread_key=f"edition:{edition.id}:digest:1" if n > 1 else "",
            edition_id=edition.id,
        )
        deliveries.owe(session, series.workspace_id, owed, now=now)

    def _owe_change(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        key: str,
        revision: int,
        message: Message,
        now: datetime,
    ) -> None:
        """Owe the change of one part, unless it says the same already: readers see of each that it was edited."""
        payload = message.payload()
        if deliveries.says(session, series.workspace_id, key) == json.loads(json.dumps(payload)):
            return
        owed = Owed(
            f"{key}:r{revision}",
            "change",
            series.channel_id,
            payload,
            Method.UPDATE,
            target_key=key,
            edition_id=edition.id,
        )
        deliveries.owe(session, series.workspace_id, owed, now=now)

    def _tell_waiting(self, session: Session, series: Series, edition: Edition, now: datetime) -> None:
        """Tell the editors what a note waits for, that was due to go out."""
        names = people.names(session, series.workspace_id, {edition.edited_by} - {""})
        self._tell_editors(
            session,
            series,
            edition,
            "waiting",
            now,
            is_held=edition.is_held,
            edited_by=names.get(edition.edited_by, "") if needs_another(series, edition) else "",
            is_alone=len(series.editors) == 1,
        )

    def ask_others(self, session: Session, series: Series, edition: Edition, user_id: str, now: datetime) -> list[str]:
        """Owe the other editors the draft, and the request to publish it. Returns their names."""
        others = [each for each in series.editors if each != user_id]
        names = people.names(session, series.workspace_id, series.editors)
        for each in others:
            self.drafting.send(session, series, edition, each, now=now)
            message = self.drafts.asked_for_eyes(series, edition, names[user_id])
            key = f"edition:{edition.id}:eyes:{each}:{edition.draft_revision}"
            owed = Owed(key, "notice", each, message.payload(), edition_id=edition.id)
            deliveries.owe(session, series.workspace_id, owed, now=now)
        return [names[each] for each in others]

    def _tell_editors(
        self, session: Session, series: Series, edition: Edition, template: str, now: datetime, **values: object
    ) -> None:
        for user_id in series.editors:
            about = {"series": series.name, "period": edition.period, "is_edited_by_me": edition.edited_by == user_id}
            message = self.drafts.plain(template, **about, **values)
            key = f"edition:{edition.id}:{template}:{user_id}"
            owed = Owed(key, "notice", user_id, message.payload(), edition_id=edition.id)
            deliveries.owe(session, series.workspace_id, owed, now=now)
