"""Answering otherwise than by a message: the buttons, the form, and letting somebody off a week."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from bot.clock import Clock
from bot.domain.conversation import open_prompt, question_with
from bot.domain.deliveries import Message
from bot.domain.editions import Answer, Edition, Source
from bot.domain.errors import EditionGoneError, NoSeriesHereError
from bot.domain.richtext import parse, plain
from bot.domain.series import Series
from bot.rendering.filters import escape_mrkdwn
from bot.rendering.receipts import Receipt
from bot.services.asking import Asking
from bot.services.placing import current_edition, find_own, follow, takes_answers
from storage import answers, editions, prompts
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Answering:
    """Does what a contributor asks by a button, a form or a command."""

    database: Database
    clock: Clock
    asking: Asking

    def next(self, workspace_id: str, user_id: str, prompt_id: int, *, is_skipped: bool) -> None:
        """Move on from a question, as its button asks. A question already left stays left. Raises EditionGoneError."""
        now = self.clock.now()
        with self.database.session() as session:
            prompt = prompts.get(session, workspace_id, prompt_id)
            found = find_own(session, workspace_id, user_id, prompt.edition_id) if prompt else None
            if found and not takes_answers(found[0], found[1], now):
                raise EditionGoneError
            if prompt and found and prompt == open_prompt(found[2]):
                self.asking.move_on(session, found[0], found[1], prompt, now=now, is_skipped=is_skipped)

    def nothing(self, workspace_id: str, user_id: str, edition_id: int) -> None:
        """Let a contributor off an edition, as the button asks."""
        now = self.clock.now()
        with self.database.session() as session:
            found = find_own(session, workspace_id, user_id, edition_id)
            if found:
                self.asking.nothing(session, found[0], found[1], user_id, now=now)

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
            return self._set_inside(session, series, edition, answer, f"inside:{trigger_id}", is_inside=is_inside)

    def form_of(self, workspace_id: str, user_id: str, edition_id: int) -> tuple[Series, Edition, list[Answer]]:
        """Return what the form shows: the edition and what this contributor has given so far.

        Raises EditionGoneError when the edition does not take their answers.
        """
        with self.database.session() as session:
            series, edition = self._open(session, workspace_id, user_id, edition_id)
            return series, edition, answers.of_edition(session, workspace_id, edition_id, user_id)

    def save_form(
        self,
        workspace_id: str,
        user_id: str,
        edition_id: int,
        view_id: str,
        given: Mapping[str, Mapping[str, Any] | None],
        inside: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        """Store the form: `answer:ID` inputs change or remove an answer, `new:KEY` inputs add one.

        The values are `rich_text` blocks; None or an empty one removes. `inside` says of inputs whether their
        words stay inside. Raises EditionGoneError.
        """
        with self.database.session() as session:
            series, edition = self._open(session, workspace_id, user_id, edition_id)
            mine = {answer.id: answer for answer in answers.of_edition(session, workspace_id, edition_id, user_id)}
            for name, block in given.items():
                kind, _, rest = name.partition(":")
                if kind == "new":
                    self._add(session, edition, user_id, view_id, rest, block, is_inside=inside.get(name, False))
                elif rest.isdecimal() and int(rest) in mine:
                    self._change(session, mine[int(rest)], block)
                    self._mark(session, series, edition, mine[int(rest)], is_inside=inside.get(name))

    def _open(self, session: Session, workspace_id: str, user_id: str, edition_id: int) -> tuple[Series, Edition]:
        editions.lock(session, workspace_id, edition_id, is_shared=True)  # it must not end in the meantime
        found = find_own(session, workspace_id, user_id, edition_id)
        if not found or not takes_answers(found[0], found[1], self.clock.now()):
            raise EditionGoneError
        return found[0], found[1]

    def _add(
        self,
        session: Session,
        edition: Edition,
        user_id: str,
        view_id: str,
        question_key: str,
        block: Mapping[str, Any] | None,
        *,
        is_inside: bool,
    ) -> None:
        words = _words_of(block)
        if not words.strip() or block is None or question_with(edition.questions, question_key) is None:
            return
        source_key = f"form:{view_id}:{question_key}"
        answer = answers.record(
            session,
            edition.workspace_id,
            source_key=source_key,
            edition_id=edition.id,
            user_id=user_id,
            question_key=question_key,
            source=Source.FORM,
            text=escape_mrkdwn(words),
            blocks=[block],
            given_at=self.clock.now(),
            is_inside=is_inside,
        )
        if answer:
            follow(session, answer, self.clock.now())
            return
        before = answers.from_source(session, edition.workspace_id, source_key)
        if before:  # the form is sent once more: nobody knew that it had arrived
            self._change(session, before, block)

    def _mark(
        self, session: Session, series: Series, edition: Edition, before: Answer, *, is_inside: bool | None
    ) -> None:
        """Keep whether an answer stays inside, where the form says so and has changed it."""
        now = self.clock.now()
        answer = answers.get(session, before.workspace_id, before.id)
        if answer and is_inside is not None and answer.is_inside != is_inside:
            self._set_inside(session, series, edition, answer, f"inside:{now.timestamp():.6f}", is_inside=is_inside)

    def _set_inside(
        self, session: Session, series: Series, edition: Edition, answer: Answer, occasion: str, *, is_inside: bool
    ) -> Message:
        now = self.clock.now()
        answers.keep_inside(session, answer, is_inside=is_inside)
        follow(session, answer, now)
        kept = Receipt(series, edition, replace(answer, is_inside=is_inside))
        message = self.asking.receipt(session, kept, now=now)
        self.asking.renew_receipt(session, answer, occasion, message, now=now)
        return message

    def _change(self, session: Session, answer: Answer, block: Mapping[str, Any] | None) -> None:
        now = self.clock.now()
        words = _words_of(block)
        if block is None or not words.strip():
            if not answer.files:
                answers.delete(session, answer)
                follow(session, answer, now)
        elif parse("", [block]) != parse(answer.text, answer.blocks):
            version = f"{now.timestamp():.6f}"
            text = escape_mrkdwn(words)
            answers.reword(session, answer, text=text, blocks=[block], files=answer.files, version=version, now=now)
            follow(session, answer, now)


def _words_of(block: Mapping[str, Any] | None) -> str:
    return plain(parse("", [block])) if block else ""
