"""Events: which of them the app gets, and the envelope they come in."""

from fakeslack.model import Json
from fakeslack.outbox import Delivery
from fakeslack.workspace import Workspace, kind_of

HISTORY_SCOPES = {
    "im": "im:history",
    "mpim": "mpim:history",
    "channel": "channels:history",
    "group": "groups:history",
}
READ_SCOPES = {"im": "im:read", "mpim": "mpim:read", "channel": "channels:read", "group": "groups:read"}
SUBSCRIPTIONS = {"im": "message.im", "mpim": "message.mpim", "channel": "message.channels", "group": "message.groups"}
SCOPES = {
    "app_home_opened": None,
    "app_uninstalled": None,
    "tokens_revoked": None,
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
}


def emit(ws: Workspace, event: Json, channel: Json | None = None) -> None:
    """Hand an event out, if the app subscribed to it, has its scope, and is in the channel where it happened."""
    app = ws.app
    if app is None or not _is_wanted(ws, event, channel):
        return
    name = f"{event.get('subtype', event['type'])} in {channel['id']}" if channel else str(event["type"])
    ws.outbox.hand_out(Delivery("events_api", name, _envelope(ws, event), ws.clock.now()))


def emit_message(ws: Workspace, channel: Json, event: Json) -> None:
    """Hand a message event out, with the fields that say where it happened."""
    where = {"channel": channel["id"], "channel_type": kind_of(channel), "event_ts": event["ts"]}
    emit(ws, {"type": "message", **event, **where}, channel)
    app = ws.app
    if app is not None and not channel.get("is_im") and f"<@{app.bot_user}>" in str(event.get("text", "")):
        mention: Json = {
            name: event[name] for name in ("user", "text", "ts", "team", "blocks", "thread_ts") if name in event
        }
        emit(ws, {"type": "app_mention", **mention, "channel": channel["id"], "event_ts": event["ts"]}, channel)


def _is_wanted(ws: Workspace, event: Json, channel: Json | None) -> bool:
    app = ws.installed
    kind = str(event["type"])
    name, scope = kind, SCOPES.get(kind)
    if channel is not None and kind == "message":
        name, scope = SUBSCRIPTIONS[kind_of(channel)], HISTORY_SCOPES[kind_of(channel)]
    elif channel is not None and kind not in SCOPES:
        scope = READ_SCOPES[kind_of(channel)]
    is_there = channel is None or app.bot_user in channel["members"] or event.get("user") == app.bot_user
    is_subscribed = app.events is None or name in app.events
    return is_there and is_subscribed and (scope is None or scope in app.scopes)


def _envelope(ws: Workspace, event: Json) -> Json:
    app = ws.installed
    authorization = {
        "enterprise_id": None,
        "team_id": ws.team.id,
        "user_id": app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "local-verification-token",
        "team_id": ws.team.id,
        "context_team_id": ws.team.id,
        "context_enterprise_id": None,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": ws.fresh("Ev"),
        "event_time": ws.seconds(),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": ws.fresh("4-"),
    }
