"""What is turned away before Bolt reads it: requests that cannot be Slack's, and would cost or confuse Bolt."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MOST_DIGITS = 20
IsSigned = Callable[[bytes, str, str], bool]
"""Says whether Slack signed a body: given it, the time it names, and the signature."""
LARGEST_BODY = 1024 * 1024
"""In bytes. Slack's own limits keep its requests, which may hold a whole form, well below."""


def guarded(application: WSGIApplication, is_signed: IsSigned) -> WSGIApplication:
    """Return the application behind the guard. What it is given is signed, of bounded size, and UTF-8."""

    def guard(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        refusal = _refusal(environ)
        if refusal is None:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            refusal = _refusal_of(body, environ, is_signed)
            if refusal is None:
                return application({**environ, "wsgi.input": BytesIO(body)}, start_response)
        start_response(f"{refusal.value} {refusal.phrase}", [("Content-Type", "text/plain; charset=utf-8")])
        return [refusal.phrase.encode()]

    return guard


def _refusal_of(body: bytes, environ: WSGIEnvironment, is_signed: IsSigned) -> HTTPStatus | None:
    """Return why a body is turned away without parsing it, or None. Bolt would parse first, and look then."""
    if not _is_text(body):
        return HTTPStatus.BAD_REQUEST
    timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
    if not is_signed(body, timestamp, environ.get("HTTP_X_SLACK_SIGNATURE", "")):
        return HTTPStatus.UNAUTHORIZED
    return None


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
