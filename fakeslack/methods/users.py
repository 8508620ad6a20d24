"""users.*: the people of the workspace, as far as the app's scopes show them."""

from fakeslack.methods.registry import method, page
from fakeslack.model import Json, SlackError
from fakeslack.workspace import Workspace


@method("users.info", "user! include_locale:bool", "users:read")
def info(ws: Workspace, args: Json) -> Json:
    """Describe a person."""
    return {"user": shown(ws, ws.user(args["user"]))}


@method("users.list", "limit:int cursor include_locale:bool", "users:read")
def list_users(ws: Workspace, args: Json) -> Json:
    """List everybody, page by page."""
    everybody = ws.users()
    part, cursor = page(everybody, args, lambda user: str(user["id"]), default=1000)
    members = [shown(ws, user) for user in part]
    return {"members": members, "cache_ts": ws.seconds(), "response_metadata": {"next_cursor": cursor}}


@method("users.lookupByEmail", "email!", "users:read.email")
def lookup_by_email(ws: Workspace, args: Json) -> Json:
    """Find a person by address."""
    for user in ws.users():
        if user["profile"].get("email") == args["email"] and not user["deleted"]:
            return {"user": shown(ws, user)}
    raise SlackError("users_not_found")


def shown(ws: Workspace, user: Json) -> Json:
    """Return a person as the app's scopes show them."""
    if "users:read.email" in ws.installed.scopes:
        return user
    return {**user, "profile": {name: value for name, value in user["profile"].items() if name != "email"}}
