"""auth.*, api.*, apps.*, team.*, bots.* and blocks.validate: who is calling, and where."""

from fakeslack.blocks import check_message, check_view
from fakeslack.events import emit
from fakeslack.methods.registry import method
from fakeslack.model import TEAM_DOMAIN, TEAM_ID, TEAM_NAME, Json, SlackError
from fakeslack.workspace import Workspace


@method("api.test", "error foo", caller="anybody")
def api_test(_ws: Workspace, args: Json) -> Json:
    """Answer with what was given."""
    if "error" in args:
        raise SlackError(args["error"])
    return {"args": args}


@method("auth.test")
def auth_test(ws: Workspace, _args: Json) -> Json:
    """Say whose token this is."""
    app = ws.installed
    return {
        "url": f"{ws.url}/",
        "team": TEAM_NAME,
        "user": ws.user(app.bot_user)["name"],
        "team_id": TEAM_ID,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke", "test:bool")
def auth_revoke(ws: Workspace, args: Json) -> Json:
    """Make the token invalid."""
    if not args.get("test"):
        uninstall(ws)
    return {"revoked": not args.get("test", False)}


def uninstall(ws: Workspace) -> None:
    """Take the app out of the workspace and tell it so."""
    bot_user = ws.installed.bot_user
    emit(ws, {"type": "app_uninstalled", "event_ts": ws.ts()})
    emit(ws, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot_user]}, "event_ts": ws.ts()})
    ws.is_installed = False
    ws.changed("app")


@method("apps.connections.open", caller="app")
def connections_open(ws: Workspace, _args: Json) -> Json:
    """Give the address of a new Socket Mode connection."""
    ticket = ws.sockets.ticket()
    address = ws.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={ws.installed.app_id}"}


@method("team.info", "team domain", "team:read")
def team_info(ws: Workspace, args: Json) -> Json:
    """Describe the workspace."""
    if args.get("team", TEAM_ID) != TEAM_ID:
        raise SlackError("team_not_found")
    names = {"id": TEAM_ID, "name": TEAM_NAME, "domain": TEAM_DOMAIN, "url": f"{ws.url}/"}
    return {"team": {**names, "email_domain": "", "icon": {"image_default": True}}}


@method("bots.info", "bot", "users:read")
def bots_info(ws: Workspace, args: Json) -> Json:
    """Describe the app's bot."""
    app = ws.installed
    if args.get("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    ids = {"id": app.bot_id, "app_id": app.app_id, "user_id": app.bot_user}
    return {"bot": {**ids, "name": app.name, "deleted": False, "updated": 0, "icons": {}}}


@method("blocks.validate", "blocks:list view:dict", caller="anybody")
def blocks_validate(_ws: Workspace, args: Json) -> Json:
    """Say what is wrong with blocks or a view."""
    if "blocks" not in args and "view" not in args:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: blocks")
    problems = check_view(args["view"]) if "view" in args else check_message(args["blocks"], "fallback")
    if problems:
        raise SlackError(problems[0].code, *map(str, problems))
    return {}
