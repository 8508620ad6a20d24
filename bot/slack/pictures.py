"""Pictures in what is sent: Slack refuses a message with one that it cannot show, so a named link takes its place."""

from collections.abc import Iterable, Mapping
from typing import Any

REFUSALS = frozenset({"invalid_blocks", "invalid_arguments"})
"""What Slack says of a picture that is gone, or that the bot may not see."""

Block = Mapping[str, Any]


def has_pictures(arguments: Mapping[str, Any]) -> bool:
    """Say whether a message or a Home shows files that Slack keeps."""
    return any(_is_picture(block) for block in _blocks(arguments))


def without_pictures(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call with named links in place of pictures."""
    if isinstance(arguments.get("view"), Mapping):
        return {**arguments, "view": without_pictures(arguments["view"])}
    return {**arguments, "blocks": as_links(_blocks(arguments))}


def as_links(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks with named links in place of pictures."""
    return [_link(block) if _is_picture(block) else block for block in blocks]


def _blocks(arguments: Mapping[str, Any]) -> list[Block]:
    holder = arguments.get("view") if isinstance(arguments.get("view"), Mapping) else arguments
    return list((holder or {}).get("blocks") or ())


def _is_picture(block: Block) -> bool:
    return block.get("type") == "image" and "slack_file" in block


def _link(block: Block) -> Block:
    link = {"type": "link", "url": block["slack_file"]["url"], "text": block["alt_text"]}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}
