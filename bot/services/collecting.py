"""Collecting: what people say becomes answers, each kept as it arrives."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.conversation import Control, control_in, moves_on_by_itself, open_prompt, question_after
from bot.domain.deliveries import Owed
from bot.domain.editions import Answer, Source
from bot.domain.incoming import Said, deletion_id, message_id
from bot.domain.inside import has_inside_lines
from bot.domain.richtext import parse
from bot.rendering.receipts import Receipt
from bot.services.asking import Asking
from bot.services.placing import Place, find_place, follow
from bot.services.threads import in_thread, receipt_key, tick_of
from storage import answers, deliveries, events, workspaces
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Collecting:
    """Keeps answers, and moves conversations on."""

    database: Database
    clock: Clock
    asking: Asking

    def record(self, said: Said) -> None:
        """Keep what a person sent to the bot, or do what its plain word asks. The same message again does nothing."""
        now = self.clock.now()
        with self.database.session() as session:
            if not events.receive(session, said.workspace_id, message_id(said.channel_id, said.ts), now=now):
                return
            place = find_place(session, said, now)
            control = None if said.files else control_in(said.text, self.asking.messages.templates.vocabulary)
            if place is None:
                self._say(session, said, "nowhere", now)
            elif control and place.missed:
                self._say(session, said, "nothing_open", now)
            elif control:
                self._steer(session, said, place, control, now)
            else:
                self._keep(session, said, place, now)

    def edit(self, said: Said) -> None:
        """Let an answer follow an edit of its message.

        A message never seen, or one that was a plain word before, is recorded as it now is.
        """
        now = self.clock.now()
        is_unseen = False
        with self.database.session() as session:
            key = answers.message_key(said.channel_id, said.ts)
            answer = answers.from_source(session, said.workspace_id, key)
            if answer and answer.user_id == said.user_id:
                is_newer = answers.reword(
                    session, answer, text=said.text, blocks=said.blocks, files=said.files, version=said.version, now=now
                )
                if is_newer:
                    follow(session, answer, now)
            elif answer is None and not answers.is_known(session, said.workspace_id, key):
                is_unseen = self._may_become_answer(session, said)
            elif answer is None:
                self._revive(session, said, key, now)
        if is_unseen:
            self.record(said)

    def _revive(self, session: Session, said: Said, key: str, now: datetime) -> None:
        """Bring an answer back that was taken out in the form, since its message, which is still there, was edited."""
        if events.is_received(session, said.workspace_id, deletion_id(said.channel_id, said.ts)):
            return
        answer = answers.revive(
            session,
            (said.workspace_id, said.user_id, key),
            text=said.text,
            blocks=said.blocks,
            files=said.files,
            version=said.version,
            now=now,
        )
        if answer:
            follow(session, answer, now)

    def _may_become_answer(self, session: Session, said: Said) -> bool:
        """Say whether an edited message that is no answer is recorded: not once deleted, nor a plain word twice."""
        received = message_id(said.channel_id, said.ts)
        if not events.is_received(session, said.workspace_id, received):
            return True
        is_deleted = events.is_received(session, said.workspace_id, deletion_id(said.channel_id, said.ts))
        if is_deleted or control_in(said.text, self.asking.messages.templates.vocabulary):
            return False
        events.forget(session, said.workspace_id, received)
        return True

    def delete(self, workspace_id: str, user_id: str, channel_id: str, ts: str) -> None:
        """Let an answer go with its message, even when the message itself is still to be delivered."""
        now = self.clock.now()
        with self.database.session() as session:
            events.receive(session, workspace_id, message_id(channel_id, ts), now=now)
            events.receive(session, workspace_id, deletion_id(channel_id, ts), now=now)
            answer = answers.from_source(session, workspace_id, answers.message_key(channel_id, ts))
            if answer and answer.user_id == user_id:
                answers.delete(session, answer)
                follow(session, answer, now, is_taken_back=True)

    def _steer(self, session: Session, said: Said, place: Place, control: Control, now: datetime) -> None:
        """Do what a plain word asks."""
        whose = (session, place.series, place.edition)
        is_below = place.source is not Source.THREAD
        if control is Control.NOTHING:
            if not self.asking.nothing(*whose, said.user_id, now=now, ts=said.ts, is_broadcast=is_below):
                self._say(session, said, "skipped", now, series=place.series.name, period=place.edition.period)
            return
        current = open_prompt(place.prompts)
        if current is None:
            has_moved = False
        elif control is Control.DONE:
            has_moved = self.asking.finish(*whose, said.user_id, now=now, ts=said.ts, is_broadcast=is_below)
        else:
            has_moved = self.asking.move_on(
                *whose, current, now=now, ts=said.ts, is_skipped=control is Control.SKIP, is_broadcast=is_below
            )
        if not has_moved:
            self._say(session, said, "nothing_open", now)

    def _keep(self, session: Session, said: Said, place: Place, now: datetime) -> None:
        """Store an answer, acknowledge it, and move on where one reply is all the question waits for."""
        answer = answers.record_said(
            session, said, edition_id=place.edition.id, question_key=place.question.key, source=place.source
        )
        if answer is None:
            return
        self._acknowledge(session, place, answer, said.thread_ts, now)
        follow(session, answer, now)
        current = open_prompt(place.prompts)
        if current and current.question_key == answer.question_key and moves_on_by_itself(place.question):
            self.asking.move_on(
                session,
                place.series,
                place.edition,
                current,
                now=now,
                ts=answer.ts,
                is_broadcast=place.source is Source.MESSAGE,
            )

    def _acknowledge(self, session: Session, place: Place, answer: Answer, thread_ts: str, now: datetime) -> None:
        """Tick the message; say more where it is not plain for what it counts, or where the bot may not react."""
        workspace = workspaces.get(session, answer.workspace_id)
        can_react = workspace is not None and workspace.can_react
        if can_react:
            deliveries.owe(session, answer.workspace_id, tick_of(answer), now=now)
        is_special = place.is_late or place.missed or (place.series.is_paused and place.source is Source.JOT)
        is_plain = not is_special and not has_inside_lines(parse(answer.text, answer.blocks))
        if can_react and is_plain and place.source in {Source.THREAD, Source.JOT} and not place.others:
            return
        current = open_prompt(place.prompts)
        can_go_on = current is not None and not moves_on_by_itself(place.question)
        is_last = current is not None and question_after(place.edition.questions, current.position) is None
        receipt = Receipt(place.series, place.edition, answer, missed=place.missed)
        receipt = replace(receipt, can_go_on=can_go_on, is_last=is_last, is_asking=not place.is_sure)
        message = self.asking.receipt(session, receipt, now=now)
        key = receipt_key(answer.id)
        if place.source is Source.THREAD:
            owed = in_thread(place.prompts[0], key, "receipt", message)
        else:
            thread_ts = thread_ts if place.missed else ""
            owed = Owed(
                key, "receipt", answer.channel_id, message.payload(), thread_ts=thread_ts, edition_id=answer.edition_id
            )
        deliveries.owe(session, answer.workspace_id, owed, now=now)

    def _say(self, session: Session, said: Said, template: str, now: datetime, **values: object) -> None:
        """Answer a message that was not an answer with a sentence."""
        message = self.asking.messages.plain(template, **values)
        owed = Owed(
            f"message:{said.channel_id}:{said.ts}:{template}",
            "reply",
            said.channel_id,
            message.payload(),
            thread_ts=said.thread_ts,
        )
        deliveries.owe(session, said.workspace_id, owed, now=now)
