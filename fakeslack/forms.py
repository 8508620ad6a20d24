"""Using the elements of messages and views: pressing, choosing, typing, and what the client says before it submits."""

from collections.abc import Mapping
from typing import TypeAlias

from fakeslack import inputs, views, writing
from fakeslack.model import Json
from fakeslack.workspace import Workspace

Values: TypeAlias = Mapping[str, Mapping[str, object]]


def act(ws: Workspace, at: inputs.Place, selected: object, typed: dict[tuple[str, str], Json]) -> Json:
    """Press or choose; return the action as payloads have it."""
    element = at.element
    ids = {"block_id": at.ids[0], "action_id": at.ids[1], "type": element["type"], "action_ts": ws.ts()}
    if element["type"] == "button":
        return {**ids, **{name: element[name] for name in ("text", "value", "style", "url") if name in element}}
    value = inputs.given(element, selected, lambda text: writing.rich(ws, text))
    typed[at.ids] = value
    return {**ids, **value}


def dispatches(block: Json) -> bool:
    """Say whether the app is told at once of what is done in a block."""
    return block["type"] != "input" or bool(block.get("dispatch_action"))


def type_into(ws: Workspace, view: Json, values: Values) -> None:
    """Type values into a view."""
    typed = views.typed(ws, view["id"])
    for block_id, given in values.items():
        for action_id, value in given.items():
            at = inputs.find(view["blocks"], action_id, block_id)
            typed[at.ids] = inputs.given(at.element, value, lambda text: writing.rich(ws, text))


def complaints(ws: Workspace, view: Json) -> dict[str, str]:
    """Return what the client says about a view's inputs, by block_id; it submits only when that is nothing."""
    state = views.shown(ws, view)["state"]["values"]
    found = {
        block["block_id"]: inputs.complaint(block, state[block["block_id"]][block["element"]["action_id"]])
        for block in view["blocks"]
        if block["type"] == "input" and block["element"]["type"] in inputs.KINDS
    }
    return {block_id: complaint for block_id, complaint in found.items() if complaint}
