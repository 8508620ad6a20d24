"""reactions.*: the app's own reactions to messages."""

from fakeslack import messages
from fakeslack.methods.registry import joined, method
from fakeslack.model import Json, SlackError
from fakeslack.texts import is_emoji
from fakeslack.workspace import Workspace


@method("reactions.add", "channel! timestamp! name!", "reactions:write")
def add(ws: Workspace, args: Json) -> Json:
    """React to a message."""
    _check_name(args["name"])
    channel = joined(ws, args["channel"])
    messages.react(ws, channel, args["timestamp"], ws.installed.bot_user, args["name"])
    return {}


@method("reactions.remove", "channel! timestamp! name!", "reactions:write")
def remove(ws: Workspace, args: Json) -> Json:
    """Take a reaction back."""
    _check_name(args["name"])
    channel = joined(ws, args["channel"])
    messages.unreact(ws, channel, args["timestamp"], ws.installed.bot_user, args["name"])
    return {}


@method("reactions.get", "channel! timestamp! full:bool", "reactions:read")
def get(ws: Workspace, args: Json) -> Json:
    """Read the reactions to a message."""
    channel = joined(ws, args["channel"])
    message = messages.shown(ws, messages.get(ws, channel["id"], args["timestamp"]))
    return {"type": "message", "channel": channel["id"], "message": message}


def _check_name(name: str) -> None:
    if not is_emoji(name):
        raise SlackError("invalid_name", f"[ERROR] no emoji called {name}")
