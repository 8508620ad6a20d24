"""What a person writes and attaches, made into what Slack keeps."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from fakeslack.composer import Composed, compose
from fakeslack.methods.files import new_file
from fakeslack.model import Json
from fakeslack.workspace import Workspace

Upload: TypeAlias = Mapping[str, Any] | Path


def typed(ws: Workspace, text: str) -> Composed:
    """Compose what a person typed; `@Name` and `#channel` are mentions."""
    people = {user["profile"]["display_name"]: user["id"] for user in ws.users() if not user["deleted"]}
    channels = {each["name"]: each["id"] for each in ws.channels() if "name" in each}
    return compose(text, people if "@" in text else {}, channels if "#" in text else {})


def content(ws: Workspace, text: str, blocks: list[Json] | None) -> Json:
    """Return a message's text and blocks: composed from what was typed, unless blocks are given."""
    if blocks is not None:
        return {"text": text, "blocks": [{"block_id": ws.fresh("r"), **block} for block in blocks]}
    composed = typed(ws, text)
    named = [{**block, "block_id": ws.fresh("r")} for block in composed.blocks]
    return {"text": composed.text, **({"blocks": named} if named else {})}


def rich(ws: Workspace, text: str) -> Json:
    """Return what was typed into a rich text input."""
    blocks = typed(ws, text).blocks
    return blocks[0] if blocks else {"type": "rich_text", "elements": []}


def upload(ws: Workspace, user: str, given: Upload) -> Json:
    """Keep a file, given as a path or as {name, data, mimetype, is_external}."""
    facts: Mapping[str, Any] = {"name": given.name, "data": given.read_bytes()} if isinstance(given, Path) else given
    file = new_file(ws, facts["name"], user, size=len(facts["data"]), mimetype=facts.get("mimetype", ""))
    ws.store.put_bytes(file["id"], facts["data"])
    elsewhere = {"is_external": True, "mode": "external"} if facts.get("is_external") else {}
    return ws.store.put("files", file["id"], {**file, **elsewhere, "is_uploaded": True})
