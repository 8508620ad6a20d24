"""A strict checker of messages and views: what Slack would refuse, said as Slack says it.

No public schema of Block Kit exists; the limits are those of Slack's pages and client libraries. Where Slack's own
behaviour is not known, the stricter reading is taken, so that what passes here passes there. Blocks that a weeknotes
bot has no use for (cards, carousels, charts, task cards …) are refused as unknown.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from fakeslack.block_elements import ACCESSORY, ACTION_ELEMENT, IMAGE_ELEMENT, INPUT_ELEMENT
from fakeslack.block_rules import (
    Check,
    Problem,
    Rule,
    at_least_one,
    boolean,
    exactly_one,
    items,
    one_of,
    record,
    string,
    typed,
    whole,
)
from fakeslack.block_texts import HTTP_URL, RICH_TEXT, SLACK_FILE, any_text, plain_text

__all__ = ["Problem", "check_message", "check_view", "counted_text"]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_200
UPDATE_TEXT = 4_000
MARKDOWN_CHARACTERS = 12_000
VIEW_BYTES = 250_000
METADATA_CHARACTERS = 3_000

_BLOCK_ID = {"block_id": string(255)}
_CONTEXT_ELEMENT = typed(
    {
        "image": IMAGE_ELEMENT,
        "plain_text": record({"text": string(3000)}, {"emoji": boolean}),
        "mrkdwn": record({"text": string(3000)}, {"verbatim": boolean}),
    },
)
_CELL = typed(
    {
        "raw_text": record({"text": string(low=0)}),
        "raw_number": record({"value": lambda _check, _value, _where: None}, {"text": string()}),
        "rich_text": RICH_TEXT,
    },
)
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _block(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, *extra: Rule) -> Rule:
    return record(required, {**_BLOCK_ID, **(optional or {})}, *extra)


_EVERYWHERE: dict[str, Rule] = {
    "section": _block(
        {},
        {"text": any_text(3000), "fields": items(any_text(2000), 10), "accessory": ACCESSORY, "expand": boolean},
        at_least_one("text", "fields"),
    ),
    "header": _block({"text": plain_text(150)}, {"level": whole(1, 4)}),
    "context": _block({"elements": items(_CONTEXT_ELEMENT, 10)}),
    "actions": _block({"elements": items(ACTION_ELEMENT, 25)}),
    "divider": _block({}),
    "image": _block(
        {"alt_text": string(2000)},
        {"image_url": HTTP_URL, "slack_file": SLACK_FILE, "title": plain_text(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "input": _block(
        {"label": plain_text(2000), "element": INPUT_ELEMENT},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
    "video": _block(
        {"alt_text": string(2000), "title": plain_text(200), "thumbnail_url": HTTP_URL, "video_url": HTTP_URL},
        {
            "author_name": string(50),
            "description": plain_text(200),
            "provider_icon_url": HTTP_URL,
            "provider_name": string(),
            "title_url": HTTP_URL,
        },
    ),
}
_TABLE = _block({"rows": items(items(_CELL, 20), 100)}, {"column_settings": items(_COLUMN, 20)})
_MESSAGE_ONLY: dict[str, Rule] = {
    "markdown": _block({"text": string(MARKDOWN_CHARACTERS)}),
    "file": _block({"external_id": string(255), "source": one_of("remote")}),
    "table": _TABLE,
}
_BLOCK_KINDS: dict[str, dict[str, Rule]] = {
    "message": {**_EVERYWHERE, **_MESSAGE_ONLY},
    "home": {**_EVERYWHERE, "table": _TABLE},
    "modal": _EVERYWHERE,
}
_VIEW: dict[str, Rule] = {
    "private_metadata": string(METADATA_CHARACTERS, low=0),
    "callback_id": string(255, low=0),
    "external_id": string(255, low=0),
}
_VIEWS: dict[str, Rule] = {
    "modal": record(
        {"title": plain_text(24), "blocks": items(lambda _check, _value, _where: None, low=0)},
        {
            **_VIEW,
            "submit": plain_text(24),
            "close": plain_text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
    ),
    "home": record({"blocks": items(lambda _check, _value, _where: None, low=0)}, _VIEW),
}


def check_message(blocks: object, text: object = "", *, updating: object = None) -> list[Problem]:
    """Return what Slack would refuse in a message of these blocks and this fallback text.

    `updating` is the blocks of the message that chat.update would replace, None for a new message.
    """
    check = Check("message", "invalid_blocks")
    text = "" if text is None else text
    if not isinstance(text, str):
        return [Problem("invalid_arguments", "/text", "must be a string")]
    if not text and not blocks:
        return [Problem("no_text", "/text", "a message needs text or blocks")]
    if updating is not None and len(text) > UPDATE_TEXT:
        check.problems.append(Problem("msg_too_long", "/text", f"must be less than {UPDATE_TEXT + 1} characters"))
    _check_blocks(check, blocks or [], "/blocks", MESSAGE_BLOCKS)
    if not check.problems:
        _check_whole_message(check, _mappings(blocks), _mappings(updating))
    return check.problems


def check_view(view: object) -> list[Problem]:
    """Return what Slack would refuse in this modal or Home view."""
    if not isinstance(view, Mapping):
        return [Problem("invalid_arguments", "/view", "must be an object")]
    surface = view.get("type")
    check = Check(surface if isinstance(surface, str) else "", "invalid_arguments")
    typed(_VIEWS)(check, view, "/view")
    if check.surface in _VIEWS:
        _check_blocks(check, view.get("blocks") or [], "/view/blocks", VIEW_BLOCKS)
        _check_modal(check, view)
    if len(json.dumps(view, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")) > VIEW_BYTES:
        check.problems.append(Problem("view_too_large", "/view", "must be less than 250 kB"))
    return check.problems


def counted_text(blocks: object) -> int:
    """Count the characters that Slack adds up over a message: every text, label, address and name in its blocks."""
    return sum(map(len, _strings(blocks)))


_NOT_COUNTED = frozenset({"type", "block_id", "action_id", "style", "value", "range", "unicode", "source", "align"})


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _NOT_COUNTED:
                yield from _strings(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _strings(inner)


def _check_blocks(check: Check, blocks: object, where: str, most: int) -> None:
    items(typed(_BLOCK_KINDS[check.surface]), most, low=0)(check, blocks, where)
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        return
    _check_unique(check, [(f"{where}/{n}/block_id", b.get("block_id")) for n, b in _numbered(blocks)])
    for index, block in _numbered(blocks):
        _check_unique(check, list(_action_ids(block, f"{where}/{index}")))
    focused = [
        place
        for index, block in _numbered(blocks)
        for place, element in _elements(block, f"{where}/{index}")
        if element.get("focus_on_load")
    ]
    for place in focused[1:]:
        check.refuse(place, "only one element may have focus_on_load")


def _check_unique(check: Check, ids: Sequence[tuple[str, object]]) -> None:
    seen: set[object] = set()
    for where, value in ids:
        if isinstance(value, str) and value in seen:
            check.refuse(where, f"{where.rsplit('/', 1)[1]} must be unique: {value}")
        elif isinstance(value, str):
            seen.add(value)


def _numbered(blocks: Sequence[object]) -> Iterator[tuple[int, Mapping[str, object]]]:
    return ((index, block) for index, block in enumerate(blocks) if isinstance(block, Mapping))


def _elements(block: Mapping[str, object], where: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for name in ("accessory", "element"):
        inner = block.get(name)
        if isinstance(inner, Mapping):
            yield f"{where}/{name}", inner
    elements = block.get("elements")
    if block.get("type") == "actions" and isinstance(elements, Sequence):
        for index, element in _numbered(elements):
            yield f"{where}/elements/{index}", element


def _action_ids(block: Mapping[str, object], where: str) -> Iterator[tuple[str, object]]:
    for place, element in _elements(block, where):
        yield f"{place}/action_id", element.get("action_id")


def _mappings(blocks: object) -> list[Mapping[str, object]]:
    return [block for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, Sequence) else []


def _check_whole_message(
    check: Check,
    blocks: Sequence[Mapping[str, object]],
    before: Sequence[Mapping[str, object]],
) -> None:
    kinds = [block["type"] for block in blocks]
    if kinds.count("table") > 1:
        check.problems.append(Problem("invalid_attachments", "/blocks", "only one table is allowed in a message"))
    if sum(len(str(block["text"])) for block in blocks if block["type"] == "markdown") > MARKDOWN_CHARACTERS:
        check.refuse("/blocks", f"markdown blocks must be less than {MARKDOWN_CHARACTERS + 1} characters together")
    counted = counted_text(blocks)
    if counted > MESSAGE_CHARACTERS:
        message = f"{counted} characters of text; {MESSAGE_CHARACTERS} are allowed"
        check.problems.append(Problem("msg_blocks_too_long", "/blocks", message))
    if kinds and "rich_text" not in kinds and [block.get("type") for block in before] == ["rich_text"]:
        check.problems.append(Problem("block_mismatch", "/blocks", "a rich_text message stays rich_text"))


def _check_modal(check: Check, view: Mapping[str, object]) -> None:
    has_inputs = any(block.get("type") == "input" for block in _mappings(view.get("blocks")))
    if check.surface == "modal" and has_inputs and not view.get("submit"):
        check.refuse("/view", "missing required field: submit")
