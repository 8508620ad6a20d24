"""The HTTP server, in a thread and a loop of its own, on this machine only."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from aiohttp import web

from fakeslack import dispatch, oauth, page, requests, responses
from fakeslack.dispatch import Answer
from fakeslack.dropping import drop
from fakeslack.http_events import HttpEvents
from fakeslack.methods import files
from fakeslack.model import Call, Fault, Json, SlackError
from fakeslack.outbox import Delivery, Result
from fakeslack.page.security import Discreet, finish, guarded
from fakeslack.workspace import Workspace

if TYPE_CHECKING:
    from fakeslack.slack import FakeSlack

HOST = "127.0.0.1"
SECRETS = frozenset({"access_token", "client_secret", "code"})
MAX_BODY = 1024**3
Work: TypeAlias = Callable[[], Answer]
T = TypeVar("T")


class Route:
    """Sends to the app's request URL if it has one, else down its sockets."""

    def __init__(self, ws: Workspace, http: HttpEvents) -> None:
        """Know both ways."""
        self._ws = ws
        self._http = http

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Result:
        """Send once, the way that the app is reached now."""
        app = self._ws.app
        way = self._http if app is not None and app.request_url else self._ws.sockets
        return await way.send(delivery, attempt, reason)


class Server:
    """Answers the Web API, Socket Mode, uploads and response URLs."""

    def __init__(self, ws: Workspace, slack: "FakeSlack") -> None:
        """Serve this workspace; `slack` is what the page works on."""
        self._ws = ws
        self._slack = slack
        self.http: HttpEvents | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._failure: Exception | None = None

    def start(self, port: int) -> None:
        """Listen on the port, 0 for a free one; return when the address is known."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(port, ready), name="fakeslack", daemon=True)
        self._thread.start()
        ready.wait()
        if self._failure is not None:
            self.stop()

    def stop(self) -> None:
        """Stop listening and wait until everything has ended; raise what went wrong, if anything did."""
        if self._thread is None:
            return
        if self._loop is not None and self._stopping is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._thread = self._loop = self._stopping = None
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _run(self, port: int, ready: threading.Event) -> None:
        try:
            asyncio.run(self._serve(port, ready))
        except Exception as error:  # noqa: BLE001 - raised again in the thread that starts or stops
            self._failure = error
        finally:
            ready.set()

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run something on the server's thread, if it runs."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(work)

    @property
    def is_running(self) -> bool:
        """Say whether it listens."""
        return self._loop is not None

    def run(self, work: Callable[[], Coroutine[None, None, T]]) -> T:
        """Run something on the server's loop and wait for it."""
        if self._loop is None:
            raise RuntimeError("The local Slack is not started.")
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result()

    async def _serve(self, port: int, ready: threading.Event) -> None:
        self._stopping = asyncio.Event()
        async with AsyncExitStack() as stack:
            runner = web.AppRunner(self._application(), shutdown_timeout=0.5)
            stack.push_async_callback(runner.cleanup)
            await runner.setup()
            loop = asyncio.get_running_loop()
            manager = runner.server
            assert manager is not None  # noqa: S101 - it is there once the runner is set up
            server = await loop.create_server(lambda: Discreet(manager, loop=loop), HOST, port)
            stack.callback(server.close)
            self._ws.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
            self.http = HttpEvents(self._ws)
            stack.push_async_callback(self.http.close)
            self._ws.sockets.begin()
            stack.push_async_callback(self._ws.sockets.close)
            self._ws.outbox.begin(Route(self._ws, self.http))
            stack.push_async_callback(self._ws.outbox.end)
            self._loop = loop
            ready.set()
            await self._stopping.wait()

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY)
        app.on_response_prepare.append(finish)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self._link)
        app.router.add_get("/oauth/v2/authorize", guarded(self._authorize))
        app.router.add_post("/response/{key}", self._response)
        app.router.add_post("/upload/v1/{file_id}", self._upload)
        app.router.add_get("/files-pri/{file_id}/{name}", self._download)
        page.attach(app, self._slack)
        return app

    async def _link(self, request: web.Request) -> web.StreamResponse:
        return await self._ws.sockets.link(request)

    async def _authorize(self, request: web.Request) -> web.StreamResponse:
        return oauth.authorize(self._ws, request)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            token, given = await requests.read(request)
        except SlackError as error:
            return self._sent(name, {}, dispatch.refusal(error))
        return await self._faulty(request, name, given, lambda: dispatch.answer(self._ws, name, token, given))

    async def _response(self, request: web.Request) -> web.StreamResponse:
        _, body = await requests.read(request)

        def work() -> Answer:
            try:
                with self._ws.lock:
                    responses.respond(self._ws, request.match_info["key"], body)
            except SlackError as error:
                return Answer(404 if error.code.endswith("_url") else 400, dispatch.refusal(error).body)
            return Answer(200, {"ok": True})

        return await self._faulty(request, "response_url", body, work)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        data = await requests.read_upload(request)
        try:
            with self._ws.lock:
                files.receive(self._ws, request.match_info["file_id"], data)
        except SlackError as error:
            return self._sent("upload", {}, Answer(404, dispatch.refusal(error).body))
        self._sent("upload", {"length": len(data)}, Answer(200, {"ok": True}))
        return web.Response(text=f"OK - {len(data)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        token, _ = await requests.read(request)
        app = self._ws.app
        if app is None or token != app.bot_token or "files:read" not in app.scopes:
            raise web.HTTPForbidden
        file = self._ws.store.get("files", request.match_info["file_id"].partition("-")[2])
        if file is None:
            raise web.HTTPNotFound
        answer = await self._faulty(request, "files.download", {"file": file["id"]}, lambda: Answer(200, {"ok": True}))
        if answer.status != HTTPStatus.OK:
            return answer
        return web.Response(body=self._ws.store.get_bytes(file["id"]), content_type=file["mimetype"])

    async def _faulty(self, request: web.Request, name: str, given: Json, work: Work) -> web.StreamResponse:
        """Do the work and answer, unless something was to go wrong with this call."""
        fault = self._ws.faults.take(name)
        if fault is None:
            return self._sent(name, given, work())
        if fault.kind.startswith("accept_then_"):
            self._sent(name, given, work())
        else:
            self._sent(name, given, _failed(fault), is_fault=True)
        if fault.kind.endswith("timeout"):
            assert self._stopping is not None  # noqa: S101 - set while the server runs
            await self._stopping.wait()
        if fault.kind.endswith(("timeout", "drop")):
            drop(request)
            return web.Response(status=500)
        return _response(_failed(fault))

    def _sent(self, name: str, given: Json, answer: Answer, *, is_fault: bool = False) -> web.StreamResponse:
        args, said = _without_secrets(given), _without_secrets(answer.body)
        self._ws.calls.append(Call(name, args, answer.status, said, self._ws.clock.now(), is_fault))
        self._ws.changed("call", method=name)
        return _response(answer)


def _without_secrets(body: Json) -> Json:
    """Return what may be kept to be looked at."""
    return {name: "[taken out]" if name in SECRETS else value for name, value in body.items()}


def _failed(fault: Fault) -> Answer:
    kind, _, detail = fault.kind.partition(":")
    if kind == "error":
        return Answer(200, {"ok": False, "error": detail})
    if kind == "ratelimited":
        pause = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return Answer(429, {"ok": False, "error": "ratelimited"}, pause)
    if kind.startswith("http_"):
        return Answer(int(kind.removeprefix("http_")), {})
    return Answer(0, {})


def _response(answer: Answer) -> web.Response:
    if answer.status >= 500:  # noqa: PLR2004 - Slack's front door says these in plain words, not in JSON
        return web.Response(status=answer.status, text="upstream connect error", headers=answer.headers)
    return web.Response(
        status=answer.status, text=json.dumps(answer.body), content_type="application/json", headers=answer.headers
    )
