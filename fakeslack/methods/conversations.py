"""conversations.* and users.conversations: what the app may see of channels, their members and their messages."""

from fakeslack import messages
from fakeslack.events import HISTORY_SCOPES, READ_SCOPES
from fakeslack.methods.registry import joined, method, need, page, readable
from fakeslack.model import Json, SlackError
from fakeslack.workspace import Workspace, kind_of, micros

PEOPLE = 8
TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
WINDOW = "oldest latest inclusive:bool limit:int cursor include_all_metadata:bool"


@method("conversations.open", "users channel return_im:bool prevent_creation:bool", "im:write")
def open_conversation(ws: Workspace, args: Json) -> Json:
    """Open a direct conversation with a person, or a group one with several."""
    if "channel" in args:
        return {"channel": _opened(readable(ws, args["channel"]), args), "already_open": True, "no_op": True}
    people = [each.strip() for each in args.get("users", "").split(",") if each.strip()]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > PEOPLE:
        raise SlackError("too_many_users")
    for user in people:
        _reachable(ws, user)
    known = {channel["id"] for channel in ws.channels()}
    channel = ws.dm(people[0]) if len(people) == 1 else _group(ws, people)
    answer: Json = {"channel": _opened(channel, args)}
    return answer | ({"already_open": True, "no_op": True} if channel["id"] in known else {})


@method("conversations.info", "channel! include_locale:bool include_num_members:bool")
def info(ws: Workspace, args: Json) -> Json:
    """Describe a conversation."""
    channel = _visible(ws, args["channel"])
    body = describe(ws, channel)
    if args.get("include_num_members"):
        body["num_members"] = len(channel["members"])
    return {"channel": body}


@method("conversations.members", "channel! limit:int cursor")
def members(ws: Workspace, args: Json) -> Json:
    """List a conversation's members, page by page."""
    found, cursor = page(_visible(ws, args["channel"])["members"], args, str)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", "types exclude_archived:bool limit:int cursor")
def list_conversations(ws: Workspace, args: Json) -> Json:
    """List the conversations that the app may know of, page by page."""
    bot_user = ws.installed.bot_user
    kinds = _kinds(ws, args)
    found = [c for c in ws.channels() if kind_of(c) in kinds and (not c["is_private"] or bot_user in c["members"])]
    return _listed(ws, found, args)


@method("users.conversations", "user types exclude_archived:bool limit:int cursor")
def of_user(ws: Workspace, args: Json) -> Json:
    """List the conversations that a person (by default the bot) is a member of, as far as the bot may know."""
    bot_user = ws.installed.bot_user
    user = ws.user(args.get("user", bot_user))["id"]
    kinds = _kinds(ws, args)
    of_them = [channel for channel in ws.channels() if user in channel["members"] and kind_of(channel) in kinds]
    found = [channel for channel in of_them if not channel["is_private"] or bot_user in channel["members"]]
    return _listed(ws, found, args)


@method("conversations.history", f"channel! {WINDOW}")
def history(ws: Workspace, args: Json) -> Json:
    """Read a conversation backwards, without what stands only in threads."""
    channel = _legible(ws, args["channel"])
    replies = messages.threads(ws, channel["id"])
    found = [m for m in messages.all_of(ws, channel["id"]) if messages.is_root(m) and _within(m, args)]
    part, cursor = page(found[::-1], args, _ts)
    bodies = [_shown(ws, message, replies, args) for message in part]
    return {"messages": bodies, "has_more": bool(cursor), "pin_count": 0, **_next(cursor)}


@method("conversations.replies", f"channel! ts! {WINDOW}")
def replies_of(ws: Workspace, args: Json) -> Json:
    """Read a thread forwards, its parent first."""
    channel = _legible(ws, args["channel"])
    parent = ws.store.get(messages.table(channel["id"]), args["ts"])
    if parent is None:
        raise SlackError("thread_not_found")
    replies = messages.threads(ws, channel["id"])
    below = [message for message in replies.get(parent["ts"], []) if _within(message, args)]
    part, cursor = page([parent, *below], args, _ts, default=1000)
    bodies = [_shown(ws, message, replies, args) for message in part]
    return {"messages": bodies, "has_more": bool(cursor), **_next(cursor)}


