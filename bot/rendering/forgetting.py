"""The question before somebody is forgotten."""

from bot.domain.deliveries import Message
from bot.domain.held import Held
from bot.rendering.blocks import button
from bot.rendering.environments import Templates
from bot.rendering.sayings import said


def forget_question(templates: Templates, held: Held) -> Message:
    """Return what goes and what stays, and the choices: about published notes only where there are some."""
    words = button(templates.label("forget.words" if held.notes else "forget.all"), "forget.words", {}, style="danger")
    name = button(templates.label("forget.name"), "forget.name", {}, style="danger")
    cancel = button(templates.label("forget.cancel"), "forget.cancel", {})
    text = templates.slack("command_forget", held=held)
    return said(text, words, *([name] if held.notes else []), cancel)
