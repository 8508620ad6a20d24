"""The setup form: the modal that makes a series. It asks for little; the settings hold everything else."""

from typing import Any

from bot.domain.cadence import usual_steps_between
from bot.domain.series import Layout
from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import context
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed
from bot.rendering.questions import usual_questions
from bot.rendering.settings.fields import (
    channel_input,
    layout_input,
    name_input,
    people_inputs,
    rhythm_inputs,
    step_inputs,
)

CALLBACK_ID = "series.setup"


def setup_view(templates: Templates, form: SeriesForm) -> dict[str, Any]:
    """Return the modal, filled with `form`."""
    blocks = [
        channel_input(templates, form),
        name_input(templates, form),
        *people_inputs(templates, form),
        *step_inputs(templates, form, "ask", templates.label("settings.when.each_zone")),
        *step_inputs(templates, form, "publish", templates.label("setup.publish_hint")),
        *rhythm_inputs(templates, form),
        layout_input(templates, form),
        context(templates.slack("setup_later", questions=form.questions)),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": templates.label("setup.title")},
        "submit": {"type": "plain_text", "text": templates.label("setup.start")},
        "close": {"type": "plain_text", "text": templates.label("settings.cancel")},
        "blocks": blocks,
    }


def setup_form(view: dict[str, Any], templates: Templates) -> SeriesForm:
    """Return what was chosen and typed in the modal; the steps between asking and publishing follow from those two."""
    typed = Typed.of(view)
    ask, publish = typed.moment("ask"), typed.moment("publish")
    remind, draft = usual_steps_between(ask, publish)
    return SeriesForm(
        channel_id=typed.channel("channel"),
        name=typed.text("name"),
        contributors=typed.people("contributors"),
        editors=typed.people("editors"),
        questions=usual_questions(templates),
        zone=typed.text("zone"),
        ask=ask,
        remind=remind,
        draft=draft,
        publish=publish,
        every_weeks=int(typed.selected("every_weeks")),
        layout=Layout(typed.selected("layout")),
    )