def describe(ws: Workspace, channel: Json) -> Json:
    """Return a conversation as the API shows it."""
    kind = kind_of(channel)
    hidden = ("members",)
    body = {name: value for name, value in channel.items() if name not in hidden}
    flags = {f"is_{name}": kind == name for name in ("channel", "group", "im", "mpim")}
    shared = dict.fromkeys(("is_shared", "is_org_shared", "is_ext_shared", "is_pending_ext_shared"), False)
    body |= {**flags, **shared, "is_private": kind != "channel"}
    if kind == "im":
        return {**body, "is_open": True, "is_user_deleted": ws.user(channel["user"])["deleted"]}
    return {**body, "is_member": ws.installed.bot_user in channel["members"]}


def _visible(ws: Workspace, channel_id: str) -> Json:
    channel = readable(ws, channel_id)
    need(ws, READ_SCOPES[kind_of(channel)])
    return channel


def _legible(ws: Workspace, channel_id: str) -> Json:
    channel = readable(ws, channel_id)
    need(ws, HISTORY_SCOPES[kind_of(channel)])
    return joined(ws, channel["id"])


def _reachable(ws: Workspace, user_id: str) -> None:
    user = ws.user(user_id)
    if user["deleted"]:
        raise SlackError("user_disabled")
    if user["is_bot"] or user_id == "USLACKBOT":
        raise SlackError("cannot_dm_bot")


def _group(ws: Workspace, people: list[str]) -> Json:
    need(ws, "mpim:write")
    members_of_it = sorted({*people, ws.installed.bot_user})
    for channel in ws.channels():
        if channel.get("is_mpim") and channel["members"] == members_of_it:
            return channel
    names = "--".join(ws.user(user)["name"] for user in members_of_it)
    body = {"id": ws.fresh("G"), "name": f"mpdm-{names}-1", "is_mpim": True, "is_private": True, "is_archived": False}
    return ws.put_channel({**body, "created": ws.seconds(), "creator": ws.installed.bot_user, "members": members_of_it})


def _opened(channel: Json, args: Json) -> Json:
    return {name: value for name, value in channel.items() if args.get("return_im") or name == "id"}


def _kinds(ws: Workspace, args: Json) -> set[str]:
    names = [name.strip() for name in args.get("types", "public_channel").split(",")]
    unknown = [name for name in names if name not in TYPES]
    if unknown:
        raise SlackError("invalid_types", f"[ERROR] unknown types: {', '.join(unknown)}")
    for name in names:
        need(ws, READ_SCOPES[TYPES[name]])
    return {TYPES[name] for name in names}


def _listed(ws: Workspace, found: list[Json], args: Json) -> Json:
    kept = [channel for channel in found if not (args.get("exclude_archived") and channel["is_archived"])]
    part, cursor = page(kept, args, lambda channel: str(channel["id"]))
    return {"channels": [describe(ws, channel) for channel in part], **_next(cursor)}


def _within(message: Json, args: Json) -> bool:
    at = micros(message["ts"])
    oldest = micros(args["oldest"]) if args.get("oldest") else -1
    latest = micros(args["latest"]) if args.get("latest") else at + 1
    return oldest <= at <= latest if args.get("inclusive") else oldest < at < latest


def _shown(ws: Workspace, message: Json, replies: dict[str, list[Json]], args: Json) -> Json:
    with_metadata = args.get("include_all_metadata", False)
    return messages.shown(ws, message, replies.get(message["ts"], ()), with_metadata=with_metadata)


def _ts(message: Json) -> str:
    return str(message["ts"])


def _next(cursor: str) -> Json:
    return {"response_metadata": {"next_cursor": cursor}}
