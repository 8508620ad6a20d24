"""auth.*, api.*, apps.*, team.*, bots.* and blocks.validate: who is calling, and where."""

import hmac
from dataclasses import replace

from fakeslack.blocks import check_message, check_view
from fakeslack.events import emit
from fakeslack.methods.registry import method
from fakeslack.model import App, Json, SlackError
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
        "team": ws.team.name,
        "user": ws.user(app.bot_user)["name"],
        "team_id": ws.team.id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@method("oauth.v2.access", "client_id! client_secret! code!", caller="anybody")
def oauth_access(ws: Workspace, args: Json) -> Json:
    """Install the app in the workspace that a code is for, and give its token there."""
    known = ws.installed
    if args["client_id"] != known.client_id:
        raise SlackError("invalid_client_id")
    if not hmac.compare_digest(args["client_secret"], known.client_secret):
        raise SlackError("bad_client_secret")
    team_id = ws.codes.take(args["code"])
    home = next(each for each in (ws, *ws.neighbours) if each.team.id == team_id)
    app = replace(known, bot_token=known.bot_token if home is ws else f"{known.bot_token}-{team_id.lower()}")
    with home.lock:
        install(home, app)
    return {
        "access_token": app.bot_token,
        "token_type": "bot",
        "scope": ",".join(app.scopes),
        "bot_user_id": app.bot_user,
        "app_id": app.app_id,
        "team": {"id": home.team.id, "name": home.team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "U_INSTALLER"},
    }


def install(ws: Workspace, app: App) -> None:
    """Put the app with its bot user into the workspace."""
    ws.app = app
    ws.add_user(app.bot_user, app.name, "UTC", is_bot=True, name=app.name.lower())
    ws.is_installed = True


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
    if args.get("team", ws.team.id) != ws.team.id:
        raise SlackError("team_not_found")
    names = {"id": ws.team.id, "name": ws.team.name, "domain": ws.team.domain, "url": f"{ws.url}/"}
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
