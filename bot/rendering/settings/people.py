"""The section of the people: who is asked, guests among them or not, and who edits."""

from typing import Any

from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed, tick_input
from bot.rendering.settings.fields import asked_in, asked_inputs, editors_input
from bot.rendering.settings.section import Section


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    guests = tick_input(
        "asks_guests",
        templates.label("settings.people.guests"),
        templates.label("settings.people.asks_guests"),
        is_ticked=form.asks_guests,
    )
    return [*asked_inputs(templates, form), guests, editors_input(templates, form)]


def _read(typed: Typed) -> dict[str, Any]:
    return {**asked_in(typed), "asks_guests": typed.is_ticked("asks_guests")}


PEOPLE = Section("people", _blocks, _read, ("contributors", "editors", "follows_channel", "asks_guests"))
