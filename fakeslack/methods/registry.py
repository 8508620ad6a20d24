"""Where each method stands with its arguments and the scopes it needs; the method modules fill it."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from fakeslack.arguments import Argument, parse_spec
from fakeslack.model import Json, SlackError
from fakeslack.workspace import Workspace, kind_of

Run: TypeAlias = Callable[[Workspace, Json], Json]
T = TypeVar("T")

METHODS: dict[str, "Method"] = {}
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Method:
    """One method: `caller` is bot, app or anybody, whose token may call it."""

    name: str
    run: Run
    arguments: Mapping[str, Argument]
    scopes: Sequence[str]
    caller: str


def method(name: str, arguments: str = "", *scopes: str, caller: str = "bot") -> Callable[[Run], Run]:
    """Add a function to the methods."""

    def add(run: Run) -> Run:
        METHODS[name] = Method(name, run, parse_spec(arguments), scopes, caller)
        return run

    return add


def need(ws: Workspace, scope: str) -> None:
    """Refuse a call for which the app lacks a scope."""
    provided = ws.installed.scopes
    if scope not in provided:
        raise SlackError("missing_scope", needed=scope, provided=",".join(provided))


def readable(ws: Workspace, channel_id: str) -> Json:
    """Return a conversation that the bot may know of; private ones of others do not exist for it."""
    channel = ws.channel(channel_id)
    if channel["is_private"] and ws.installed.bot_user not in channel["members"]:
        raise SlackError("channel_not_found", f"[ERROR] no channel {channel_id}")
    return channel


def joined(ws: Workspace, channel_id: str) -> Json:
    """Return a conversation that the bot is a member of."""
    channel = readable(ws, channel_id)
    if ws.installed.bot_user not in channel["members"]:
        raise SlackError("not_in_channel", f"[ERROR] the app is not a member of {channel_id}")
    return channel


def writable(ws: Workspace, channel_id: str) -> Json:
    """Return a conversation that the bot may post in."""
    channel = readable(ws, channel_id)
    if channel["is_archived"]:
        raise SlackError("is_archived")
    may_anywhere = kind_of(channel) == "channel" and "chat:write.public" in ws.installed.scopes
    return channel if may_anywhere else joined(ws, channel_id)


def page(items: Sequence[T], args: Json, key: Callable[[T], str], default: int = 100) -> tuple[list[T], str]:
    """Return one page of items and the cursor of the next one, "" at the end."""
    limit = args.get("limit", default) or default
    if not 1 <= limit <= PAGE:
        raise SlackError("invalid_limit", f"[ERROR] limit must be between 1 and {PAGE}")
    start = _after(args["cursor"], [key(item) for item in items]) if args.get("cursor") else 0
    end = start + limit
    following = base64.b64encode(f"next:{key(items[end])}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), following


def _after(cursor: str, keys: Sequence[str]) -> int:
    try:
        word, _, key = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        word, key = "", ""
    if word != "next" or key not in keys:
        raise SlackError("invalid_cursor")
    return keys.index(key)
