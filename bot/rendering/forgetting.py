"""The question before somebody is forgotten."""

from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.domain.deliveries import Message
from bot.domain.held import Held
from bot.rendering.blocks import actions, button
from bot.rendering.environments import Templates
from bot.rendering.sayings import said, told_form


def forget_question(templates: Templates, held: Held) -> Message:
    """Return what goes and what stays, and the choices: about published notes only where there are some."""
    cancel = button(templates.label("forget.cancel"), "forget.cancel", {})
    return said(templates.slack("command_forget", held=held), *_ways(templates, held), cancel)


def forget_form(templates: Templates, held: Held) -> dict[str, Any]:
    """Return the same question as a modal, which can be closed instead."""
    form = told_form(templates, "home.forget_title", templates.slack("command_forget", held=held))
    return {**form, "blocks": [*form["blocks"], actions(*_ways(templates, held))]}


def _ways(templates: Templates, held: Held) -> list[ButtonElement]:
    words = button(templates.label("forget.words" if held.notes else "forget.all"), "forget.words", {}, style="danger")
    name = button(templates.label("forget.name"), "forget.name", {}, style="danger")
    return [words, *([name] if held.notes else [])]
