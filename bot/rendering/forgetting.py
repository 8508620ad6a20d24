"""The question before somebody is forgotten."""

from bot.domain.deliveries import Message
from bot.domain.held import Held
from bot.rendering.blocks import button
from bot.rendering.environments import Templates
from bot.rendering.sayings import said


def forget_question(templates: Templates, held: Held) -> Message:
    """Return what goes and what stays, and the choices: about published notes only where there are some."""
    words = button("Forget me and my words" if held.notes else "Forget me", "forget.words", {}, style="danger")
    name = button("Forget me, keep the words without my name", "forget.name", {}, style="danger")
    cancel = button("Cancel", "forget.cancel", {})
    text = templates.slack("command_forget", held=held)
    return said(text, words, *([name] if held.notes else []), cancel)
