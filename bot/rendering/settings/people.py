"""The section of the people: who is asked, and who edits."""

from typing import Any

from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed
from bot.rendering.settings.fields import people_inputs
from bot.rendering.settings.section import Section


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    return [*people_inputs(templates, form)]


def _read(typed: Typed) -> dict[str, Any]:
    return {"contributors": typed.people("contributors"), "editors": typed.people("editors")}


PEOPLE = Section("people", _blocks, _read, ("contributors", "editors"))
