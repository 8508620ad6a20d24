"""What somebody jotted before the questions came, as the opening message lists it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement, ConfirmObject, PlainTextObject, SectionBlock

from bot.domain.editions import Answer
from bot.domain.richtext import parse, plain
from bot.rendering.blocks import Blocks, context
from bot.rendering.environments import Templates
from bot.rendering.filters import escape_mrkdwn

LISTED_JOTS = 10
LISTED_CHARACTERS = 300
LONGEST_FALLBACK = 2500
"""How long a list the text of the message may hold, beside everything else it says; Slack takes 4,000 characters."""
NAMED_CHARACTERS = 50


Names = Mapping[str, str]
"""The names of those whose words somebody saved, by their ids."""


def jots_blocks(templates: Templates, jots: Sequence[Answer], names: Names) -> Blocks:
    """Return the jots, the beginning of each with the button that removes it, and how many more there are."""
    blocks: Blocks = []
    for place, jot in enumerate(jots[:LISTED_JOTS], 1):
        blocks += _jot_blocks(templates, jot, place, names)
    more = len(jots) - LISTED_JOTS
    return [*blocks, context(templates.slack("opening_more", more=more))] if more > 0 else blocks


def jots_text(jots: Sequence[Answer], names: Names) -> str:
    """Return the same list for notifications and screen readers, as far as there is room for it."""
    text = ""
    for jot in jots[:LISTED_JOTS]:
        author = f" — {_author(jot, names)}" if jot.said_by else ""
        line = f"• {escape_mrkdwn(_excerpt(jot, LISTED_CHARACTERS) + author)}\n"
        if len(text) + len(line) > LONGEST_FALLBACK:
            break
        text += line
    return text.rstrip("\n")


def _jot_blocks(templates: Templates, jot: Answer, place: int, names: Names) -> Iterator[Mapping[str, Any]]:
    """Return one jot, verbatim: as plain text, in which nothing mentions, links or notifies."""
    yield SectionBlock(
        text=PlainTextObject(text=_excerpt(jot, LISTED_CHARACTERS)),
        block_id=f"jot:{jot.id}",
        accessory=_remove_button(templates, jot, place),
    ).to_dict()
    if jot.permalink:
        yield context(templates.slack("jot_found", permalink=jot.permalink, author=_author(jot, names)))


def _author(jot: Answer, names: Names) -> str:
    """Return who wrote what somebody saved, if it was not they themselves."""
    return names.get(jot.said_by, jot.said_by)


def _remove_button(templates: Templates, jot: Answer, place: int) -> ButtonElement:
    confirm = ConfirmObject(
        title=templates.label("jots.confirm.title"),
        text=PlainTextObject(text=templates.label("jots.confirm.text")),
        confirm=templates.label("jots.confirm.yes"),
        deny=templates.label("jots.confirm.no"),
    )
    excerpt = " ".join(_excerpt(jot, NAMED_CHARACTERS).split())
    return ButtonElement(
        text=templates.label("jots.remove"),
        action_id="jot.remove",
        value=json.dumps({"answer": jot.id}),
        accessibility_label=templates.label("jots.remove_this", number=place, excerpt=excerpt)[:75],
        confirm=confirm,
    )


def _excerpt(jot: Answer, most: int) -> str:
    """Return the beginning of a jot, or the names of its files when it has no words."""
    words = plain(parse(jot.text, jot.blocks)).strip()
    words = words or ", ".join(str(file.get("name") or file.get("title") or file.get("id")) for file in jot.files)
    words = words or "…"
    return words if len(words) <= most else f"{words[:most]}…"
