"""Reading the form for answering: from a view's state, as Slack sends it, to the form of the domain."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.answer_forms import Cursor, Entry, Filled
from bot.domain.pieces import Piece, join
from bot.listeners.payloads import about_view, number
from bot.rendering.answer_forms import INSIDE, PIECE, WORDS


def filled_in(view: Mapping[str, Any], trigger_id: str) -> Filled:
    """Return what was typed and ticked in the form, and what it showed when it was opened."""
    about = about_view(view)
    seen = about.get("seen")
    return Filled(
        number(about, "edition"),
        view["id"],
        _entries(view),
        seen if isinstance(seen, dict) else {},
        _cursor(about.get("next")),
        trigger_id,
    )


def _entries(view: Mapping[str, Any]) -> dict[str, Entry]:
    """Return what the form holds, with the pieces of long texts put together in the order in which they stand."""
    values = view["state"]["values"]
    pieces: dict[str, list[Piece]] = {}
    for block_id, words in _inputs(view):
        name, _, where = block_id.partition(PIECE)
        pieces.setdefault(name, []).append(Piece(where.partition(PIECE)[2], words))
    boxes = {name: values.get(f"{INSIDE}:{name}") for name in pieces}
    return {name: Entry(join(parts), _is_ticked(boxes[name])) for name, parts in pieces.items()}


def _inputs(view: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    values = view["state"]["values"]
    for block in view["blocks"]:
        inputs = values.get(block.get("block_id")) or {}
        if WORDS in inputs:
            yield block["block_id"], inputs[WORDS].get("rich_text_value")


def _is_ticked(inputs: Mapping[str, Any] | None) -> bool | None:
    return bool(inputs[INSIDE].get("selected_options")) if inputs else None


def _cursor(value: object) -> Cursor | None:
    match value:
        case [int(position), int() | float() as given_at, int(answer_id)]:
            return position, float(given_at), answer_id
        case _:
            return None
