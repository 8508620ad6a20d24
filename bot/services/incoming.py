"""Reading a message as Slack gives it, in an event or in a conversation's history."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.incoming import Said
from bot.domain.richtext import parse, plain
from bot.rendering.filters import escape_mrkdwn

Payload = Mapping[str, Any]
Blocks = tuple[Payload, ...]
KEPT_OF_FILES = ("id", "name", "title", "mimetype", "permalink", "url_private", "alt_txt", "mode", "is_external")


def said_in(channel_id: str, message: Payload, workspace_id: str) -> Said:
    """Return what a person said in a message. Any of its fields may be missing or null."""
    thread_ts = message.get("thread_ts") or ""
    return Said(
        workspace_id=workspace_id,
        user_id=message.get("user") or "",
        channel_id=channel_id,
        ts=message.get("ts") or "",
        text=message.get("text") or "",
        thread_ts="" if thread_ts == message.get("ts") else thread_ts,  # what heads a thread is no reply in it
        blocks=_rich(message),
        files=files_in(message),
        version=(message.get("edited") or {}).get("ts") or "",
    )


def words_in(message: Payload) -> tuple[str, Blocks]:
    """Return the words of any message, an app's as well: its text, and its rich text where that is all of it.

    What an app wrote in other blocks becomes text; the previews of links count only where nothing else is said.
    """
    blocks = [block for block in message.get("blocks") or () if isinstance(block, Mapping)]
    written = [words for block in blocks if (words := "\n".join(_words_of(block)))]
    rich = _rich(message)
    if rich and len(rich) >= len(written):
        return message.get("text") or "", rich
    if written:
        return "\n".join(written), ()
    attached = (words for each in message.get("attachments") or () if (words := _words_attached(each)))
    return message.get("text") or "\n".join(attached), ()


def files_in(message: Payload) -> Blocks:
    """Return what is kept of the files of a message."""
    return tuple(_file(file) for file in message.get("files") or ())


def _rich(message: Payload) -> Blocks:
    return tuple(block for block in message.get("blocks") or () if block.get("type") == "rich_text")


def _words_of(block: Payload) -> Iterator[str]:
    """Return the words in one block, as mrkdwn."""
    if block.get("type") == "rich_text":
        yield escape_mrkdwn(plain(parse("", [block])))
        return
    for part in (block.get("text"), *(block.get("fields") or ()), *(block.get("elements") or ())):
        if isinstance(part, str) and block.get("type") == "markdown":
            yield escape_mrkdwn(part)
        elif isinstance(part, Mapping) and isinstance(part.get("text"), str):
            yield part["text"] if part.get("type") == "mrkdwn" else escape_mrkdwn(part["text"])


def _words_attached(attached: Payload) -> str:
    said = [str(attached[name]) for name in ("pretext", "title", "text") if attached.get(name)]
    return "\n".join(said) or str(attached.get("fallback") or "")


def _file(file: Payload) -> dict[str, Any]:
    return {name: file[name] for name in KEPT_OF_FILES if file.get(name)}
