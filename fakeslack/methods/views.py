"""views.*: modals and App Home."""

from fakeslack import views
from fakeslack.methods.registry import method
from fakeslack.model import Json, SlackError
from fakeslack.workspace import Workspace


@method("views.open", "trigger_id! view:dict!")
def open_view(ws: Workspace, args: Json) -> Json:
    """Open a modal for the person behind a trigger."""
    return _added(ws, args, "views.open")


@method("views.push", "trigger_id! view:dict!")
def push(ws: Workspace, args: Json) -> Json:
    """Open a modal on top of the one in which the trigger was made."""
    return _added(ws, args, "views.push")


@method("views.update", "view:dict! view_id external_id hash")
def update(ws: Workspace, args: Json) -> Json:
    """Replace a view."""
    _check_kind(ws, args["view"], None, "views.update")
    if "view_id" not in args and "external_id" not in args:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: view_id or external_id")
    found = views.get(ws, args["view_id"]) if "view_id" in args else views.by_external_id(ws, args["external_id"])
    return {"view": views.shown(ws, views.update(ws, found, args["view"], args.get("hash")))}


@method("views.publish", "user_id! view:dict! hash")
def publish(ws: Workspace, args: Json) -> Json:
    """Show a person their App Home."""
    _check_kind(ws, args["view"], "home", "views.publish")
    if not ws.installed.home_tab:
        raise SlackError("not_enabled")
    user = ws.user(args["user_id"])
    return {"view": views.shown(ws, views.publish(ws, user["id"], args["view"], args.get("hash")))}


def _added(ws: Workspace, args: Json, name: str) -> Json:
    _check_kind(ws, args["view"], "modal", name)
    trigger = ws.triggers.take(args["trigger_id"])
    is_push = name == "views.push"
    if is_push and (trigger.view is None or views.top(ws, trigger.user) is None):
        raise SlackError("invalid_trigger_id", "[ERROR] views.push needs a trigger from an open modal")
    return {"view": views.shown(ws, views.push(ws, trigger, args["view"], is_new=not is_push))}


def _check_kind(ws: Workspace, view: Json, kind: str | None, name: str) -> None:
    views.check(ws, view, name)
    if kind is not None and view["type"] != kind:
        raise SlackError("invalid_arguments", f"[ERROR] must be {kind} [json-pointer:/view/type]")
