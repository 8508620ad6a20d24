"""The pages for those who watch over the bot, as they are served where Slack calls no process."""

import socket
from collections.abc import Iterator

import pytest

from bot.metrics import Metrics
from bot.web.app import create_watch
from bot.web.server import in_background
from storage.database import Database
from tests.support.clocks import FrozenClock
from tests.support.world import free_port


@pytest.fixture
def port(sqlite_database: Database, clock: FrozenClock) -> Iterator[int]:
    """Give the port on which they are."""
    port = free_port()
    with in_background(create_watch(sqlite_database, clock, Metrics()), "127.0.0.1", port):
        yield port


def answered(port: int, request: bytes) -> str:
    """Return all that comes back for some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stranger:
        stranger.sendall(request)
        stranger.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: stranger.recv(4096), b"")).decode()


@pytest.mark.parametrize(
    "request_",
    (
        b"GET / HTTP/9.9\r\n\r\n",
        b"<script>XYZZY</script>\r\n\r\n",
        b"XYZZY / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /XYZZY" + b"y" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /nothing/XYZZY HTTP/1.1\r\nHost: x\r\n\r\n",
    ),
)
def test_what_makes_no_sense_is_refused_and_not_repeated(
    port: int, request_: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither to whoever sent it nor in the log, and nobody learns what serves, or in which version."""
    answer = answered(port, request_)
    told = "".join(capsys.readouterr())

    assert any(f"{code}" in answer for code in (400, 404, 405, 414, 501, 505))
    assert ("", False) == (told, any(word in answer for word in ("XYZZY", "Werkzeug", "Python")))


def test_every_page_has_the_headers(port: int) -> None:
    """As those that `weeknotes web` serves."""
    answer = answered(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")

    assert "Server: weeknotes" in answer
    assert "Content-Security-Policy: default-src 'none'" in answer
