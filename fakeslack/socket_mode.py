"""Socket Mode: the app connects here, and everything is sent down its connections."""

import asyncio
import contextlib
import json
import threading
import uuid

from aiohttp import WSMsgType, web

from fakeslack.dropping import drop
from fakeslack.model import Json
from fakeslack.outbox import Delivery, Outbox, Result

CONNECTIONS = 10
BEAT_SECONDS = 0.1
DROPPED: Json = {"dropped": True}


class Connection:
    """One open socket, and the acknowledgements it still owes."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        """Owe nothing yet."""
        self.socket = socket
        self.request = request
        self.waiting: dict[str, asyncio.Future[Json]] = {}

    def close(self) -> None:
        """Let everything that waits on this connection know that it is gone."""
        for future in self.waiting.values():
            if not future.done():
                future.set_result(DROPPED)

    def drop(self) -> None:
        """Break the connection without a word."""
        drop(self.request)


class SocketMode:
    """The connections of the app; each thing goes down one of them, in turn."""

    def __init__(self, outbox: Outbox) -> None:
        """Start with none."""
        self.opened = threading.Condition()
        self.connections: list[Connection] = []
        self._outbox = outbox
        self._tickets: set[str] = set()
        self._turn = 0
        self._ready = asyncio.Event()

    def begin(self) -> None:
        """Belong to the running loop."""
        self._ready = asyncio.Event()

    def ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Take a connection and stay with it until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(max_msg_size=16 * 1024 * 1024)
        await socket.prepare(request)
        app_id = request.query.get("app_id", "")
        if len(self.connections) >= CONNECTIONS:
            await self._disconnect(socket, "too_many_websockets")
            return socket
        await self._serve(Connection(socket, request), app_id)
        return socket

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Result:
        """Send an envelope down one connection and wait for its acknowledgement."""
        connection = await self._pick(may_wait=attempt > 0)
        if connection is None:
            return Result(acknowledged=False, reason="no_connection", is_final=attempt == 0)
        envelope = _envelope(delivery, attempt, reason)
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = future
        try:
            await connection.socket.send_json(envelope)
            answer = await asyncio.wait_for(future, self._outbox.ack_seconds)
        except TimeoutError:
            return Result(acknowledged=False, reason="timeout")
        except ConnectionError:
            return Result(acknowledged=False, reason="connection_failed")
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)
        if answer is DROPPED:
            return Result(acknowledged=False, reason="connection_failed")
        return Result(acknowledged=True, answer=answer)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, and close the connections it has."""
        for connection in list(self.connections):
            self._remove(connection)
            await self._disconnect(connection.socket, reason)

    def drop(self) -> None:
        """Break every connection."""
        for connection in list(self.connections):
            self._remove(connection)
            connection.drop()

    async def _serve(self, connection: Connection, app_id: str) -> None:
        self.connections.append(connection)
        await connection.socket.send_json(self._hello(app_id))
        self._ready.set()
        with self.opened:
            self.opened.notify_all()
        beat = asyncio.create_task(_beat(connection.socket))
        try:
            async for frame in connection.socket:
                if frame.type == WSMsgType.TEXT:
                    _acknowledge(connection, frame.data)
        finally:
            beat.cancel()
            self._remove(connection)

    def _remove(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        if not self.connections:
            self._ready.clear()
        connection.close()

    async def _pick(self, *, may_wait: bool) -> Connection | None:
        if not self.connections and may_wait:
            try:
                await asyncio.wait_for(self._ready.wait(), self._outbox.ack_seconds)
            except TimeoutError:
                return None
        if not self.connections:
            return None
        self._turn += 1
        return self.connections[self._turn % len(self.connections)]

    async def _disconnect(self, socket: web.WebSocketResponse, reason: str) -> None:
        with contextlib.suppress(ConnectionError):  # it may be gone already
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local-preview"}})
            await socket.close()

    def _hello(self, app_id: str) -> Json:
        debug = {"host": "local-preview", "build_number": 1, "approximate_connection_time": 18060}
        info = {"app_id": app_id}
        return {"type": "hello", "num_connections": len(self.connections), "debug_info": debug, "connection_info": info}


async def _beat(socket: web.WebSocketResponse) -> None:
    """Ping often: Slack's own client looks whether it was asked to stop only when something comes in."""
    with contextlib.suppress(ConnectionError):
        while not socket.closed:
            await asyncio.sleep(BEAT_SECONDS)
            await socket.ping(b"still here")


def _envelope(delivery: Delivery, attempt: int, reason: str) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "payload": delivery.payload,
        "type": delivery.kind,
        "accepts_response_payload": not delivery.is_event,
    }
    if delivery.is_event:
        envelope |= {"retry_attempt": attempt, "retry_reason": reason}
    return envelope


def _acknowledge(connection: Connection, data: str) -> None:
    try:
        frame = json.loads(data)
    except ValueError:
        return  # Slack ignores what is not JSON
    future = connection.waiting.get(frame.get("envelope_id", "")) if isinstance(frame, dict) else None
    if future is not None and not future.done():
        payload = frame.get("payload")
        future.set_result(payload if isinstance(payload, dict) else {})
