"""Modals and App Home: each person's stack of modals, their Home, and what they typed so far."""

import json
import uuid

from fakeslack import inputs
from fakeslack.blocks import check_view
from fakeslack.model import Json, SlackError
from fakeslack.pictures import check_pictures
from fakeslack.tokens import Trigger
from fakeslack.workspace import Workspace

STACK = 3
_SETTINGS: Json = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "title": None,
    "submit": None,
    "close": None,
    "clear_on_close": False,
    "notify_on_close": False,
}


def check(ws: Workspace, view: Json, method: str) -> None:
    """Refuse a view that Slack would refuse."""
    ws.blocks_seen.append({"surface": view.get("type"), "method": method, "view": view, "blocks": view.get("blocks")})
    problems = check_view(view)
    if problems:
        raise SlackError(problems[0].code, *map(str, problems))
    check_pictures(ws, view["blocks"], "invalid_arguments")


def stack(ws: Workspace, user: str) -> list[str]:
    """Return the ids of a person's open modals, the top one last."""
    kept = ws.store.get("stacks", user)
    return list(kept["ids"]) if kept else []


def top(ws: Workspace, user: str) -> Json | None:
    """Return a person's top modal as kept."""
    ids = stack(ws, user)
    return ws.store.get("views", ids[-1]) if ids else None


def get(ws: Workspace, view_id: str) -> Json:
    """Return a view as kept."""
    view = ws.store.get("views", view_id)
    if view is None:
        raise SlackError("not_found", f"[ERROR] no view {view_id}")
    return view


def by_external_id(ws: Workspace, external_id: str) -> Json:
    """Return the view that the app gave this id."""
    for view in ws.store.all("views"):
        if external_id and view["external_id"] == external_id:
            return view
    raise SlackError("not_found", f"[ERROR] no view with external_id {external_id}")


def push(ws: Workspace, trigger: Trigger, given: Json, *, is_new: bool) -> Json:
    """Open a modal: as the first of a new stack, or on top of the one that is open."""
    _check_external_id(ws, given, None)
    ids = [] if is_new else stack(ws, trigger.user)
    if len(ids) >= STACK:
        raise SlackError("push_limit_reached")
    if is_new:
        close_all(ws, trigger.user)
    view = _made(ws, trigger.user, given)
    links = {"root_view_id": ids[0] if ids else view["id"], "previous_view_id": ids[-1] if ids else None}
    ws.store.put("views", view["id"], {**view, **links, "origin": trigger.channel})
    _keep_stack(ws, trigger.user, [*ids, view["id"]])
    return get(ws, view["id"])


def update(ws: Workspace, before: Json, given: Json, view_hash: str | None) -> Json:
    """Replace a view; what was typed stays where block_id and action_id stay."""
    if view_hash is not None and view_hash != before["hash"]:
        raise SlackError("hash_conflict")
    if given["type"] != before["type"]:
        raise SlackError("invalid_arguments", "[ERROR] view type cannot change [json-pointer:/view/type]")
    _check_external_id(ws, given, before["id"])
    kept = {name: before[name] for name in ("id", "user", "root_view_id", "previous_view_id", "origin")}
    view = ws.store.put("views", before["id"], {**_made(ws, before["user"], given), **kept})
    ws.changed("view", user=before["user"], view=view["id"])
    return view


def publish(ws: Workspace, user: str, given: Json, view_hash: str | None) -> Json:
    """Show a person their App Home."""
    before = home(ws, user)
    if before is not None:
        return update(ws, before, given, view_hash)
    view = _made(ws, user, given)
    ws.store.put("views", view["id"], {**view, "root_view_id": view["id"], "previous_view_id": None, "origin": None})
    ws.store.put("homes", user, {"id": view["id"]})
    ws.changed("view", user=user, view=view["id"])
    return get(ws, view["id"])


def home(ws: Workspace, user: str) -> Json | None:
    """Return a person's App Home as kept."""
    kept = ws.store.get("homes", user)
    return ws.store.get("views", kept["id"]) if kept else None


def close(ws: Workspace, user: str) -> Json | None:
    """Close a person's top modal and return it."""
    ids = stack(ws, user)
    if not ids:
        return None
    view = get(ws, ids[-1])
    _forget(ws, ids[-1])
    _keep_stack(ws, user, ids[:-1])
    return view


def close_all(ws: Workspace, user: str) -> list[Json]:
    """Close all of a person's modals and return them, the top one first."""
    closed = []
    while view := close(ws, user):
        closed.append(view)
    return closed


def shown(ws: Workspace, view: Json) -> Json:
    """Return a view as payloads and answers show it, with its state."""
    app = ws.installed
    values = inputs.values(view["blocks"], typed(ws, view["id"]), view["origin"])
    body = {name: value for name, value in view.items() if name not in ("origin", "user")}
    ids = {"app_id": app.app_id, "bot_id": app.bot_id, "app_installed_team_id": ws.team.id, "team_id": ws.team.id}
    return {**body, **ids, "state": {"values": values}}


def typed(ws: Workspace, key: str) -> dict[tuple[str, str], Json]:
    """Return what a person typed into a view or message so far, by block_id and action_id; it may be added to."""
    return ws.typed.setdefault(key, {})


def _made(ws: Workspace, user: str, given: Json) -> Json:
    prefix = uuid.uuid4().hex[:4]
    blocks = json.loads(json.dumps(given["blocks"]))
    for index, block in enumerate(blocks):
        block.setdefault("block_id", f"{prefix}{index}")
        _name_elements(block, f"{prefix}{index}")
    view_hash = f"{ws.seconds()}.{uuid.uuid4().hex[:8]}"
    return {**_SETTINGS, **given, "id": ws.fresh("V"), "user": user, "hash": view_hash, "blocks": blocks}


def _name_elements(block: Json, name: str) -> None:
    elements = [block.get("element"), block.get("accessory")]
    elements += block["elements"] if block["type"] == "actions" else []
    for index, element in enumerate(elements):
        if isinstance(element, dict) and element["type"] != "image":
            element.setdefault("action_id", f"{name}_{index}")


def _check_external_id(ws: Workspace, given: Json, own: str | None) -> None:
    external_id = given.get("external_id")
    if external_id and any(v["external_id"] == external_id and v["id"] != own for v in ws.store.all("views")):
        raise SlackError("duplicate_external_id")


def _keep_stack(ws: Workspace, user: str, ids: list[str]) -> None:
    ws.store.put("stacks", user, {"ids": ids})
    ws.changed("view", user=user, view=ids[-1] if ids else None)


def _forget(ws: Workspace, view_id: str) -> None:
    ws.store.drop("views", view_id)
    ws.typed.pop(view_id, None)
