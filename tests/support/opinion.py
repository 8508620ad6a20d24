"""A second opinion on messages: the same blocks, built and validated by blockkit."""

from collections.abc import Mapping
from typing import Any

import blockkit

from bot.domain.deliveries import Message

_STYLES = ("bold", "italic", "strike", "code")


def rebuilt(message: Message) -> list[dict[str, Any]]:
    """Return the blocks as blockkit builds them; it raises where it finds something wrong."""
    built = [_block(block).build() for block in message.blocks]
    return [dict(block) for block in built]


def _block(block: Mapping[str, Any]) -> Any:  # noqa: ANN401 - blockkit ships no types
    match block["type"]:
        case "header":
            return blockkit.Header(
                blockkit.Text(block["text"]["text"], type="plain_text", emoji=block["text"]["emoji"])
            )
        case "context":
            return blockkit.Context([_text(element) for element in block["elements"]])
        case "divider":
            return blockkit.Divider()
        case _:
            return blockkit.RichText([_part(part) for part in block["elements"]])


def _text(element: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if element["type"] == "mrkdwn":
        return blockkit.Text(element["text"], type="mrkdwn")
    return blockkit.Text(element["text"], type="plain_text", emoji=element["emoji"])


def _part(part: Mapping[str, Any]) -> Any:  # noqa: ANN401
    kind = part["type"]
    if kind == "rich_text_list":
        sections = [_part(section) for section in part["elements"]]
        return blockkit.RichTextList(part["style"], sections, indent=part.get("indent"), offset=part.get("offset"))
    holder = {
        "rich_text_section": blockkit.RichTextSection,
        "rich_text_quote": blockkit.RichTextQuote,
        "rich_text_preformatted": blockkit.RichTextPreformatted,
    }[kind]
    return holder([_element(element) for element in part["elements"]])


def _element(element: Mapping[str, Any]) -> Any:  # noqa: ANN401
    style = _style(element.get("style", {}))
    match element["type"]:
        case "link":
            return blockkit.RichLinkEl(url=element["url"], text=element.get("text"), style=style)
        case "emoji":
            return blockkit.RichEmojiEl(element["name"])
        case "channel":
            return blockkit.RichChannelEl(element["channel_id"])
        case _:
            return blockkit.RichTextEl(element["text"], style=style)


def _style(style: Mapping[str, bool]) -> Any:  # noqa: ANN401
    known = {name: True for name in _STYLES if style.get(name)}
    return blockkit.RichStyle(**known) if known else None
