"""Turning the bot's own mrkdwn, however long, into a message."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from bot.domain.deliveries import Message
from bot.rendering.blocks import actions, section
from bot.rendering.environments import Templates

SECTION = 3000
"""How many characters Slack takes in one section."""


def said(mrkdwn: str, *buttons: InteractiveElement) -> Message:
    """Return a message that says `mrkdwn` in as many sections as it needs, with buttons below."""
    row = (actions(*buttons),) if buttons else ()
    return Message(mrkdwn, (*map(section, pieces(mrkdwn)), *row))


def pieces(mrkdwn: str, most: int = SECTION) -> Iterator[str]:
    """Cut text into pieces of at most `most` characters, between lines where it can; only line breaks go."""
    rest = mrkdwn
    while len(rest) > most:
        cut = rest.rfind("\n", 1, most + 1)
        cut = cut if cut > 0 else rest.rfind(" ", 1, most + 1)
        cut = cut if cut > 0 else most
        yield rest[:cut].rstrip("\n")
        rest = rest[cut:].lstrip("\n")
    if rest:
        yield rest


def told_form(templates: Templates, title: str, mrkdwn: str) -> dict[str, Any]:
    """Return a modal that only tells something; `title` is the key of its label."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": templates.label(title)},
        "close": {"type": "plain_text", "text": templates.label("home.close")},
        "blocks": list(map(section, pieces(mrkdwn))),
    }


def message_form(templates: Templates, title: str, message: Message) -> dict[str, Any]:
    """Return a message, with its buttons, as a modal; `title` is the key of its label."""
    return {**told_form(templates, title, message.text), "blocks": list(message.blocks)}
