"""The section of the people: who is asked, guests among them or not, and who edits."""

from typing import Any

from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed, select_input, tick_input
from bot.rendering.settings.fields import people_inputs
from bot.rendering.settings.section import Section

CHOSEN, CHANNEL = "chosen", "channel"


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    contributors, editors = people_inputs(templates, form)
    who = {way: templates.label(f"settings.people.{way}") for way in (CHOSEN, CHANNEL)}
    return [
        select_input(
            "follows_channel",
            templates.label("settings.people.who"),
            who,
            CHANNEL if form.follows_channel else CHOSEN,
            hint=templates.label("settings.people.who_hint"),
        ),
        {**contributors, "optional": True},
        tick_input(
            "asks_guests",
            templates.label("settings.people.guests"),
            templates.label("settings.people.asks_guests"),
            is_ticked=form.asks_guests,
        ),
        editors,
    ]


def _read(typed: Typed) -> dict[str, Any]:
    return {
        "contributors": typed.people("contributors"),
        "editors": typed.people("editors"),
        "follows_channel": typed.selected("follows_channel") == CHANNEL,
        "asks_guests": typed.is_ticked("asks_guests"),
    }


PEOPLE = Section("people", _blocks, _read, ("contributors", "editors", "follows_channel", "asks_guests"))
