"""Socket Mode: the app connects here, and everything is sent down its connections."""

import asyncio
import contextlib
import json
import threading
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from fakeslack.dropping import drop
from fakeslack.model import Json
from fakeslack.outbox import Delivery, Outbox, Result

CONNECTIONS = 10
BEAT_SECONDS = 0.1
LEAVE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Connection:
    """One open socket, the request that opened it, and whether it has ended."""

    socket: web.WebSocketResponse
    request: web.Request
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class SocketMode:
    """The connections of the app; each thing goes down one of them, in turn."""

    def __init__(self, outbox: Outbox) -> None:
        """Start with none."""
        self.opened = threading.Condition()
        self.connections: list[Connection] = []
        self._outbox = outbox
        self._tickets: set[str] = set()
        self._owed: dict[str, asyncio.Future[Json]] = {}
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
            await self._turn_away(socket, "too_many_websockets")
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
        self._owed[envelope["envelope_id"]] = future
        try:
            await connection.socket.send_json(envelope)
            answer = await asyncio.wait_for(future, self._outbox.ack_seconds)
        except TimeoutError:
            return Result(acknowledged=False, reason="timeout")
        except ConnectionError:
            return Result(acknowledged=False, reason="connection_failed")
        finally:
            self._owed.pop(envelope["envelope_id"], None)
        return Result(acknowledged=True, answer=answer)

    async def refresh(self) -> None:
        """Ask the app to connect anew; its old connections may finish their work and are closed if it does not."""
        for connection in self._let_go():
            with contextlib.suppress(ConnectionError, TimeoutError):  # it may be gone already, or never leave
                await connection.socket.send_json(_goodbye("refresh_requested"))
                await asyncio.wait_for(connection.ended.wait(), LEAVE_SECONDS)
            await connection.socket.close()

    async def close(self) -> None:
        """Close every connection for good."""
        for connection in self._let_go():
            await self._turn_away(connection.socket, "link_disabled")

    def drop(self) -> None:
        """Break every connection."""
        for connection in self._let_go():
            drop(connection.request)

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
                    self._acknowledge(frame.data)
        finally:
            beat.cancel()
            self._remove(connection)
            connection.ended.set()

    def _remove(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        if not self.connections:
            self._ready.clear()

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

    def _let_go(self) -> list[Connection]:
        """Send nothing more down the connections there are, and return them."""
        leaving, self.connections = self.connections, []
        self._ready.clear()
        return leaving

    async def _turn_away(self, socket: web.WebSocketResponse, reason: str) -> None:
        with contextlib.suppress(ConnectionError):  # it may be gone already
            await socket.send_json(_goodbye(reason))
            await socket.close()

    def _acknowledge(self, data: str) -> None:
        """Take an acknowledgement, on whichever connection it comes: Slack's client uses the newest it has."""
        try:
            frame = json.loads(data)
        except ValueError:
            return  # Slack ignores what is not JSON
        future = self._owed.get(frame.get("envelope_id", "")) if isinstance(frame, dict) else None
        if future is not None and not future.done():
            payload = frame.get("payload")
            future.set_result(payload if isinstance(payload, dict) else {})

    def _hello(self, app_id: str) -> Json:
        debug = {"host": "local-preview", "build_number": 1, "approximate_connection_time": 18060}
        info = {"app_id": app_id}
        return {"type": "hello", "num_connections": len(self.connections), "debug_info": debug, "connection_info": info}


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local-preview"}}


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
