"""The commands that are Slack's own and work whatever app is installed."""

import re

from fakeslack import messages, writing
from fakeslack.model import Json
from fakeslack.workspace import SLACKBOT, Workspace

INVITE = "/invite"
OWN_COMMANDS: tuple[Json, ...] = (
    {"command": INVITE, "description": "Bring somebody, or an app, into this channel", "usage_hint": "@somebody"},
)
_MENTION = re.compile(r"<@([A-Z0-9_]+)")


def invite(ws: Workspace, user_id: str, place: Json, text: str) -> Json | None:
    """Make everybody named a member of a channel; return what the person reads if that cannot be."""
    named = _MENTION.findall(writing.typed(ws, text).text)
    if named and not place.get("is_im"):
        for each in named:
            messages.join(ws, ws.channel(place["id"]), each, inviter=user_id)
        return None
    refusal = f"Nobody was invited: {INVITE} takes names, as @somebody, and works in channels."
    return messages.whisper(ws, user_id, place["id"], {"user": SLACKBOT, "text": refusal})
