"""The setup form: the modal that makes a series, or changes its settings.

The `block_id` of an input is the `field` that InvalidInputError names, and its `action_id` is always `VALUE`. Questions
are `question.{place}.ask`, `.heading` and `.shape`; their keys travel in the `private_metadata`, in the same order.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    CheckboxesElement,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.domain.cadence import Moment
from bot.domain.series import Layout, Question, Shape
from bot.domain.series_forms import EVERY_WEEKS, MAX_ASK, MAX_HEADING, MAX_NAME, MAX_QUESTIONS, MAX_TEMPLATE, SeriesForm
from bot.domain.upcoming import WEEKDAYS
from bot.rendering.blocks import button

VALUE = "value"
CALLBACK_ID = "series.setup"
ADD_QUESTION = "question.add"
NEEDS_APPROVAL = "needs_approval"

SHAPES = {
    Shape.STORIES.value: "Stories: paragraphs, as many as they like",
    Shape.BULLETS.value: "A list: one line for each thing",
    Shape.LINE.value: "One line",
}
LAYOUTS = {
    Layout.BY_PERSON.value: "By person",
    Layout.BY_QUESTION.value: "By question",
    Layout.PERSONAL.value: "Personal: one person’s notes, without names",
}
EVERY = dict(zip(map(str, EVERY_WEEKS), ("Every week", "Every two weeks", "Every four weeks"), strict=True))
DAYS = {str(number): name for number, name in enumerate(WEEKDAYS)}
EACH_ZONE = "In each person’s own time zone."
STEPS = (
    ("ask", "Ask", EACH_ZONE),
    ("remind", "Remind", f"Only those who have given nothing. {EACH_ZONE}"),
    ("draft", "Draft to the editors", ""),
    ("publish", "Publish", ""),
)


def setup_view(form: SeriesForm, *, series_id: int | None = None) -> dict[str, Any]:
    """Return the modal, filled with `form`; with a `series_id` it changes that series, else it makes a new one."""
    metadata = {
        "series": series_id,
        "channel": form.channel_id if series_id else "",
        "keys": [question.key for question in form.questions],
        "numbers": list(form.shown_numbers),
    }
    blocks = [*_basics(form, is_new=series_id is None), *_questions(form.questions), *_cadence(form), *_note(form)]
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        title="Weeknotes",
        submit="Save" if series_id else "Start",
        close="Cancel",
        private_metadata=json.dumps(metadata),
        blocks=blocks,
    ).to_dict()


_Blocks = list[Block]


def _basics(form: SeriesForm, *, is_new: bool) -> _Blocks:
    channel = ConversationSelectElement(
        action_id=VALUE,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        initial_conversation=form.channel_id or None,
    )
    where: _Blocks = [_input("channel", "Channel", channel, "Where the notes are posted.")]
    if not is_new:
        where = [_small(f"For <#{form.channel_id}>")]
    contributors = UserMultiSelectElement(action_id=VALUE, initial_users=list(form.contributors) or None)
    editors = UserMultiSelectElement(action_id=VALUE, initial_users=list(form.editors) or None)
    return [
        *where,
        _text("name", "Name", form.name, MAX_NAME, placeholder="Team weeknotes"),
        _input("contributors", "People", contributors, "Who is asked about their week, by direct message."),
        _input("editors", "Editors", editors, "Who sees the draft, publishes it and changes these settings."),
    ]


def _questions(questions: Sequence[Question]) -> _Blocks:
    blocks: _Blocks = [HeaderBlock(text="Questions"), _small("To take a question out, empty its wording.")]
    for place, question in enumerate(questions):
        block_id, label = f"question.{place}", f"Question {place + 1}"
        blocks += [
            _text(f"{block_id}.ask", label, question.ask, MAX_ASK, is_optional=True),
            _text(f"{block_id}.heading", "Its heading in the note", question.heading, MAX_HEADING, is_optional=True),
            _select(f"{block_id}.shape", "Its answers are", SHAPES, question.shape.value),
        ]
    if len(questions) < MAX_QUESTIONS:
        blocks.append(ActionsBlock(elements=[button("Add a question", ADD_QUESTION, {})]))
    return blocks


def _cadence(form: SeriesForm) -> _Blocks:
    blocks: _Blocks = [DividerBlock(), HeaderBlock(text="When")]
    for step, label, hint in STEPS:
        moment: Moment = getattr(form, step)
        clock = TimePickerElement(action_id=VALUE, initial_time=f"{moment.at:%H:%M}")
        blocks += [
            _select(f"{step}.weekday", f"{label}: day", DAYS, str(moment.weekday)),
            _input(f"{step}.at", f"{label}: time", clock, hint),
        ]
    return [
        *blocks,
        _select("every_weeks", "How often", EVERY, str(form.every_weeks)),
        _text("zone", "Time zone", form.zone, 60, hint="For the draft and the note, such as Europe/London."),
    ]


def _note(form: SeriesForm) -> _Blocks:
    approval = [Option(value=NEEDS_APPROVAL, label="Publish only when an editor says so")]
    box = CheckboxesElement(
        action_id=VALUE, options=approval, initial_options=approval if form.needs_approval else None
    )
    numbers = "{season}.{episode} makes 3.24, S{season:02}E{episode:02} makes S03E24. Also {count}, {week} and {year}."
    return [
        DividerBlock(),
        HeaderBlock(text="The note"),
        _select("layout", "Layout", LAYOUTS, form.layout.value),
        _text("number_template", "How it is numbered", form.number_template, MAX_TEMPLATE, hint=numbers),
        _text("season", "Season", form.season, 9),
        _text("next_number", "Number of the next note", form.next_number, 9),
        _text(
            "title_template", "Its title", form.title_template, MAX_TEMPLATE, hint="The headline comes from an editor."
        ),
        _input("approval", "Approval", box, is_optional=True),
    ]


def _small(mrkdwn: str) -> Block:
    return ContextBlock(elements=[MarkdownTextObject(text=mrkdwn)])


def _text(
    field: str, label: str, value: str, most: int, *, hint: str = "", placeholder: str = "", is_optional: bool = False
) -> InputBlock:
    element = PlainTextInputElement(
        action_id=VALUE, initial_value=value[:most] or None, max_length=most, placeholder=placeholder or None
    )
    return _input(field, label, element, hint, is_optional=is_optional)


def _select(field: str, label: str, options: Mapping[str, str], chosen: str) -> InputBlock:
    listed = {value: Option(value=value, label=text) for value, text in options.items()}
    return _input(
        field,
        label,
        StaticSelectElement(action_id=VALUE, options=list(listed.values()), initial_option=listed[chosen]),
    )


def _input(
    field: str, label: str, element: InputInteractiveElement, hint: str = "", *, is_optional: bool = False
) -> InputBlock:
    return InputBlock(block_id=field, label=label, element=element, hint=hint or None, optional=is_optional)
