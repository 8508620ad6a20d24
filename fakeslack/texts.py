"""Text as Slack stores it: escaped, with bare addresses linked and emoji by name."""

import re

import emoji

from fakeslack.composer_words import name_of
from fakeslack.model import Json

_TOKEN = re.compile(r"<(?:[@#!][^<>\n]+|(?:https?://|mailto:|tel:)[^<>\n]+)>")
_BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
_BARE_URL = re.compile(r"(?<![\w|/])https?://[^\s<>|]+[^\s<>|.,;:!?'\")\]}»”’]")

# Names of Slack that the emoji library does not know.
_SLACK_NAMES = frozenset(
    {"spiral_note_pad", "spiral_calendar_pad", "large_green_circle", "large_yellow_circle", "hugging_face"}
)

TEXT_CUT = 40_000
TEXT_SPLIT = 4_040
PART = 4_000


def stored(text: str) -> str:
    """Return an app's mrkdwn text as Slack keeps it."""
    parts: list[str] = []
    start = 0
    for token in _TOKEN.finditer(text):
        parts += [_plain(text[start : token.start()]), token.group()]
        start = token.end()
    return named_emoji("".join([*parts, _plain(text[start:])]))


def named_emoji(text: str) -> str:
    """Return the text with Unicode emoji written by their names."""
    return text if text.isascii() else emoji.replace_emoji(text, lambda character, _data: _name(character))


def _name(character: str) -> str:
    name, tone = name_of(character)
    if name is None:
        return character
    return f":{name}::skin-tone-{tone}:" if tone else f":{name}:"


def split(text: str) -> list[str]:
    """Split a text without blocks as Slack does when it is too long for one message."""
    if len(text) <= TEXT_SPLIT:
        return [text]
    cut = text.rfind("\n", 1, PART) if "\n" in text[1:PART] else PART
    return [text[:cut], *split(text[cut:].removeprefix("\n"))]


def stored_blocks(blocks: list[Json], fresh_id: str) -> list[Json]:
    """Return an app's blocks as Slack keeps them: every block and element has an id, texts are as stored."""
    return [_stored_block(block, f"{fresh_id}{index}") for index, block in enumerate(blocks)]


def _stored_block(block: Json, block_id: str) -> Json:
    kept = block if block.get("type") in ("rich_text", "markdown", "table") else _stored_value(block)
    named = {**kept, "block_id": block.get("block_id") or block_id}
    for name in ("accessory", "element"):
        if isinstance(named.get(name), dict) and named[name].get("type") != "image":
            named[name] = {"action_id": f"{block_id}_{name}", **named[name]}
    if block.get("type") == "actions":
        named["elements"] = [
            {"action_id": f"{block_id}_{index}", **element} for index, element in enumerate(named["elements"])
        ]
    return named


def _stored_value(value: Json) -> Json:
    if value.get("type") == "mrkdwn":
        return {**value, "text": stored(value["text"]), "verbatim": value.get("verbatim", False)}
    if value.get("type") == "plain_text":
        wanted = value.get("emoji", True)
        return {**value, "text": named_emoji(value["text"]) if wanted else value["text"], "emoji": wanted}
    return {name: _stored_part(part) for name, part in value.items()}


def _stored_part(part: object) -> object:
    if isinstance(part, dict):
        return _stored_value(part)
    return [_stored_part(item) for item in part] if isinstance(part, list) else part


def _plain(text: str) -> str:
    escaped = _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return _BARE_URL.sub(lambda url: f"<{url.group()}>", escaped)


def is_emoji(name: str) -> bool:
    """Say whether Slack has an emoji of this name, given without colons."""
    base = name.split("::", 1)[0]
    return emoji.emojize(f":{base}:", language="alias") != f":{base}:" or base in _SLACK_NAMES
