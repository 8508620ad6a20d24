"""Parts of messages and forms, as short as they can be: for the local Slack's own tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def asking(action_id: str, kind: str, *, optional: bool = False, **more: object) -> Json:
    """Return an input block named like its element."""
    element = {"type": kind, "action_id": action_id, **more}
    return {"type": "input", "block_id": action_id, "label": plain(action_id), "element": element, "optional": optional}


def option(value: str) -> Json:
    """Return an option."""
    return {"text": plain(value), "value": value}


def modal(*blocks: Json, **more: object) -> Json:
    """Return a modal."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("T"),
        "submit": plain("Go"),
        "blocks": [*blocks],
        **more,
    }


def buttons(*action_ids: str) -> Json:
    """Return a row of buttons."""
    elements = [{"type": "button", "action_id": each, "text": plain(each), "value": f"v-{each}"} for each in action_ids]
    return {"type": "actions", "block_id": "row", "elements": elements}
