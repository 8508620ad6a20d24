"""Jotting: keeping what people want to remember, letting it go to another of their weeknotes, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.conversation import question_for_jot, question_with
from bot.domain.deliveries import Message, Method
from bot.domain.editions import Answer, Edition, Source
from bot.domain.errors import NoSeriesHereError, NothingToKeepError
from bot.domain.incoming import Jot, deletion_id
from bot.domain.richtext import parse, plain
from bot.domain.series import Series
from bot.rendering.receipts import Receipt
from bot.services.administering import Administering
from bot.services.asking import Asking
from bot.services.placing import Choice, choose_series, edition_for_jot, follow, jot_day
from bot.services.threads import renew_receipt, tick_of
from storage import answers, deliveries, editions, events, jots, workspaces
from storage import series as series_store
from storage.database import Database, Session

Mine = tuple[Series, Edition, Answer]
"""An answer of the person who asks, with its edition and series."""


@dataclass(frozen=True, slots=True)
class Jotting:
    """Keeps jots, moves them and removes them."""

    database: Database
    clock: Clock
    asking: Asking
    administering: Administering

    def keep(self, jot: Jot) -> Message:
        """Keep a jot in the likeliest of somebody's series, and return the receipt, which asks where that is not sure.

        Keeping the same message again keeps it once, unless it was removed since. Raises WeeknotesError.
        """
        if not (plain(parse(jot.text, jot.blocks)).strip() or jot.files):
            raise NothingToKeepError
        now = self.clock.now()
        with self.database.session() as session:
            here = series_store.in_channel(session, jot.workspace_id, jot.channel_id)
            choice = choose_series(session, jot.workspace_id, jot.user_id, now, here=here.id if here else 0)
            if choice:
                return self._record(session, jot, choice, now)
        self.administering.find_series(jot.workspace_id, jot.channel_id, jot.user_id, "jot")  # it says what is missing
        raise NoSeriesHereError

    def move(
        self,
        workspace_id: str,
        user_id: str,
        answer_id: int,
        occasion: str,
        *,
        question_key: str = "",
        series_id: int = 0,
    ) -> Message | None:
        """Let somebody's answer count for another question of its edition, or for another of their series.

        That series then gets what else they jot today. Returns the receipt as it now is.
        """
        now = self.clock.now()
        with self.database.session() as session:
            found = self._mine(session, workspace_id, user_id, answer_id)
            if found is None:
                return None
            if not events.press(session, workspace_id, occasion, now=now):  # it may have been moved on since
                return self.asking.receipt(session, Receipt(*found), now=now)
            if series_id:
                return self._move_to_series(session, found, series_id, occasion, now)
            series, edition, answer = found
            if question_with(edition.questions, question_key) is None:
                return None
            answers.move(session, answer, question_key=question_key)
            return self._moved(session, series, edition, answer, occasion, now, is_chosen=False)

    def remove(self, workspace_id: str, user_id: str, answer_id: int, occasion: str) -> Message:
        """Take an answer back, wherever it was listed, and return what is to be said about it. It cannot come back."""
        now = self.clock.now()
        messages = self.asking.messages
        with self.database.session() as session:
            found = self._mine(session, workspace_id, user_id, answer_id)
            if found is None:
                return messages.plain("jot_gone")
            series, edition, answer = found
            answers.delete(session, answer)
            if answer.ts:  # its message stays, and so may be edited
                events.receive(session, workspace_id, deletion_id(answer.channel_id, answer.ts), now=now)
                self._untick(session, answer, now)
            follow(session, answer, now, is_taken_back=True)
            gone = messages.plain("receipt_removed", series=series.name, period=edition.period)
            renew_receipt(session, answer, f"removed:{occasion}", gone, now=now)
            count = len(answers.of_edition(session, workspace_id, edition.id, user_id))
            return messages.plain("jot_removed", series=series.name, period=edition.period, count=count)

    def _untick(self, session: Session, answer: Answer, now: datetime) -> None:
        """Take back the ✅ that says a message is kept."""
        if deliveries.find(session, answer.workspace_id, f"answer:{answer.id}:tick"):
            deliveries.owe(session, answer.workspace_id, tick_of(answer, Method.UNREACT), now=now)

    def _record(self, session: Session, jot: Jot, choice: Choice, now: datetime) -> Message:
        """Keep a jot, or find it kept. A removed one is kept anew when it is saved anew, not when Slack repeats."""
        is_new = events.receive(session, jot.workspace_id, f"jot:{jot.occasion}", now=now)
        keys = (jot.source_key, f"{jot.source_key}:{jot.occasion}")
        before = next((found for key in keys if (found := answers.from_source(session, jot.workspace_id, key))), None)
        if before or not is_new:
            return self._again(session, before, now, is_again=is_new, is_asking=not (is_new or choice.is_sure))
        is_removed = answers.is_known(session, jot.workspace_id, jot.source_key)
        question = question_for_jot(choice.edition.questions, jot.text)
        workspace = workspaces.get(session, jot.workspace_id)
        answer = answers.record(
            session,
            jot.workspace_id,
            source_key=keys[is_removed],
            edition_id=choice.edition.id,
            user_id=jot.user_id,
            question_key=question.key,
            source=Source.JOT,
            text=jot.text,
            blocks=jot.blocks,
            files=jot.files,
            given_at=now,
            permalink=workspace.permalink(jot.channel_id, jot.ts, jot.thread_ts) if workspace else "",
            said_by=jot.said_by,
        )
        if answer is None:
            return self._again(session, None, now, is_again=True, is_asking=False)
        follow(session, answer, now)
        count = len(answers.of_edition(session, jot.workspace_id, choice.edition.id, jot.user_id))
        kept = Receipt(choice.series, choice.edition, answer, count=count, is_asking=not choice.is_sure)
        return self.asking.receipt(session, kept, now=now)

    def _again(
        self, session: Session, before: Answer | None, now: datetime, *, is_again: bool, is_asking: bool
    ) -> Message:
        """Return the receipt of something that is kept already, or that it is gone."""
        found = self._mine(session, before.workspace_id, before.user_id, before.id) if before else None
        if found is None:
            return self.asking.messages.plain("jot_gone")
        return self.asking.receipt(session, Receipt(*found, is_again=is_again, is_asking=is_asking), now=now)

    def _move_to_series(
        self, session: Session, found: Mine, series_id: int, occasion: str, now: datetime
    ) -> Message | None:
        """Let an answer count for another series, or confirm the one it is in; and remember the choice for the day."""
        before, edition, answer = found
        series = series_store.get(session, answer.workspace_id, series_id)
        if series is None or answer.user_id not in series.contributors:
            return None
        if series.id != before.id:
            edition = self._move(session, series, answer, now)
        day = jot_day(session, answer.workspace_id, answer.user_id, now)
        jots.choose(session, answer.workspace_id, answer.user_id, series.id, day)
        return self._moved(session, series, edition, answer, occasion, now, is_chosen=True)

    def _move(self, session: Session, series: Series, answer: Answer, now: datetime) -> Edition:
        edition = edition_for_jot(session, series, now)
        question = question_for_jot(edition.questions, answer.text)
        answers.move(session, answer, question_key=question.key, edition_id=edition.id)
        follow(session, answer, now, is_taken_back=True)
        return edition

    def _moved(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        before: Answer,
        occasion: str,
        now: datetime,
        *,
        is_chosen: bool,
    ) -> Message:
        """Bring everything up to date that shows an answer where it now is, and return its receipt."""
        answer = answers.get(session, before.workspace_id, before.id) or before
        follow(session, answer, now)
        is_moved = (answer.edition_id, answer.question_key) != (before.edition_id, before.question_key)
        receipt = Receipt(series, edition, answer, is_moved=is_moved, is_chosen=is_chosen)
        message = self.asking.receipt(session, receipt, now=now)
        renew_receipt(session, answer, f"moved:{occasion}", message, now=now)
        return message

    def _mine(self, session: Session, workspace_id: str, user_id: str, answer_id: int) -> Mine | None:
        """Return an answer with its edition and series, if it is this person's."""
        answer = answers.get(session, workspace_id, answer_id)
        edition = editions.get(session, workspace_id, answer.edition_id) if answer else None
        series = series_store.get(session, workspace_id, edition.series_id) if edition else None
        return (series, edition, answer) if series and edition and answer and answer.user_id == user_id else None
