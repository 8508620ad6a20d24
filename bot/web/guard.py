"""What is turned away before Bolt reads it: requests that cannot be Slack's, and would cost or confuse Bolt."""

from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MOST_DIGITS = 20
LARGEST_BODY = 1024 * 1024
"""In bytes. Slack's own limits keep its requests, which may hold a whole form, well below."""


def guarded(application: WSGIApplication) -> WSGIApplication:
    """Return the application behind the guard. What it is given has a body of bounded size that is UTF-8."""

    def guard(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        refusal = _refusal(environ)
        if refusal is None:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            if _is_text(body):
                return application({**environ, "wsgi.input": BytesIO(body)}, start_response)
            refusal = HTTPStatus.BAD_REQUEST
        start_response(f"{refusal.value} {refusal.phrase}", [("Content-Type", "text/plain; charset=utf-8")])
        return [refusal.phrase.encode()]

    return guard


def _refusal(environ: WSGIEnvironment) -> HTTPStatus | None:
    """Return why a request is turned away without reading its body, or None."""
    length = environ.get("CONTENT_LENGTH", "")
    if environ["REQUEST_METHOD"] != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    if not length:
        return HTTPStatus.LENGTH_REQUIRED
    if not _is_number(length):
        return HTTPStatus.BAD_REQUEST
    if int(length) > LARGEST_BODY:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if not _is_number(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")):
        return HTTPStatus.UNAUTHORIZED  # Bolt would answer 500
    return None


def _is_number(text: str) -> bool:
    """Say whether the text is digits alone, and not so many that reading them takes long."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
