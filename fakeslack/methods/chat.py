"""chat.*: what the app posts, changes, deletes and whispers."""

import re

from fakeslack import messages, texts
from fakeslack.blocks import check_message
from fakeslack.methods.registry import method, need, readable, writable
from fakeslack.model import Json, SlackError
from fakeslack.pictures import check_pictures
from fakeslack.workspace import Workspace

CONTENT = "text blocks:list attachments:list metadata:dict markdown_text parse link_names:bool"
LOOKS = "mrkdwn:bool unfurl_links:bool unfurl_media:bool as_user:bool username icon_emoji icon_url"
MARKDOWN_CHARACTERS = 12_000
METADATA_CHARACTERS = 16_000
_EVENT_TYPE = re.compile(r"[A-Za-z0-9_.:-]{1,255}")


@method("chat.postMessage", f"channel! {CONTENT} {LOOKS} thread_ts reply_broadcast:bool", "chat:write")
def post_message(ws: Workspace, args: Json) -> Json:
    """Post in a channel, a thread, or a person's direct conversation with the bot."""
    if any(name in args for name in ("username", "icon_emoji", "icon_url")):
        need(ws, "chat:write.customize")
    channel = _target(ws, args["channel"])
    content = _content(ws, args, "chat.postMessage")
    seconds = ws.rate_limits.wait_for_channel(channel["id"])
    if seconds:
        raise SlackError("ratelimited", retry_after=seconds)
    thread = {"thread_ts": args["thread_ts"]} if "thread_ts" in args else {}
    broadcast = args.get("reply_broadcast", False)
    parts = [content["text"]] if content.get("blocks") else texts.split(content["text"])
    bodies = [{**signed(ws), **content, **thread, "text": part} for part in parts]
    posted = [messages.post(ws, channel, body, broadcast=broadcast) for body in bodies]
    shown = messages.shown(ws, posted[0], with_metadata=True)
    return {"channel": channel["id"], "ts": posted[0]["ts"], "message": shown, **_warnings(args)}


@method("chat.update", f"channel! ts! {CONTENT} as_user:bool reply_broadcast:bool file_ids:list", "chat:write")
def update(ws: Workspace, args: Json) -> Json:
    """Change one of the app's messages. Blocks and metadata that are not given stay."""
    channel = writable(ws, args["channel"])
    before = _own(ws, channel, args["ts"], "cant_update_message")
    content = _content(ws, args, "chat.update", updating=before.get("blocks", []))
    changes = {name: content[name] for name in ("text", "blocks", "metadata", "attachments") if name in args}
    after = messages.change(ws, channel, before, ws.installed.bot_user, **changes)
    shown = messages.shown(ws, after)
    return {"channel": channel["id"], "ts": after["ts"], "text": after["text"], "message": shown}


@method("chat.delete", "channel! ts! as_user:bool", "chat:write")
def delete(ws: Workspace, args: Json) -> Json:
    """Delete one of the app's messages."""
    channel = writable(ws, args["channel"])
    messages.delete(ws, channel, _own(ws, channel, args["ts"], "cant_delete_message"))
    return {"channel": channel["id"], "ts": args["ts"]}


@method("chat.postEphemeral", f"channel! user! {CONTENT} {LOOKS} thread_ts", "chat:write")
def post_ephemeral(ws: Workspace, args: Json) -> Json:
    """Show a message to one member of a channel."""
    channel = writable(ws, args["channel"])
    if args["user"] not in channel["members"]:
        raise SlackError("user_not_in_channel")
    content = _content(ws, args, "chat.postEphemeral")
    if "thread_ts" in args:
        messages.check_thread(ws, channel["id"], args["thread_ts"])
        content["thread_ts"] = args["thread_ts"]
    body = messages.whisper(ws, args["user"], channel["id"], {**signed(ws), **content})
    return {"message_ts": body["ts"]}


@method("chat.getPermalink", "channel! message_ts!")
def get_permalink(ws: Workspace, args: Json) -> Json:
    """Give a message's address."""
    channel = readable(ws, args["channel"])
    message = messages.get(ws, channel["id"], args["message_ts"])
    return {"channel": channel["id"], "permalink": messages.permalink(ws, channel["id"], message)}


def _target(ws: Workspace, channel_id: str) -> Json:
    user = ws.store.get("users", channel_id)
    if user is None:
        return writable(ws, channel_id)
    if user["deleted"]:
        raise SlackError("channel_not_found", f"[ERROR] {channel_id} is deactivated")
    if not ws.installed.messages_tab:
        raise SlackError("messages_tab_disabled")
    return ws.dm(channel_id)


def _own(ws: Workspace, channel: Json, ts: str, code: str) -> Json:
    message = messages.get(ws, channel["id"], ts)
    if message.get("bot_id") != ws.installed.bot_id:
        raise SlackError(code)
    return message


def signed(ws: Workspace) -> Json:
    """Return who a message of the app is from."""
    app = ws.installed
    return {"user": app.bot_user, "bot_id": app.bot_id, "app_id": app.app_id, "bot_profile": _profile(ws)}


def _profile(ws: Workspace) -> Json:
    app = ws.installed
    return {"id": app.bot_id, "app_id": app.app_id, "user_id": app.bot_user, "name": app.name, "deleted": False}


def _content(ws: Workspace, args: Json, method_name: str, updating: list[Json] | None = None) -> Json:
    """Return a message's checked content as Slack keeps it."""
    blocks = checked_blocks(ws, args, method_name, updating=updating)
    content: Json = {"text": texts.stored(args.get("text", ""))[: texts.TEXT_CUT]}
    if blocks or "blocks" in args:
        content["blocks"] = blocks
    if "attachments" in args:
        content["attachments"] = args["attachments"]
    if "metadata" in args:
        content["metadata"] = _metadata(args["metadata"])
    return content


def checked_blocks(
    ws: Workspace, args: Json, method_name: str, *, updating: list[Json] | None = None, is_short: bool = True
) -> list[Json]:
    """Refuse content that Slack would refuse, and return its blocks as Slack keeps them."""
    blocks = _markdown(args) if "markdown_text" in args else args.get("blocks", [])
    seen = {"surface": "message", "method": method_name, "text": args.get("text", ""), "blocks": blocks}
    ws.blocks_seen.append(seen)
    text = args.get("text", "") or ("attachments" if args.get("attachments") else "")
    problems = check_message(blocks, text, updating=updating)
    if not is_short:
        problems = [problem for problem in problems if problem.code != "msg_blocks_too_long"]
    if problems:
        raise SlackError(problems[0].code, *map(str, problems))
    check_pictures(ws, blocks)
    return texts.stored_blocks(blocks, ws.fresh("b"))


def _markdown(args: Json) -> list[Json]:
    if "text" in args or "blocks" in args:
        raise SlackError("markdown_text_conflict")
    if len(args["markdown_text"]) > MARKDOWN_CHARACTERS:
        raise SlackError("msg_too_long")
    return [{"type": "markdown", "text": args["markdown_text"]}]


def _metadata(metadata: Json) -> Json | None:
    if not metadata:
        return None
    if set(metadata) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_format")
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(event_type, str) or not _EVENT_TYPE.fullmatch(event_type) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if len(str(payload)) > METADATA_CHARACTERS:
        raise SlackError("metadata_too_large")
    return metadata


def _warnings(args: Json) -> Json:
    if len(args.get("text", "")) <= texts.TEXT_CUT:
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
