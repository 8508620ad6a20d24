"""Everything that one person may see, as JSON, for the page."""

import copy
from collections.abc import Sequence

from fakeslack import messages
from fakeslack.methods.conversations import describe
from fakeslack.model import App, Json, Stop
from fakeslack.own_commands import OWN_COMMANDS
from fakeslack.people import Person
from fakeslack.workspace import Workspace


def snapshot(ws: Workspace, user_id: str, stops: Sequence[Stop]) -> Json:
    """Return what this person sees now."""
    person = Person(ws, user_id)
    with ws.lock:
        seen = [channel for channel in ws.channels() if _may_see(channel, user_id)]
        found: Json = {
            "me": user_id,
            "app": _app(ws.app),
            "people": ws.users(),
            "channels": [_channel(ws, channel, person) for channel in seen],
            "messages": {channel["id"]: _messages(ws, channel["id"]) for channel in seen},
            "ephemerals": ws.store.all(f"eph/{user_id}"),
            "views": person.views(),
            "view": person.view(),
            "home": person.home(),
            "commands": [*(ws.app.commands if ws.app else ()), *OWN_COMMANDS],
            "shortcuts": list(ws.app.shortcuts) if ws.app else [],
            "clock": {"now": ws.clock.now().isoformat(), "ticking": ws.clock.ticking},
            "stops": [{"label": stop.label, "at": stop.at.isoformat()} for stop in stops],
        }
        return copy.deepcopy(found)


def _may_see(channel: Json, user_id: str) -> bool:
    return not channel["is_private"] or user_id in channel["members"]


def _app(app: App | None) -> Json | None:
    return {"name": app.name, "id": app.app_id, "bot_user": app.bot_user, "bot_id": app.bot_id} if app else None


def _channel(ws: Workspace, channel: Json, person: Person) -> Json:
    body = {**describe(ws, channel), "members": channel["members"], "is_member": person.id in channel["members"]}
    if channel.get("is_im"):
        body["user"] = next(user for user in channel["members"] if user != person.id)
    last_read = person.last_read(channel["id"])
    others = [m for m in messages.all_of(ws, channel["id"]) if m["user"] != person.id and m["ts"] > last_read]
    return {**body, "last_read": last_read, "unread": len(others)}


def _messages(ws: Workspace, channel_id: str) -> list[Json]:
    replies = messages.threads(ws, channel_id)
    return [messages.shown(ws, each, replies.get(each["ts"], ())) for each in messages.all_of(ws, channel_id)]
