"""What people say to the bot, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A message a person sent to the bot, as Slack gave it.

    `thread_ts` is empty outside a thread; `version` is Slack's `edited.ts`, empty for a message never edited.
    """

    workspace_id: str
    user_id: str
    channel_id: str
    ts: str
    text: str
    thread_ts: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Jot:
    """Something a person keeps by a command or a shortcut, in the channel where they did.

    `source_key` names the thing kept, and `occasion` the act of keeping it, uniquely. `ts` and `thread_ts` name the
    message in that channel that was saved; they are empty for a command. `said_by` is who wrote that message, where it
    was somebody else: their id, or an app's name.
    """

    workspace_id: str
    user_id: str
    channel_id: str
    source_key: str
    occasion: str
    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    ts: str = ""
    thread_ts: str = ""
    said_by: str = ""


def message_id(channel_id: str, ts: str) -> str:
    """Return the name under which it is kept that a message was received."""
    return f"message:{channel_id}:{ts}"


def deletion_id(channel_id: str, ts: str) -> str:
    """Return the name under which it is kept that a message is gone for good, whatever else Slack says of it."""
    return f"deletion:{channel_id}:{ts}"


def instant_of(ts: str) -> datetime:
    """Return the instant (aware UTC) that Slack's `ts` (`seconds.microseconds`) names."""
    seconds, _, micros = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int((micros + "000000")[:6]))
