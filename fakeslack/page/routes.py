"""The page's addresses: `/` and everything under `/page/`."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from fakeslack.page import emojis
from fakeslack.page.acts import ACTS, Upload
from fakeslack.page.live import Live
from fakeslack.page.security import guarded
from fakeslack.page.wire import calls_after
from fakeslack.workspace import SLACKBOT

if TYPE_CHECKING:
    from fakeslack import FakeSlack

HERE = Path(__file__).parent
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def attach(app: web.Application, slack: "FakeSlack") -> None:
    """Add the page's routes to the local Slack's application."""
    page = Page(slack)
    slack.subscribe(page.live.changed)
    app.on_shutdown.append(page.live.close)
    app.router.add_get("/", guarded(page.shell))
    app.router.add_get("/favicon.ico", guarded(page.icon))
    app.router.add_get("/page/static/{path:.+}", guarded(page.static))
    app.router.add_get("/page/emoji.json", guarded(page.emoji))
    app.router.add_get("/page/snapshot", guarded(page.snapshot))
    app.router.add_get("/page/events", guarded(page.live.stream))
    app.router.add_get("/page/file/{file_id}", guarded(page.file))
    app.router.add_get("/page/calls", guarded(page.calls))
    app.router.add_post("/page/act/{verb}", guarded(page.act))
    app.router.add_post("/page/clock", guarded(page.jump))


class Page:
    """Answers the page's requests from the workspace's Python face."""

    def __init__(self, slack: "FakeSlack") -> None:
        """Read the static files once; they do not change while the server runs."""
        self.slack = slack
        self.live = Live()
        self._static = {
            path.relative_to(HERE / "static").as_posix(): path.read_bytes()
            for path in sorted((HERE / "static").rglob("*"))
            if path.suffix in TYPES
        }
        self._shell = (HERE / "templates" / "index.html").read_text(encoding="utf-8")

    async def shell(self, _request: web.Request) -> web.Response:
        """Answer with the page itself."""
        return web.Response(text=self._shell, content_type="text/html", headers={"Cache-Control": "no-cache"})

    async def icon(self, _request: web.Request) -> web.Response:
        """Answer with the page's icon."""
        return web.Response(body=self._static["icon.svg"], content_type="image/svg+xml")

    async def static(self, request: web.Request) -> web.Response:
        """Answer with one static file."""
        path = request.match_info["path"]
        if path not in self._static:
            raise web.HTTPNotFound
        kind = TYPES[Path(path).suffix]
        headers = {"Cache-Control": "no-cache"}
        return web.Response(body=self._static[path], content_type=kind, charset="utf-8", headers=headers)

    async def emoji(self, _request: web.Request) -> web.Response:
        """Answer with every emoji by name."""
        return web.json_response(emojis.by_name(), headers={"Cache-Control": "max-age=3600"})

    async def snapshot(self, request: web.Request) -> web.Response:
        """Answer with all that one person may see."""
        seen = await asyncio.to_thread(self._seen, request.query.get("as", ""))
        return web.json_response(seen, headers={"Cache-Control": "no-store"})

    def _seen(self, user_id: str) -> dict[str, Any]:
        """Return what this person sees; of somebody unknown, what the first person does."""
        people = self.slack.snapshot(SLACKBOT)["people"]
        known = [each["id"] for each in people if not (each["is_bot"] or each["deleted"] or each["id"] == SLACKBOT)]
        if user_id not in known and known:
            user_id = known[0]
        return self.slack.snapshot(user_id or SLACKBOT)

    async def file(self, request: web.Request) -> web.Response:
        """Answer with a file's bytes: pictures to be shown, everything else to be saved."""
        try:
            file, data = await asyncio.to_thread(self.slack.file, request.match_info["file_id"])
        except LookupError:
            raise web.HTTPNotFound from None
        if file["mimetype"] in PICTURES:
            return web.Response(body=data, content_type=file["mimetype"])
        return web.Response(
            body=data, content_type="application/octet-stream", headers={"Content-Disposition": "attachment"}
        )

    async def calls(self, request: web.Request) -> web.Response:
        """Answer with what went over the wire since the page last asked."""
        found = calls_after(self.slack.calls, int(request.query.get("after", "0")))
        return web.json_response(found, headers={"Cache-Control": "no-store"})

    async def act(self, request: web.Request) -> web.Response:
        """Do one thing as one person."""
        verb = ACTS.get(request.match_info["verb"])
        if verb is None:
            raise web.HTTPNotFound
        body = await read_body(request)
        return await _answered(lambda: verb(self.slack.person(request.query["as"]), body))

    async def jump(self, request: web.Request) -> web.Response:
        """Move the clock to an instant."""
        body = await request.json()
        return await _answered(lambda: self._jump(datetime.fromisoformat(body["to"])))

    def _jump(self, to: datetime) -> None:
        if to < self.slack.clock.now():
            raise ValueError("The clock of the preview only moves forward.")
        self.slack.clock.jump(to)


async def read_body(request: web.Request) -> dict[str, Any]:
    """Return a request's JSON; of a form with files, its `body` field as JSON and its `files`."""
    if not request.content_type.startswith("multipart/"):
        return dict(await request.json())
    form = await request.post()
    body: dict[str, Any] = json.loads(str(form["body"]))
    files = [field for field in form.getall("files", []) if isinstance(field, web.FileField)]
    body["files"] = [Upload(field.filename, field.content_type, field.file.read()) for field in files]
    return body


async def _answered(call: Callable[[], object]) -> web.Response:
    """Run a synchronous call off the loop; an error it raises is a sentence for the person."""
    try:
        result = await asyncio.to_thread(call)
    except (LookupError, ValueError, RuntimeError, TimeoutError) as error:
        # Not a 4xx: the request was sound, and a browser's console should show nothing when Slack says no.
        return web.json_response({"error": str(error) or type(error).__name__})
    return web.json_response({"result": result}, dumps=lambda value: json.dumps(value, default=str))
