"""The setup form: the modal that makes a series. It asks for little; the settings hold everything else."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import CheckboxesElement, Option

from bot.domain.cadence import usual_steps_between
from bot.domain.numbering import STYLES
from bot.domain.series import Layout
from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import context
from bot.rendering.environments import Templates
from bot.rendering.inputs import VALUE, Input, Typed, element_input, select_input, text_input
from bot.rendering.questions import usual_questions
from bot.rendering.settings.fields import (
    asked_in,
    asked_inputs,
    channel_input,
    editors_input,
    layout_input,
    name_input,
    rhythm_inputs,
    step_inputs,
)
from bot.rendering.settings.note import preview_block

CALLBACK_ID, PREVIEW = "series.setup", "setup.preview"
LONGEST_NUMBER = 9


def setup_view(templates: Templates, form: SeriesForm, title: str = "", problem: str = "") -> dict[str, Any]:
    """Return the modal, filled with `form`; `title` is how the first note's would look, `problem` why none does."""
    blocks = [
        channel_input(templates, form),
        name_input(templates, form),
        *asked_inputs(templates, form),
        editors_input(templates, form),
        _questions_input(templates),
        *step_inputs(templates, form, "ask", templates.label("settings.when.each_zone")),
        *step_inputs(templates, form, "publish", templates.label("setup.publish_hint")),
        *rhythm_inputs(templates, form),
        layout_input(templates, form),
        *_numbering_inputs(templates, form),
        preview_block(templates, title, problem),
        context(templates.slack("setup_later")),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": templates.label("setup.title")},
        "submit": {"type": "plain_text", "text": templates.label("setup.start")},
        "close": {"type": "plain_text", "text": templates.label("settings.cancel")},
        "blocks": blocks,
    }


def _questions_input(templates: Templates) -> Input:
    """Return the input in which the usual questions are chosen; others are for the settings."""
    options = [Option(value=question.key, label=question.ask) for question in usual_questions(templates)]
    boxes = CheckboxesElement(action_id=VALUE, options=options, initial_options=options)
    hint = templates.label("setup.questions_hint")
    return element_input("questions", templates.label("setup.questions"), boxes, hint=hint)


def _numbering_inputs(templates: Templates, form: SeriesForm) -> Iterator[Input]:
    """Return the inputs for how notes are numbered, and where the numbers begin."""
    styles = {template: templates.label(f"setup.numbering.{name}") for name, template in STYLES.items()}
    label = templates.label("settings.note.number_template")
    yield select_input("number_template", label, styles, form.number_template, tells=PREVIEW)
    yield text_input("season", templates.label("setup.season"), form.season, LONGEST_NUMBER, tells=PREVIEW)
    label, hint = templates.label("setup.first_number"), templates.label("setup.first_number_hint")
    yield text_input("next_number", label, form.next_number, LONGEST_NUMBER, hint=hint, tells=PREVIEW)


def setup_form(view: dict[str, Any], templates: Templates) -> SeriesForm:
    """Return what was chosen and typed in the modal; the steps between asking and publishing follow from those two."""
    typed = Typed.of(view)
    ask, publish = typed.moment("ask"), typed.moment("publish")
    remind, draft = usual_steps_between(ask, publish)
    wanted = typed.ticked("questions")
    return SeriesForm(
        channel_id=typed.channel("channel"),
        name=typed.text("name"),
        **asked_in(typed),
        questions=tuple(question for question in usual_questions(templates) if question.key in wanted),
        zone=typed.text("zone"),
        ask=ask,
        remind=remind,
        draft=draft,
        publish=publish,
        every_weeks=int(typed.selected("every_weeks")),
        layout=Layout(typed.selected("layout")),
        number_template=typed.selected("number_template"),
        season=typed.text("season"),
        next_number=typed.text("next_number"),
    )
