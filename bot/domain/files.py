"""The files that people give: which of them readers can see, and under which names they lie beside a document."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""What Slack shows in a message."""
FOLDER = "files"
LONGEST_NAME = 80
_ID = re.compile(r"[A-Z0-9]{2,30}")
_UNUSUAL = re.compile(r"[^\w.-]+")


class Files(StrEnum):
    """What becomes of files in a note: links to them; pictures that are seen; copies beside the document."""

    LINKED = "linked"
    SHOWN = "shown"
    ENCLOSED = "enclosed"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that is to lie beside a document: where it comes from, its `path` there, and what stands for it.

    `shown` is how the document shows it; `missing` takes its place when the file cannot be fetched.
    """

    path: str
    url: str
    mimetype: str
    shown: str = ""
    missing: str = ""


def is_picture(file: Mapping[str, Any]) -> bool:
    """Say whether Slack keeps a file itself and can show it in a message."""
    return file.get("mimetype") in PICTURES and is_kept(file)


def is_kept(file: Mapping[str, Any]) -> bool:
    """Say whether Slack keeps a file itself, and not only an address of it elsewhere."""
    return not file.get("is_external") and file.get("mode", "hosted") == "hosted" and bool(file.get("url_private"))


def path_of(file: Mapping[str, Any]) -> str:
    """Return where a file lies beside a document, or nothing for one that cannot be there.

    People name files as they like; of that only what every system takes is left, after the id that Slack gave it.
    """
    identity = str(file.get("id") or "")
    if not is_kept(file) or not _ID.fullmatch(identity):
        return ""
    name = unicodedata.normalize("NFKC", str(file.get("name") or ""))
    stem, dot, ending = _UNUSUAL.sub("-", name).rpartition(".")
    ending = f".{ending[:10]}" if dot and ending else ""
    safe = f"{identity}-{(stem or 'file')[: LONGEST_NAME - len(ending)]}".strip(".-")
    return f"{FOLDER}/{safe}{ending}"
