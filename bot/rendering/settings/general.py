"""The section of the name and the channel."""

from typing import Any

from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed
from bot.rendering.settings.fields import channel_input, name_input
from bot.rendering.settings.section import Section


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    return [name_input(templates, form), channel_input(templates, form)]


def _read(typed: Typed) -> dict[str, Any]:
    return {"name": typed.text("name"), "channel_id": typed.channel("channel")}


GENERAL = Section("general", _blocks, _read, ("name", "channel_id"))
