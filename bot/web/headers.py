"""Headers that tell a browser to do nothing with our answers but show them."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SECURITY_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)


def with_headers(application: WSGIApplication) -> WSGIApplication:
    """Return the application with the security headers on all its answers, unless it set one of them itself."""

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - WSGI's exc_info
            present = {name.lower() for name, _ in headers}
            missing = [header for header in SECURITY_HEADERS if header[0].lower() not in present]
            return start_response(status, [*headers, *missing], *error)

        return application(environ, start)

    return wrapped
