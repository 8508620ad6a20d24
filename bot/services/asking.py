"""Putting questions to a contributor: the opening message, the next question, the end."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conversation import moves_on_by_itself, open_prompt, question_after
from bot.domain.deliveries import Message, Method, Owed
from bot.domain.editions import Edition, Prompt, PromptState, Source
from bot.domain.series import Series
from bot.rendering.messages import Messages
from bot.rendering.receipts import Receipt, receipt_message
from bot.services.composing import own_note, quoted_names, zone_of
from bot.services.dates import goes_out_at
from bot.services.placing import current_edition, take_along
from bot.services.threads import in_thread
from storage import answers, deliveries, editions, prompts
from storage import series as series_store
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Asking:
    """Moves one contributor's conversation on, inside a transaction of another service."""

    messages: Messages

    def open_thread(self, session: Session, series: Series, edition: Edition, user_id: str, *, now: datetime) -> bool:
        """Put the first question to a contributor, opening their thread. Does nothing when that was done before."""
        editions.start_collecting(session, edition)
        if prompts.of_person(session, edition.workspace_id, edition.id, user_id):
            return False
        prompt = prompts.put(session, edition, user_id, 0, edition.questions[0].key)
        if prompt is None:
            return False
        self._leave_earlier(session, series, edition, user_id, now=now)
        message = self._opening(session, series, edition, prompt, is_open=True)
        owed = Owed(
            f"prompt:{prompt.id}", "prompt", user_id, message.payload(), edition_id=edition.id, prompt_id=prompt.id
        )
        return deliveries.owe(session, edition.workspace_id, owed, now=now)

    def ask_channel(self, session: Session, series: Series, edition: Edition, *, now: datetime) -> None:
        """Put every question to everybody in the series' channel: a message each. Asked again it does nothing."""
        editions.start_collecting(session, edition)
        spoken = self.messages.templates.words.spoken
        goes_out = spoken(goes_out_at(session, series, edition), series.cadence.zone)
        for position, question in enumerate(edition.questions):
            prompt = prompts.put(session, edition, "", position, question.key)
            if prompt is None:
                continue
            message = self.messages.channel_question(series, edition, position, goes_out)
            owed = Owed(
                f"prompt:{prompt.id}",
                "question",
                series.channel_id,
                message.payload(),
                edition_id=edition.id,
                prompt_id=prompt.id,
            )
            deliveries.owe(session, edition.workspace_id, owed, now=now)

    def move_on(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        current: Prompt,
        *,
        now: datetime,
        ts: str,
        is_skipped: bool = False,
        is_broadcast: bool = False,
    ) -> bool:
        """Close the question being asked and put the next one, or end. Returns False when it was closed already.

        Of two transactions that leave the same question at once, one puts the next. It was left at `ts`, by Slack's
        clock: what was said later, though it was heard first, counts for what comes next. `is_broadcast` shows that
        outside the thread too, for people who answer below it.
        """
        state = PromptState.SKIPPED if is_skipped else PromptState.ANSWERED
        if not self._close(session, series, edition, current, state, now, ts):
            return False
        following = question_after(edition.questions, current.position)
        question = following[1] if following else edition.questions[0]
        later = take_along(session, edition, current, ts, question, now)
        if following is None:
            self.wrap_up(session, series, edition, current.user_id, now=now, is_broadcast=is_broadcast)
            return True
        opening = prompts.of_person(session, edition.workspace_id, edition.id, current.user_id)[0]
        put = self._put(session, edition, opening, following[0], now=now, is_broadcast=is_broadcast)
        if put and later and moves_on_by_itself(question):
            self.move_on(session, series, edition, put, now=now, ts=later[0].ts, is_broadcast=is_broadcast)
        return True

    def finish(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        user_id: str,
        *,
        now: datetime,
        ts: str = "",
        is_broadcast: bool = False,
    ) -> bool:
        """End the conversation, leaving the questions not put yet. Returns False when none was being asked."""
        current = open_prompt(prompts.of_person(session, edition.workspace_id, edition.id, user_id))
        if current is None or not self._close(session, series, edition, current, PromptState.ANSWERED, now, ts):
            return False
        self.wrap_up(session, series, edition, user_id, now=now, is_broadcast=is_broadcast)
        return True

    def nothing(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        user_id: str,
        *,
        now: datetime,
        ts: str = "",
        is_broadcast: bool = False,
    ) -> bool:
        """Let a contributor off this edition: what is open closes, and nothing more is asked.

        Returns whether they are told so in their thread.
        """
        if prompts.of_person(session, edition.workspace_id, edition.id, user_id):
            return self.finish(session, series, edition, user_id, now=now, ts=ts, is_broadcast=is_broadcast)
        prompts.put(session, edition, user_id, 0, edition.questions[0].key, state=PromptState.SKIPPED)
        return False

    def let_go(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        current: Prompt,
        *,
        now: datetime,
        template: str = "away_closed",
    ) -> None:
        """Close the conversation with somebody who is away, or left: what they gave stays, nothing more is asked."""
        if not self._close(session, series, edition, current, PromptState.SKIPPED, now):
            return
        user_id = current.user_id
        message = self.messages.plain(
            template,
            series=series.name,
            period=edition.period,
            goes_out=self.goes_out(session, series, edition, user_id),
            total=len(answers.of_edition(session, edition.workspace_id, edition.id, user_id)),
        )
        opening = prompts.of_person(session, edition.workspace_id, edition.id, user_id)[0]
        key = f"edition:{edition.id}:away:{user_id}:{now.timestamp():.6f}"
        deliveries.owe(session, edition.workspace_id, in_thread(opening, key, "away", message), now=now)

    def wrap_up(
        self, session: Session, series: Series, edition: Edition, user_id: str, *, now: datetime, is_broadcast: bool
    ) -> None:
        """Say at the end what the bot has, how it will look, and when it goes out."""
        message = self.so_far(session, series, edition, user_id, "wrapup")
        opening = prompts.of_person(session, edition.workspace_id, edition.id, user_id)[0]
        key = f"edition:{edition.id}:wrapup:{user_id}"
        owed = in_thread(opening, key, "wrapup", message, is_broadcast=is_broadcast)
        deliveries.owe(session, edition.workspace_id, owed, now=now)

    def so_far(self, session: Session, series: Series, edition: Edition, user_id: str, template: str) -> Message:
        """Return what the bot has from a contributor so far, and how it will look, in the words of a template."""
        mine = answers.of_edition(session, edition.workspace_id, edition.id, user_id)
        return self.messages.so_far(
            template,
            edition,
            self.goes_out(session, series, edition, user_id),
            len(mine),
            is_published=edition.published_at is not None,
            own=own_note(session, series, edition, user_id) if mine else None,
        )

    def receipt(self, session: Session, about: Receipt, *, now: datetime) -> Message:
        """Return the receipt of an answer, which can let it go to any other of the person's series."""
        answer, here = about.answer, about.series
        mine = series_store.of_contributor(session, answer.workspace_id, answer.user_id)
        others = [each for each in mine if each.id != here.id and current_edition(session, each, now)]
        is_late = about.edition.published_at is not None
        return receipt_message(self.messages.templates, replace(about, others=others, is_late=is_late))

    def renew_opening(self, session: Session, series: Series, edition: Edition, user_id: str, *, now: datetime) -> None:
        """Let the message that opened a contributor's thread list what they have jotted now, if there is one."""
        opening = self.opening_of(session, edition, user_id)
        if opening is None or deliveries.is_owed_here(session, edition.workspace_id, f"prompt:{opening.id}"):
            return
        is_open = opening.state is PromptState.OPEN and not prompts.was_asked_later(session, edition, user_id)
        message = self._opening(session, series, edition, opening, is_open=is_open)
        owed = Owed(
            f"prompt:{opening.id}:renewed",
            "prompt",
            opening.channel_id or user_id,
            message.payload(),
            Method.UPDATE,
            target_key=f"prompt:{opening.id}",
            edition_id=edition.id,
        )
        deliveries.owe_latest(session, edition.workspace_id, owed, now=now)

    def opening_of(self, session: Session, edition: Edition, user_id: str) -> Prompt | None:
        """Return the prompt whose message opened somebody's thread; there is none for who was never asked."""
        mine = prompts.of_person(session, edition.workspace_id, edition.id, user_id)
        is_asked = mine and deliveries.find(session, edition.workspace_id, f"prompt:{mine[0].id}")
        return mine[0] if is_asked else None

    def goes_out(self, session: Session, series: Series, edition: Edition, user_id: str) -> str:
        """Return when the note goes out, in a person's own zone."""
        due = goes_out_at(session, series, edition)
        return self.messages.templates.words.spoken(due, zone_of(session, series, user_id))

    def _put(
        self, session: Session, edition: Edition, opening: Prompt, position: int, *, now: datetime, is_broadcast: bool
    ) -> Prompt | None:
        """Put a further question in the contributor's thread. Returns None when it had been put before."""
        prompt = prompts.put(
            session,
            edition,
            opening.user_id,
            position,
            edition.questions[position].key,
            channel_id=opening.channel_id,
            thread_ts=opening.thread_ts,
        )
        if prompt is None:
            return None
        message = self.messages.question(edition, prompt)
        owed = in_thread(
            opening, f"prompt:{prompt.id}", "prompt", message, prompt_id=prompt.id, is_broadcast=is_broadcast
        )
        deliveries.owe(session, edition.workspace_id, owed, now=now)
        return prompt

    def _close(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        prompt: Prompt,
        state: PromptState,
        now: datetime,
        ts: str = "",
    ) -> bool:
        """Close a prompt and take the buttons off its message, so that nobody presses them later.

        Returns False when it was closed already.
        """
        if not prompts.close(session, prompt, state, ts):
            return False
        self._take_buttons_off(session, series, edition, prompt, now)
        return True

    def _leave_earlier(
        self, session: Session, series: Series, edition: Edition, user_id: str, *, now: datetime
    ) -> None:
        """Take the buttons off the question of an earlier edition that was never left: its time is over.

        It stays open, since nothing was said to it, and answers in its thread count while that edition takes any.
        """
        for prompt in prompts.open_before(session, edition, user_id):
            earlier = editions.get(session, edition.workspace_id, prompt.edition_id)
            if earlier:
                self._take_buttons_off(session, series, earlier, prompt, now)

    def _take_buttons_off(
        self, session: Session, series: Series, edition: Edition, prompt: Prompt, now: datetime
    ) -> None:
        if prompt.position == 0:
            message = self._opening(session, series, edition, prompt, is_open=False)
        else:
            message = self.messages.question(edition, prompt, is_open=False)
        owed = Owed(
            f"prompt:{prompt.id}:closed",
            "prompt",
            prompt.channel_id or prompt.user_id,
            message.payload(),
            Method.UPDATE,
            target_key=f"prompt:{prompt.id}",
            edition_id=edition.id,
        )
        deliveries.owe(session, edition.workspace_id, owed, now=now)

    def _opening(self, session: Session, series: Series, edition: Edition, prompt: Prompt, *, is_open: bool) -> Message:
        given = answers.of_edition(session, edition.workspace_id, edition.id, prompt.user_id)
        jots = [answer for answer in given if answer.source is Source.JOT]
        goes_out = self.goes_out(session, series, edition, prompt.user_id)
        names = quoted_names(session, edition.workspace_id, jots)
        return self.messages.opening(series, edition, prompt, goes_out, jots, names, is_open=is_open)
