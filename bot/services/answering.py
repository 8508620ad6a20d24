"""Answering otherwise than by a message: the buttons, and letting somebody off a week."""

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.conversation import open_prompt
from bot.domain.deliveries import Message
from bot.domain.editions import Answer, Edition
from bot.domain.errors import EditionGoneError, NoSeriesHereError
from bot.domain.series import Series
from bot.rendering.receipts import Receipt
from bot.services.asking import Asking
from bot.services.placing import current_edition, find_own, follow, takes_answers
from bot.services.threads import is_broadcast, renew_receipt
from storage import answers, editions, events, people, prompts
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Answering:
    """Does what a contributor asks by a button or a command."""

    database: Database
    clock: Clock
    asking: Asking

    def next(self, workspace_id: str, user_id: str, prompt_id: int, ts: str, *, is_skipped: bool) -> None:
        """Move on from a question, as its button asked at Slack's `ts`. A question already left stays left.

        Raises EditionGoneError.
        """
        now = self.clock.now()
        with self.database.session() as session:
            prompt = prompts.get(session, workspace_id, prompt_id)
            if prompt:
                editions.lock(session, workspace_id, prompt.edition_id, is_shared=True)
                people.lock(session, workspace_id, [user_id])  # what they say at the same time comes before or after
            found = find_own(session, workspace_id, user_id, prompt.edition_id) if prompt else None
            if found and not takes_answers(found[0], found[1], now):
                raise EditionGoneError
            if prompt and found and prompt == open_prompt(found[2]):
                self.asking.move_on(
                    session,
                    found[0],
                    found[1],
                    prompt,
                    now=now,
                    ts=ts,
                    is_skipped=is_skipped,
                    is_broadcast=is_broadcast(session, prompt),
                )

    def nothing(self, workspace_id: str, user_id: str, edition_id: int, *, is_below: bool) -> Message | None:
        """Let a contributor off an edition, as the button asks. Raises EditionGoneError.

        `is_below` says that the button stands below the thread. Returns what is to be said where nothing was open.
        """
        now = self.clock.now()
        with self.database.session() as session:
            found = find_own(session, workspace_id, user_id, edition_id)
            if found and not takes_answers(found[0], found[1], now):
                raise EditionGoneError
            if not found or self.asking.nothing(session, found[0], found[1], user_id, now=now, is_broadcast=is_below):
                return None
            return self.asking.so_far(session, found[0], found[1], user_id, "wrapup")

    def nothing_this_week(self, workspace_id: str, user_id: str, series_id: int) -> str:
        """Let a contributor off the present edition of a series. Returns the sentence for them."""
        now = self.clock.now()
        with self.database.session() as session:
            series = series_store.get(session, workspace_id, series_id)
            edition = current_edition(session, series, now) if series else None
            if series is None or edition is None or user_id not in series.contributors:
                raise NoSeriesHereError
            self.asking.nothing(session, series, edition, user_id, now=now)
            return self.asking.messages.templates.slack("skipped", series=series.name, period=edition.period)

    def keep_inside(
        self, workspace_id: str, user_id: str, answer_id: int, trigger_id: str, *, is_inside: bool
    ) -> Message | None:
        """Keep an answer inside, or not only inside any more. Returns its receipt as it now is."""
        with self.database.session() as session:
            answer = answers.get(session, workspace_id, answer_id)
            edition = editions.get(session, workspace_id, answer.edition_id) if answer else None
            series = series_store.get(session, workspace_id, edition.series_id) if edition else None
            if not (answer and edition and series) or answer.user_id != user_id:
                return None
            if not events.press(session, workspace_id, trigger_id, now=self.clock.now()):
                is_inside = answer.is_inside  # Slack sends it once more, and it may have been decided otherwise since
            return self._set_inside(session, series, edition, answer, f"inside:{trigger_id}", is_inside=is_inside)

    def _set_inside(
        self, session: Session, series: Series, edition: Edition, answer: Answer, occasion: str, *, is_inside: bool
    ) -> Message:
        now = self.clock.now()
        answers.keep_inside(session, answer, is_inside=is_inside)
        follow(session, answer, now)
        kept = Receipt(series, edition, replace(answer, is_inside=is_inside))
        message = self.asking.receipt(session, kept, now=now)
        renew_receipt(session, answer, occasion, message, now=now)
        return message
