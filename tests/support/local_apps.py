"""Small apps for the local Slack's own tests: they keep what they are sent, and answer as told."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from slack_sdk.web import WebClient

from fakeslack import App, FakeSlack

Json = dict[str, Any]

SCOPES = (
    "chat:write",
    "commands",
    "im:history",
    "im:read",
    "im:write",
    "channels:history",
    "channels:read",
    "groups:history",
    "groups:read",
    "users:read",
    "reactions:read",
    "reactions:write",
    "files:read",
    "files:write",
    "team:read",
)
APP = App(
    name="Weeknotes",
    bot_token="xoxb-test",
    app_token="xapp-test",
    signing_secret="test-secret",
    scopes=SCOPES,
    commands=[{"command": "/weeknotes", "description": "", "usage_hint": ""}],
    shortcuts=[
        {"callback_id": "jot.save", "name": "Save to my weeknotes", "type": "message"},
        {"callback_id": "jot.new", "name": "New jot", "type": "global"},
    ],
)


def web_client(slack: FakeSlack, token: str = "xoxb-test") -> WebClient:
    """Return a client of the local Slack that tries everything once."""
    return WebClient(token, base_url=slack.api_url, retry_handlers=[], timeout=5)


@dataclass
class Request:
    """One envelope that came down a socket."""

    type: str
    payload: Json
    retry_attempt: int
    retry_reason: str


@dataclass
class SocketApp:
    """An app on one socket. `answer` gets each payload and returns the body of its acknowledgement, None for none."""

    answer: Callable[[Json], Json | None] = field(default=lambda _payload: {})
    requests: list[Request] = field(default_factory=list)

    def events(self, kind: str) -> list[Json]:
        """Return the inner events of one type."""
        inner = [each.payload["event"] for each in self.requests if each.type == "events_api"]
        return [event for event in inner if event["type"] == kind]

    async def listen(self, url: str) -> None:
        """Take what comes until the connection ends."""
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            async for frame in socket:
                envelope = frame.json()
                if envelope["type"] == "disconnect":
                    return
                if "envelope_id" in envelope:
                    await self._take(socket, envelope)

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, envelope: Json) -> None:
        retry = envelope.get("retry_attempt", 0), envelope.get("retry_reason", "")
        self.requests.append(Request(envelope["type"], envelope["payload"], *retry))
        body = self.answer(envelope["payload"])
        if body is not None:
            await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": body})


@contextmanager
def socket_app(slack: FakeSlack) -> Iterator[SocketApp]:
    """Connect an app by Socket Mode: a plain one, because Slack's own client takes a second to close."""
    app = SocketApp()
    before = slack.connections
    url = web_client(slack, "xapp-test").apps_connections_open(app_token="xapp-test")["url"]
    thread = Thread(target=lambda: asyncio.run(app.listen(url)))
    thread.start()
    slack.wait_connected(before + 1)
    yield app
    slack.refresh_sockets()
    thread.join()


@dataclass
class Received:
    """One request that came to a request URL."""

    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Json:
        """Return what was sent, whichever way it was encoded."""
        if self.headers["content-type"] == "application/json":
            return dict(json.loads(self.raw))
        form = {name: values[0] for name, values in parse_qs(self.raw.decode(), keep_blank_values=True).items()}
        return dict(json.loads(form["payload"])) if "payload" in form else form


Reply = tuple[int, str, dict[str, str]]


@dataclass
class HttpApp:
    """An app behind a request URL. `answer` gets each request and returns status, body and headers."""

    url: str = ""
    answer: Callable[[Received], Reply] = field(default=lambda _received: (200, "", {}))
    received: list[Received] = field(default_factory=list)


@contextmanager
def http_app() -> Iterator[HttpApp]:
    """Serve a request URL."""
    app = HttpApp()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            received = Received({name.lower(): value for name, value in self.headers.items()}, raw)
            app.received.append(received)
            status, body, headers = app.answer(received)
            self.send_response(status)
            for name, value in {"Content-Type": "text/plain", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    app.url = f"http://127.0.0.1:{server.server_address[1]}/slack/events"
    yield app
    server.shutdown()
    thread.join()
    server.server_close()
