"""The section of the note: its layout, and the templates of its number and title, with how the next would look."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import InvalidInputError
from bot.domain.numbering import title_of_next, tried
from bot.domain.series import Layout, Series
from bot.domain.series_forms import MAX_TEMPLATE, SeriesForm
from bot.domain.weeks import Period
from bot.rendering.blocks import Blocks, context
from bot.rendering.environments import Templates
from bot.rendering.inputs import Input, Typed, text_input
from bot.rendering.settings.fields import layout_input
from bot.rendering.settings.section import Section

PREVIEW = "title.preview"
"""What the app hears of, as a template is typed."""
HEADLINE = "settings.note.example_headline"


def _blocks(templates: Templates, form: SeriesForm) -> Blocks:
    return [
        layout_input(templates, form),
        _template(templates, "number_template", form.number_template, "number_hint"),
        _template(templates, "title_template", form.title_template, "title_hint"),
    ]


def _template(templates: Templates, field: str, typed: str, hint: str) -> Input:
    label, hint = templates.label(f"settings.note.{field}"), templates.label(f"settings.note.{hint}")
    return text_input(field, label, typed, MAX_TEMPLATE, hint=hint, tells=PREVIEW)


def _read(typed: Typed) -> dict[str, Any]:
    return {
        "layout": Layout(typed.selected("layout")),
        "number_template": typed.text("number_template"),
        "title_template": typed.text("title_template"),
    }


def preview(templates: Templates, series: Series, form: SeriesForm, period: Period) -> Mapping[str, Any]:
    """Return how the title of the next note would look, or what is wrong with a template."""
    try:
        numbering = tried(series.numbering, form.number_template, form.title_template)
    except InvalidInputError as refused:
        return preview_block(templates, problem=templates.error(refused))
    return preview_block(templates, title_of_next(numbering, period, templates.label(HEADLINE)))


def preview_block(templates: Templates, title: str = "", problem: str = "") -> Mapping[str, Any]:
    """Return the line that says how the next title would look, or why it cannot be said."""
    return {**context(templates.slack("settings/preview", title=title, problem=problem)), "block_id": "preview"}


NOTE = Section("note", _blocks, _read, ("layout", "number_template", "title_template"))
