"""What keeps the page to itself: a strict policy for the browser, and requests from this page only."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

OWN_HEADER = "X-Preview-Page"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def guarded(handler: Handler) -> Handler:
    """Wrap a handler: only names of this machine, posts only from the page itself.

    The first stops DNS rebinding; the second, by a header that another site may not send, forged posts.
    """

    async def guard(request: web.Request) -> web.StreamResponse:
        if request.host.rsplit(":", 1)[0] not in LOOPBACK:
            raise web.HTTPForbidden(text="This page answers on this machine only.")
        if request.method == "POST" and OWN_HEADER not in request.headers:
            raise web.HTTPForbidden(text="This address takes requests from its own page only.")
        return await handler(request)

    return guard


class Discreet(web.RequestHandler):
    """Serves one connection. What is no HTTP reaches no application, and the answer to it would tell what serves."""

    def handle_error(self, *args: Any, **more: Any) -> web.StreamResponse:  # noqa: ANN401 - aiohttp's own
        """Answer what could not be read."""
        response = super().handle_error(*args, **more)
        response.headers.update({**HEADERS, "Server": "local"})
        return response


async def finish(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the policy on every answer there is, and do not tell what serves."""
    response.headers.update(HEADERS)
    response.headers.pop("Server", None)
