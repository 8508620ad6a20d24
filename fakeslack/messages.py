"""Messages: posting, changing and deleting them, threads, reactions, and how each is shown through the API."""

from collections.abc import Iterable
from urllib.parse import quote

from fakeslack.events import emit, emit_message
from fakeslack.model import Json, SlackError
from fakeslack.workspace import SLACKBOT, Workspace, kind_of, micros

TOMBSTONE = "This message was deleted."


def table(channel_id: str) -> str:
    """Return the kind of object that the messages of a channel are in the store."""
    return f"messages/{channel_id}"


def all_of(ws: Workspace, channel_id: str) -> list[Json]:
    """Return a channel's messages as stored, oldest first."""
    return ws.store.all(table(channel_id))


def get(ws: Workspace, channel_id: str, ts: str) -> Json:
    """Return one message as stored."""
    message = ws.store.get(table(channel_id), ts)
    if message is None:
        raise SlackError("message_not_found", f"[ERROR] no message {ts} in {channel_id}")
    return message


def is_root(message: Json) -> bool:
    """Say whether a message stands in the channel itself, not only in a thread."""
    in_channel = message.get("thread_ts", message["ts"]) == message["ts"]
    return in_channel or message.get("subtype") == "thread_broadcast"


def threads(ws: Workspace, channel_id: str) -> dict[str, list[Json]]:
    """Return the replies of a channel by the `ts` of their parent."""
    found: dict[str, list[Json]] = {}
    for message in all_of(ws, channel_id):
        parent = message.get("thread_ts")
        if parent is not None and parent != message["ts"]:
            found.setdefault(parent, []).append(message)
    return found


def shown(ws: Workspace, message: Json, replies: Iterable[Json] = (), *, with_metadata: bool = False) -> Json:
    """Return a message as the API shows it."""
    body = {name: value for name, value in message.items() if with_metadata or name != "metadata"}
    if "files" in body:
        body["files"] = [show_file(ws, file) for file in body["files"]]
    below = list(replies)
    if below:
        people = list(dict.fromkeys(reply["user"] for reply in below))
        body |= {
            "thread_ts": message["ts"],
            "reply_count": len(below),
            "reply_users_count": len(people),
            "latest_reply": below[-1]["ts"],
            "reply_users": people[:5],
            "is_locked": False,
            "subscribed": False,
        }
    return body


def show_file(ws: Workspace, file: Json) -> Json:
    """Return a file with the addresses it has while this server runs."""
    address = f"{ws.url}/files-pri/{ws.team.id}-{file['id']}/{quote(file['name'], safe='')}"
    return {**file, "url_private": address, "url_private_download": address, "permalink": address}


def check_thread(ws: Workspace, channel_id: str, thread_ts: str) -> Json:
    """Return the parent of a thread that is to be replied to."""
    parent = ws.store.get(table(channel_id), thread_ts)
    if parent is None:
        raise SlackError("thread_not_found", f"[ERROR] no message {thread_ts} in {channel_id}")
    if parent.get("thread_ts", thread_ts) != thread_ts:
        raise SlackError("cannot_reply_to_message", "[ERROR] thread_ts must be the parent's ts, not a reply's")
    return parent


def post(ws: Workspace, channel: Json, message: Json, *, broadcast: bool = False) -> Json:
    """Keep a new message, in a thread if it has a `thread_ts`, and tell the app."""
    body = {"type": "message", **message, "ts": ws.ts(), "team": ws.team.id}
    thread_ts = body.get("thread_ts")
    if thread_ts is not None:
        parent = check_thread(ws, channel["id"], thread_ts)
        body["parent_user_id"] = parent["user"]
        if broadcast:
            body |= {"subtype": "thread_broadcast", "root": shown(ws, parent)}
    ws.store.put(table(channel["id"]), body["ts"], body)
    emit_message(ws, channel, shown(ws, body))
    ws.changed("message", channel=channel["id"], ts=body["ts"])
    return body


def change(ws: Workspace, channel: Json, before: Json, by: str, **changes: object) -> Json:
    """Replace parts of a message and tell the app."""
    now = ws.ts()
    after: Json = {**before, **changes, "edited": {"user": by, "ts": now}}
    if after.get("metadata") is None:
        after.pop("metadata", None)
    ws.store.put(table(channel["id"]), after["ts"], after)
    _tell_changed(ws, channel, before, after, now)
    return after


def delete(ws: Workspace, channel: Json, message: Json) -> None:
    """Delete a message and tell the app; a parent leaves a tombstone while it has replies."""
    now = ws.ts()
    channel_id = channel["id"]
    if threads(ws, channel_id).get(message["ts"]):
        tombstone = {"type": "message", "subtype": "tombstone", "hidden": True, "user": SLACKBOT, "text": TOMBSTONE}
        after = ws.store.put(table(channel_id), message["ts"], {**tombstone, "ts": message["ts"]})
        _tell_changed(ws, channel, message, after, now)
        return
    ws.store.drop(table(channel_id), message["ts"])
    event = {"subtype": "message_deleted", "hidden": True, "ts": now, "deleted_ts": message["ts"]}
    emit_message(ws, channel, {**event, "previous_message": shown(ws, message)})
    ws.changed("message", channel=channel_id, ts=message["ts"])
    _bury(ws, channel_id, message.get("thread_ts"))


