"""The section of the cadence: which days and times, how often, and in which zone."""

from typing import Any

from bot.domain.series import AsksIn
from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed, select_input
from bot.rendering.settings.fields import rhythm_inputs, step_inputs
from bot.rendering.settings.section import Section

STEPS = ("ask", "remind", "draft", "publish")
FIELDS = (*STEPS, "every_weeks", "zone", "asks_in")


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    hints = {
        "ask": templates.label("settings.when.each_zone"),
        "remind": templates.label("settings.when.remind_hint"),
    }
    steps = [block for step in STEPS for block in step_inputs(templates, form, step, hints.get(step, ""))]
    places = {place.value: templates.label(f"settings.asks_in.{place.value}") for place in AsksIn}
    where = select_input(
        "asks_in",
        templates.label("settings.when.asks_in"),
        places,
        form.asks_in.value,
        hint=templates.label("settings.when.asks_in_hint"),
    )
    return [*steps, *rhythm_inputs(templates, form), where]


def _read(typed: Typed) -> dict[str, Any]:
    moments = {step: typed.moment(step) for step in STEPS}
    return {
        **moments,
        "every_weeks": int(typed.selected("every_weeks")),
        "zone": typed.text("zone"),
        "asks_in": AsksIn(typed.selected("asks_in")),
    }


WHEN = Section("when", _blocks, _read, FIELDS)
