"""The messages of the conversation with a contributor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import ButtonElement, Option, StaticSelectElement

from bot.domain.deliveries import Message
from bot.domain.editions import Answer, Edition, Prompt
from bot.domain.inside import has_inside_lines
from bot.domain.richtext import parse
from bot.domain.series import Question, Series
from bot.rendering.away import away_button
from bot.rendering.blocks import Blocks, actions, bold_line, bulleted, button, context, section
from bot.rendering.environments import Templates

LISTED_JOTS = 10
LISTED_CHARACTERS = 300


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
        jots: Sequence[str],
        *,
        is_open: bool = True,
    ) -> Message:
        """Return the message that opens a thread: what it is for, what they jotted already, the first question."""
        lead = self.templates.slack(
            "opening",
            series=series.name,
            period=edition.period,
            goes_out=goes_out,
            approval=series.needs_approval,
            jots=len(jots),
        )
        question = edition.questions[prompt.position]
        blocks: Blocks = [section(lead)]
        if jots:
            blocks.append(bulleted(self._listed(jots)))
        blocks += self._question(edition, prompt, is_open=is_open)
        blocks.append(self._opening_buttons(edition, prompt, is_open=is_open))
        return Message(f"{lead}\n{self._escaped(question.ask)}", tuple(blocks))

    def question(self, edition: Edition, prompt: Prompt, *, is_open: bool = True) -> Message:
        """Return the message that puts a further question, with its buttons while it is open."""
        question = edition.questions[prompt.position]
        blocks = self._question(edition, prompt, is_open=is_open)
        if is_open:
            blocks.append(actions(*self._moving_on(edition, prompt, question)))
        return Message(self._escaped(question.ask), tuple(blocks))

    def wrap_up(self, edition: Edition, goes_out: str, total: int, *, is_published: bool, own: Blocks) -> Message:
        """Return the message at the end: what the bot has, how it will look (`own`), and when it goes out."""
        text = self.templates.slack("wrapup", total=total, goes_out=goes_out, is_published=is_published)
        form = form_button(self.templates, edition, has_given=total > 0)
        return Message(text, (section(text), *own, actions(form)))

    def reminder(self, series: Series, edition: Edition, goes_out: str) -> Message:
        """Return the one gentle nudge."""
        text = self.templates.slack("reminder", series=series.name, goes_out=goes_out)
        buttons = actions(
            form_button(self.templates, edition),
            self._nothing(edition),
            away_button(self.templates),
        )
        return Message(text, (section(text), buttons))

    def receipt(
        self,
        series: Series,
        edition: Edition,
        answer: Answer,
        *,
        is_late: bool,
        can_go_on: bool,
        missed: Edition | None = None,
    ) -> Message:
        """Return what was kept and for what, with a way to move it."""
        heading = heading_of(edition.questions, answer.question_key)
        text = self.templates.slack(
            "receipt",
            heading=heading,
            series=series.name,
            period=edition.period,
            is_late=is_late,
            can_go_on=can_go_on and not missed,
            missed=missed and missed.period,
        )
        return self._kept(text, edition, answer)

    def moved(self, series: Series, edition: Edition, answer: Answer) -> Message:
        """Return the receipt of an answer that now counts for another question."""
        heading = heading_of(edition.questions, answer.question_key)
        text = self.templates.slack("moved", heading=heading, series=series.name, period=edition.period)
        return self._kept(text, edition, answer)

    def plain(self, template: str, **values: object) -> Message:
        """Return a message that is one template's text."""
        text = self.templates.slack(template, **values)
        return Message(text, (section(text),))

    def _kept(self, text: str, edition: Edition, answer: Answer) -> Message:
        """Return a receipt: what stays inside of the answer, and the ways to change where it goes."""
        has_lines = has_inside_lines(parse(answer.text, answer.blocks))
        if answer.is_inside or has_lines:
            text = f"{text}\n{self.templates.slack('inside', is_whole=answer.is_inside)}"
        label = self.templates.label("conversation.not_only_inside" if answer.is_inside else "conversation.keep_inside")
        inside = button(label, "answer.inside", {"answer": answer.id, "inside": not answer.is_inside})
        return Message(text, (section(text), actions(self._move_select(edition, answer), inside)))

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

    def _listed(self, jots: Sequence[str]) -> list[str]:
        """Return the jots as a reminder of what was kept: the beginning of each, and how many more there are."""
        shown = [jot if len(jot) <= LISTED_CHARACTERS else f"{jot[:LISTED_CHARACTERS]}…" for jot in jots[:LISTED_JOTS]]
        more = len(jots) - LISTED_JOTS
        return [*shown, self.templates.label("conversation.more_jots", count=more)] if more > 0 else shown

    def _opening_buttons(self, edition: Edition, prompt: Prompt, *, is_open: bool) -> Mapping[str, Any]:
        form = form_button(self.templates, edition, style="primary" if is_open else None)
        if not is_open:
            return actions(form)
        question = edition.questions[prompt.position]
        onward = self._moving_on(edition, prompt, question)
        return actions(form, *onward, self._nothing(edition), away_button(self.templates))

    def _nothing(self, edition: Edition) -> ButtonElement:
        return button(self.templates.label("conversation.nothing"), "edition.nothing", {"edition": edition.id})

    def _moving_on(self, edition: Edition, prompt: Prompt, question: Question) -> list[ButtonElement]:
        value = {"edition": edition.id, "prompt": prompt.id}
        onward = self.templates.label("conversation.done" if _is_last(edition, prompt) else "conversation.next")
        buttons = [button(onward, "prompt.next", value)]
        if question.is_optional:
            buttons.append(button(self.templates.label("conversation.skip"), "prompt.skip", value))
        return buttons

    def _move_select(self, edition: Edition, answer: Answer) -> StaticSelectElement:
        options = [
            Option(value=f"{answer.id}:{question.key}", label=(question.heading or question.ask)[:75])
            for question in edition.questions
        ]
        placeholder = self.templates.label("conversation.move_to")
        return StaticSelectElement(action_id="answer.move", placeholder=placeholder, options=options)


def heading_of(questions: Sequence[Question], key: str) -> str:
    """Return what people call a question: its heading, or its wording where it has none."""
    return next((question.heading or question.ask for question in questions if question.key == key), "")


def form_button(
    templates: Templates, edition: Edition, *, has_given: bool = False, style: str | None = None
) -> ButtonElement:
    """Return the button that opens the form."""
    label = templates.label("conversation.change_in_form" if has_given else "conversation.answer_in_form")
    return button(label, "answer.form", {"edition": edition.id}, style=style)


def _is_last(edition: Edition, prompt: Prompt) -> bool:
    return prompt.position == len(edition.questions) - 1
