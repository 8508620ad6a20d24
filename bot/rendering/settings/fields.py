"""The inputs that the setup form and the settings share."""

from typing import Any

from slack_sdk.models.blocks import ConversationFilter, ConversationSelectElement

from bot.domain.series import Layout
from bot.domain.series_checks import EVERY_WEEKS, MAX_NAME
from bot.domain.series_forms import SeriesForm
from bot.rendering.environments import Templates
from bot.rendering.inputs import (
    VALUE,
    Input,
    Typed,
    element_input,
    moment_inputs,
    people_input,
    select_input,
    text_input,
)

LONGEST_ZONE = 60
CHOSEN, CHANNEL = "chosen", "channel"


def name_input(templates: Templates, form: SeriesForm) -> Input:
    """Return the input for the name."""
    example = templates.label("setup.name_example")
    return text_input("name", templates.label("settings.general.name"), form.name, MAX_NAME, placeholder=example)


def channel_input(templates: Templates, form: SeriesForm) -> Input:
    """Return the input for the channel."""
    channel = ConversationSelectElement(
        action_id=VALUE,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        initial_conversation=form.channel_id or None,
    )
    label, hint = templates.label("settings.general.channel"), templates.label("settings.general.channel_hint")
    return element_input("channel", label, channel, hint=hint)


def asked_inputs(templates: Templates, form: SeriesForm) -> list[Input]:
    """Return the inputs for those who are asked: everyone in the channel, or the people chosen."""
    ways = {way: templates.label(f"settings.people.{way}") for way in (CHOSEN, CHANNEL)}
    label, hint = templates.label("settings.people.who"), templates.label("settings.people.who_hint")
    return [
        select_input("follows_channel", label, ways, CHANNEL if form.follows_channel else CHOSEN, hint=hint),
        _people(templates, "contributors", form.contributors, is_optional=True),
    ]


def editors_input(templates: Templates, form: SeriesForm) -> Input:
    """Return the input for the editors."""
    return _people(templates, "editors", form.editors)


def asked_in(typed: Typed) -> dict[str, Any]:
    """Return who is to be asked, and who edits, by the fields of the form."""
    return {
        "contributors": typed.people("contributors"),
        "editors": typed.people("editors"),
        "follows_channel": typed.selected("follows_channel") == CHANNEL,
    }


def _people(templates: Templates, field: str, chosen: tuple[str, ...], *, is_optional: bool = False) -> Input:
    label, hint = templates.label(f"settings.people.{field}"), templates.label(f"settings.people.{field}_hint")
    return people_input(field, label, chosen, hint=hint, is_optional=is_optional)


def step_inputs(templates: Templates, form: SeriesForm, step: str, hint: str) -> list[Input]:
    """Return the two inputs for when a step falls due."""
    labels = (templates.label(f"settings.step_day.{step}"), templates.label(f"settings.step_time.{step}"))
    return moment_inputs(step, labels, getattr(form, step), templates.words.weekdays, hint=hint)


def rhythm_inputs(templates: Templates, form: SeriesForm) -> list[Input]:
    """Return the inputs for how often, and in which zone."""
    options = {str(weeks): templates.label(f"series.rhythm.{weeks}") for weeks in EVERY_WEEKS}
    zone, hint = templates.label("settings.when.zone"), templates.label("settings.when.zone_hint")
    return [
        select_input("every_weeks", templates.label("settings.when.every"), options, str(form.every_weeks)),
        text_input("zone", zone, form.zone, LONGEST_ZONE, hint=hint),
    ]


def layout_input(templates: Templates, form: SeriesForm) -> Input:
    """Return the input for the layout."""
    options = {layout.value: templates.label(f"settings.layout.{layout.value}") for layout in Layout}
    return select_input("layout", templates.label("settings.note.layout"), options, form.layout.value)
