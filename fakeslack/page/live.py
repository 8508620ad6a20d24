"""Telling open pages that something changed, by Server-Sent Events."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

HEARTBEAT_SECONDS = 15.0


class Live:
    """Fans the workspace's changes out to every page that is open."""

    def __init__(self) -> None:
        """Start with nobody listening."""
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}

    def changed(self, change: Mapping[str, Any]) -> None:
        """Pass a change on. May be called from any thread."""
        kind = json.dumps({"type": str(change.get("type", "change"))})
        for queue, loop in list(self._listeners.items()):
            if not loop.is_closed():
                loop.call_soon_threadsafe(queue.put_nowait, kind)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Answer one page with events until it leaves or the server stops."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners[queue] = asyncio.get_running_loop()
        try:
            await self._write(response, queue)
        except ConnectionResetError:
            pass  # The page was closed; nothing is owed to it.
        finally:
            self._listeners.pop(queue, None)
        return response

    async def close(self, _app: web.Application) -> None:
        """End every stream, so that the server can stop at once."""
        for queue in list(self._listeners):
            queue.put_nowait(None)

    async def _write(self, response: web.StreamResponse, queue: asyncio.Queue[str | None]) -> None:
        await response.write(b"retry: 1000\n\n")
        while True:
            try:
                change = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if change is None:
                return
            await response.write(f"data: {change}\n\n".encode())
