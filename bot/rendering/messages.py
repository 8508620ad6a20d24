"""The messages of the conversation with a contributor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.domain.deliveries import Message
from bot.domain.editions import Answer, Edition, Prompt
from bot.domain.notes import Note
from bot.domain.series import Question, Series
from bot.rendering.away import away_button
from bot.rendering.blocks import Blocks, actions, bold_line, button, context, section
from bot.rendering.environments import Templates
from bot.rendering.jots import jots_blocks, jots_text
from bot.rendering.note_blocks import beginning

PREVIEW_BLOCKS = 40
"""How much of somebody's part of a note stands below a message on it."""


@dataclass(frozen=True, slots=True)
class Messages:
    """Makes the conversation's messages. `goes_out` is when the note does, written in its reader's zone."""

    templates: Templates

    def opening(
        self,
        series: Series,
        edition: Edition,
        prompt: Prompt,
        goes_out: str,
        jots: Sequence[Answer],
        names: Mapping[str, str],
        *,
        is_open: bool = True,
    ) -> Message:
        """Return the message that opens a thread: what it is for, what they jotted already, the first question.

        `names` are those of the people whose words they saved.
        """
        lead = self.templates.slack(
            "opening",
            series=series.name,
            period=edition.period,
            goes_out=goes_out,
            approval=series.needs_approval,
            is_published=edition.published_at is not None,
            jots=len(jots),
        )
        question = edition.questions[prompt.position]
        blocks: Blocks = [section(lead)]
        blocks += jots_blocks(self.templates, jots, names)
        blocks += self._question(edition, prompt, is_open=is_open)
        blocks.append(self._opening_buttons(edition, prompt, is_open=is_open))
        spoken = (lead, jots_text(jots, names), self._escaped(question.ask))
        return Message("\n".join(part for part in spoken if part), tuple(blocks))

    def question(self, edition: Edition, prompt: Prompt, *, is_open: bool = True) -> Message:
        """Return the message that puts a further question, with its buttons while it is open."""
        question = edition.questions[prompt.position]
        blocks = self._question(edition, prompt, is_open=is_open)
        if is_open:
            blocks.append(actions(*self._moving_on(edition, prompt, question)))
        return Message(self._escaped(question.ask), tuple(blocks))

    def so_far(
        self, template: str, edition: Edition, goes_out: str, total: int, *, is_published: bool, own: Note | None
    ) -> Message:
        """Return a message on what the bot has so far, how it will look (`own`), and when it goes out."""
        text = self.templates.slack(template, total=total, goes_out=goes_out, is_published=is_published)
        told = beginning(own, self.templates, text, PREVIEW_BLOCKS) if own else Message(text)
        form = form_button(self.templates, edition, has_given=total > 0)
        return replace(told, blocks=(section(text), *told.blocks, actions(form)))

    def channel_question(self, series: Series, edition: Edition, position: int, goes_out: str) -> Message:
        """Return a question as everybody in the channel reads it; the first says what it is for."""
        question = edition.questions[position]
        lead = self.templates.slack("channel_lead", series=series, period=edition.period, goes_out=goes_out)
        hint = self.templates.slack("channel_hint", shape=question.shape.value, is_optional=question.is_optional)
        ask = self._escaped(question.ask)
        asked = (bold_line(question.ask), context(hint))
        return Message(f"{lead}\n\n{ask}", (section(lead), *asked)) if position == 0 else Message(ask, asked)

    def reminder(self, series: Series, edition: Edition, goes_out: str, *, is_in_channel: bool = False) -> Message:
        """Return the one gentle nudge."""
        channel = series.channel_id if is_in_channel else ""
        text = self.templates.slack("reminder", series=series.name, goes_out=goes_out, channel=channel)
        buttons = actions(
            form_button(self.templates, edition),
            self._nothing(edition, is_below=True),
            away_button(self.templates),
        )
        return Message(text, (section(text), buttons))

    def plain(self, template: str, **values: object) -> Message:
        """Return a message that is one template's text."""
        text = self.templates.slack(template, **values)
        return Message(text, (section(text),))

    def _question(self, edition: Edition, prompt: Prompt, *, is_open: bool) -> Blocks:
        """Return a question, and while it is open how to answer it."""
        question = edition.questions[prompt.position]
        if not is_open:
            return [bold_line(question.ask)]
        hint = self.templates.slack(
            "question_hint",
            shape=question.shape.value,
            optional=question.is_optional,
            is_last=_is_last(edition, prompt),
        )
        return [bold_line(question.ask), context(hint)]

    def _escaped(self, text: str) -> str:
        return self.templates.slack("words", words=text)

    def _opening_buttons(self, edition: Edition, prompt: Prompt, *, is_open: bool) -> Mapping[str, Any]:
        form = form_button(self.templates, edition, style="primary" if is_open else None)
        if not is_open:
            return actions(form)
        question = edition.questions[prompt.position]
        onward = self._moving_on(edition, prompt, question)
        return actions(form, *onward, self._nothing(edition), away_button(self.templates))

    def _nothing(self, edition: Edition, *, is_below: bool = False) -> ButtonElement:
        value = {"edition": edition.id, "below": is_below}
        return button(self.templates.label("conversation.nothing"), "edition.nothing", value)

    def _moving_on(self, edition: Edition, prompt: Prompt, question: Question) -> list[ButtonElement]:
        value = {"edition": edition.id, "prompt": prompt.id}
        onward = self.templates.label("conversation.done" if _is_last(edition, prompt) else "conversation.next")
        buttons = [button(onward, "prompt.next", value)]
        if question.is_optional:
            buttons.append(button(self.templates.label("conversation.skip"), "prompt.skip", value))
        return buttons


def form_button(
    templates: Templates, edition: Edition, *, has_given: bool = False, style: str | None = None, of: str = ""
) -> ButtonElement:
    """Return the button that opens the form; `of` names the series where there are several."""
    label = templates.label("conversation.change_in_form" if has_given else "conversation.answer_in_form")
    return button(label, "answer.form", {"edition": edition.id}, style=style, of=of)


def _is_last(edition: Edition, prompt: Prompt) -> bool:
    return prompt.position == len(edition.questions) - 1
