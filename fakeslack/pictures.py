"""Pictures in blocks that are files of the workspace: Slack refuses those that it could not show."""

import re
from collections.abc import Sequence

from fakeslack.model import Json, SlackError
from fakeslack.workspace import Workspace

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
_FILE_ID = re.compile(r"\bF[A-Z0-9]+\b")


def check_pictures(ws: Workspace, blocks: Sequence[Json], code: str = "invalid_blocks") -> None:
    """Refuse pictures of files that are gone, that are no pictures, or that the app may not read."""
    for place, block in enumerate(blocks):
        if block.get("type") == "image" and "slack_file" in block and not _can_show(ws, block["slack_file"]):
            raise SlackError(code, f"[ERROR] invalid slack file [json-pointer:/blocks/{place}/slack_file]")


def _can_show(ws: Workspace, named: Json) -> bool:
    found = _FILE_ID.search(named.get("id") or named.get("url", ""))
    file = ws.store.get("files", found[0]) if found else None
    return file is not None and file["mimetype"] in SHOWN and "files:read" in ws.installed.scopes
