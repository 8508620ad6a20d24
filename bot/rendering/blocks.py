"""Small makers of Block Kit blocks, on top of slack_sdk's models (which know the limits)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

Blocks = list[Mapping[str, Any]]
LONGEST_HEADER = 150
LONGEST_SPOKEN = 75


def section(mrkdwn: str) -> Mapping[str, Any]:
    """Return a section of the bot's own mrkdwn (people's words go into `rich_text` instead)."""
    return SectionBlock(text=MarkdownTextObject(text=mrkdwn)).to_dict()


def header(text: str) -> Mapping[str, Any]:
    """Return a heading: plain text, of which Slack takes 150 characters."""
    return HeaderBlock(text=PlainTextObject(text=text[:LONGEST_HEADER])).to_dict()


def context(mrkdwn: str) -> Mapping[str, Any]:
    """Return a line of small print."""
    return ContextBlock(elements=[MarkdownTextObject(text=mrkdwn)]).to_dict()


def divider() -> Mapping[str, Any]:
    """Return a line across."""
    return DividerBlock().to_dict()


def actions(*elements: InteractiveElement) -> Mapping[str, Any]:
    """Return a row of buttons and selects."""
    return ActionsBlock(elements=list(elements)).to_dict()


def button(
    label: str, action_id: str, value: Mapping[str, Any], *, style: str | None = None, of: str = ""
) -> ButtonElement:
    """Return a button that carries `value` as JSON. Where several say the same, `of` tells readers of screens which."""
    spoken = f"{label}: {of}"[:LONGEST_SPOKEN] if of else None
    return ButtonElement(
        text=label, action_id=action_id, value=json.dumps(value), style=style, accessibility_label=spoken
    )


def bold_line(text: str) -> Mapping[str, Any]:
    """Return somebody's words as one bold line, verbatim."""
    return rich_text([rich_section([{"type": "text", "text": text, "style": {"bold": True}}])])


def rich_text(elements: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return a rich_text block of these sections and lists."""
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(elements: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return one section of a rich_text block."""
    return {"type": "rich_text_section", "elements": list(elements)}