def _bury(ws: Workspace, channel_id: str, parent_ts: str | None) -> None:
    """Remove a tombstone when the last reply below it is gone."""
    parent = ws.store.get(table(channel_id), parent_ts) if parent_ts else None
    if parent and parent.get("subtype") == "tombstone" and not threads(ws, channel_id).get(parent["ts"]):
        ws.store.drop(table(channel_id), parent["ts"])


def _tell_changed(ws: Workspace, channel: Json, before: Json, after: Json, now: str) -> None:
    event = {"subtype": "message_changed", "hidden": True, "ts": now}
    emit_message(ws, channel, {**event, "message": shown(ws, after), "previous_message": shown(ws, before)})
    ws.changed("message", channel=channel["id"], ts=after["ts"])


def react(ws: Workspace, channel: Json, ts: str, user: str, name: str) -> None:
    """Add somebody's reaction to a message."""
    message = get(ws, channel["id"], ts)
    reactions = {each["name"]: each["users"] for each in message.get("reactions", [])}
    if user in reactions.get(name, []):
        raise SlackError("already_reacted")
    reactions[name] = [*reactions.get(name, []), user]
    _keep_reactions(ws, channel, message, reactions)
    _tell_reaction(ws, channel, message, "reaction_added", user, name)


def unreact(ws: Workspace, channel: Json, ts: str, user: str, name: str) -> None:
    """Take somebody's reaction away."""
    message = get(ws, channel["id"], ts)
    reactions = {each["name"]: each["users"] for each in message.get("reactions", [])}
    if user not in reactions.get(name, []):
        raise SlackError("no_reaction")
    reactions[name] = [each for each in reactions[name] if each != user]
    _keep_reactions(ws, channel, message, reactions)
    _tell_reaction(ws, channel, message, "reaction_removed", user, name)


def _keep_reactions(ws: Workspace, channel: Json, message: Json, reactions: dict[str, list[str]]) -> None:
    kept = [{"name": name, "users": users, "count": len(users)} for name, users in reactions.items() if users]
    body = {name: value for name, value in message.items() if name != "reactions"}
    ws.store.put(table(channel["id"]), message["ts"], body | ({"reactions": kept} if kept else {}))
    ws.changed("message", channel=channel["id"], ts=message["ts"])


def _tell_reaction(ws: Workspace, channel: Json, message: Json, kind: str, user: str, name: str) -> None:
    item = {"type": "message", "channel": channel["id"], "ts": message["ts"]}
    event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message["user"]}
    emit(ws, {**event, "event_ts": ws.ts()}, channel)


def whisper(ws: Workspace, user: str, channel_id: str, message: Json) -> Json:
    """Show a message to one person only."""
    body = {
        "type": "message",
        "is_ephemeral": True,
        **message,
        "channel": channel_id,
        "ts": ws.ts(),
        "team": ws.team.id,
    }
    ws.store.put(f"eph/{user}", body["ts"], body)
    ws.changed("ephemeral", user=user, channel=channel_id)
    return body


def permalink(ws: Workspace, channel_id: str, message: Json) -> str:
    """Return the address of a message on this server."""
    address = f"{ws.url}/archives/{channel_id}/p{micros(message['ts'])}"
    thread_ts = message.get("thread_ts")
    return f"{address}?thread_ts={thread_ts}&cid={channel_id}" if thread_ts else address


def join(ws: Workspace, channel: Json, user: str, inviter: str | None = None) -> Json:
    """Make somebody a member of a channel and tell the app."""
    if user in channel["members"]:
        return channel
    joined = ws.put_channel(channel, members=[*channel["members"], user])
    event = {"type": "member_joined_channel", "user": user, "channel": channel["id"], "team": ws.team.id}
    invited = {"inviter": inviter} if inviter else {}
    emit(ws, {**event, **invited, "channel_type": _letter(channel), "event_ts": ws.ts()}, joined)
    return joined


def leave(ws: Workspace, channel: Json, user: str) -> Json:
    """Take somebody out of a channel and tell the app."""
    if user not in channel["members"]:
        raise SlackError("not_in_channel")
    left = ws.put_channel(channel, members=[each for each in channel["members"] if each != user])
    event = {"type": "member_left_channel", "user": user, "channel": channel["id"], "team": ws.team.id}
    emit(ws, {**event, "channel_type": _letter(channel), "event_ts": ws.ts()}, left)
    return left


def _letter(channel: Json) -> str:
    return "C" if kind_of(channel) == "channel" else "G"
