"""Files that people gave, fetched from Slack to lie beside a document in one archive, within limits.

The token is shown to Slack alone, and a file's name in the archive was made by `bot.domain.files.path_of`.
"""

import asyncio
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

FILE_BYTES = 20_000_000
ALL_BYTES = 40_000_000
FILE_SECONDS = 20.0
ALL_SECONDS = 40.0
AT_ONCE = 4
CHUNK = 64 * 1024
HTML = "text/html"

Described = Mapping[str, Any]
"""An `Enclosure` as a delivery's payload has it."""


@dataclass(slots=True)
class _Room:
    """How many bytes may still be fetched."""

    left: int = ALL_BYTES

    def takes(self, size: int) -> bool:
        self.left -= size
        return self.left >= 0


async def archive_of(client: AsyncWebClient, session: aiohttp.ClientSession, payload: Mapping[str, Any]) -> bytes:
    """Return the archive of a document and its files; for what cannot be fetched the document has a link."""
    described: Sequence[Described] = payload["files"]
    found = await _fetch_all(client, session, described)
    document = str(payload["content"])
    for file in described:
        if file["path"] not in found and file["shown"]:
            document = document.replace(file["shown"], file["missing"])
    return await asyncio.to_thread(_packed, {str(payload["document"]): document.encode(), **found})


async def _fetch_all(
    client: AsyncWebClient, session: aiohttp.ClientSession, described: Sequence[Described]
) -> dict[str, bytes]:
    """Return the files by their paths, without those that are gone, too big, too slow, or not Slack's to give."""
    room, at_once = _Room(), asyncio.Semaphore(AT_ONCE)

    async def fetch(file: Described) -> tuple[str, bytes | None]:
        async with at_once:
            return str(file["path"]), await _fetch(client, session, file, room)

    tasks = [asyncio.create_task(fetch(file)) for file in described if is_slacks(str(file["url"]), client.base_url)]
    if not tasks:
        return {}
    done, late = await asyncio.wait(tasks, timeout=ALL_SECONDS)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    results = sorted(task.result() for task in tasks if task in done)
    return {path: data for path, data in results if data is not None}


def is_slacks(url: str, base_url: str) -> bool:
    """Say whether an address is on the Slack that the bot talks to: nobody else is ever shown its token."""
    parts, base = urlsplit(url), urlsplit(base_url)
    if base.hostname != "slack.com":
        return (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
    return parts.scheme == "https" and parts.netloc == "files.slack.com"


async def _fetch(client: AsyncWebClient, session: aiohttp.ClientSession, file: Described, room: _Room) -> bytes | None:
    """Return the bytes of a file, or None. Where the token may not read it, Slack sends a page for signing in."""
    headers = {"Authorization": f"Bearer {client.token}"}
    timeout = aiohttp.ClientTimeout(total=FILE_SECONDS)
    data = bytearray()
    try:
        async with session.get(file["url"], headers=headers, allow_redirects=False, timeout=timeout) as answer:
            is_page = answer.content_type == HTML and file["mimetype"] != HTML
            if answer.status != HTTPStatus.OK or is_page:
                return None
            async for chunk in answer.content.iter_chunked(CHUNK):
                data += chunk
                if len(data) > FILE_BYTES or not room.takes(len(chunk)):
                    return None
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return None
    return bytes(data)


def _packed(contents: Mapping[str, bytes]) -> bytes:
    """Return an archive; pictures are small already, so nothing is pressed together."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for path, data in contents.items():
            archive.writestr(zipfile.ZipInfo(path), data)
    return written.getvalue()
