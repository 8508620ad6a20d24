"""Reading a message as Slack gives it, in an event or in a conversation's history."""

from collections.abc import Mapping
from typing import Any

from bot.domain.incoming import Said

KEPT_OF_FILES = ("id", "name", "title", "mimetype", "permalink", "url_private")


def said_in(channel_id: str, message: Mapping[str, Any], workspace_id: str) -> Said:
    """Return what a person said in a message. Any of its fields may be missing or null."""
    thread_ts = message.get("thread_ts") or ""
    return Said(
        workspace_id=workspace_id,
        user_id=message.get("user") or "",
        channel_id=channel_id,
        ts=message.get("ts") or "",
        text=message.get("text") or "",
        thread_ts="" if thread_ts == message.get("ts") else thread_ts,  # what heads a thread is no reply in it
        blocks=tuple(block for block in message.get("blocks") or () if block.get("type") == "rich_text"),
        files=tuple(_file(file) for file in message.get("files") or ()),
        version=(message.get("edited") or {}).get("ts") or "",
    )


def _file(file: Mapping[str, Any]) -> dict[str, Any]:
    return {name: file[name] for name in KEPT_OF_FILES if file.get(name)}
