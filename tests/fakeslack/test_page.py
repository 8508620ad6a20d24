"""What the page's addresses answer, and to whom."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from fakeslack import App, Clock, FakeSlack
from fakeslack.page import emojis

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OWN = {"X-Preview-Page": "1", "Content-Type": "application/json"}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """Run a workspace of two people and a channel."""
    workspace = FakeSlack(clock=Clock(NOW))
    workspace.add_user("U_ANA", real_name="Ana Okafor")
    workspace.add_user("U_BO", real_name="Bo Lindqvist")
    workspace.install(App(name="Weeknotes", scopes=["chat:write"]))
    workspace.add_channel("C_TEAM", name="team", members=["U_ANA"], creator="U_ANA")
    workspace.start()
    yield workspace
    workspace.stop()


def _get(slack: FakeSlack, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(slack.url + path, headers=headers), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def _post(slack: FakeSlack, path: str, body: object, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    request = Request(slack.url + path, json.dumps(body).encode(), OWN if headers is None else headers)
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.parametrize(
    ("path", "expected"),
    (
        ("/", 200),
        ("/page/static/main.js", 200),
        ("/page/snapshot?as=U_ANA", 200),
        ("/page/emoji.json", 200),
        ("/page/static/../templates/index.html", 404),
        ("/page/static/..%2ftemplates%2findex.html", 404),
        ("/page/static/", 404),
        ("/nothing", 404),
        ("/oauth/v2/authorize?client_id=unknown", 400),
        ("/api/api.test", 200),
    ),
)
def test_strict_policy(slack: FakeSlack, path: str, expected: int) -> None:
    """Every answer forbids inline script and style, other hosts and being framed, and says nothing of what serves."""
    status, headers, _ = _get(slack, path)

    policy = headers["Content-Security-Policy"]
    assert expected == status
    assert "Server" not in headers
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "nosniff" == headers["X-Content-Type-Options"]


@pytest.mark.parametrize(
    "request_", (b"GET / HTTP/9.9\r\n\r\n", b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n")
)
def test_what_is_no_http_learns_nothing(slack: FakeSlack, request_: bytes) -> None:
    """It is refused under the same policy, and not told what serves."""
    with socket.create_connection(("127.0.0.1", int(slack.url.rpartition(":")[2])), timeout=10) as stranger:
        stranger.sendall(request_)
        answer = b"".join(iter(lambda: stranger.recv(4096), b"")).decode()

    assert answer.startswith("HTTP/1.0 400")
    assert "default-src 'none'" in answer
    assert ("aiohttp" in answer, "Python" in answer) == (False, False)


def test_shell_needs_nothing_from_elsewhere(slack: FakeSlack) -> None:
    """The page has no inline script or style and names no other host; it says what it is."""
    page = _get(slack, "/")[2].decode()

    assert "Slack-like preview, running on this machine" in page
    assert "<style" not in page
    assert " style=" not in page
    assert "http" not in page


@pytest.mark.parametrize("host", ("evil.example", "evil.example:80", "127.0.0.1.evil.example"))
def test_other_names_are_refused(slack: FakeSlack, host: str) -> None:
    """A name that was pointed at this machine does not reach the page (DNS rebinding)."""
    assert 403 == _get(slack, "/page/snapshot?as=U_ANA", Host=host)[0]


def test_other_sites_cannot_write(slack: FakeSlack) -> None:
    """A post without the page's own header, as another site's form would send it, does nothing."""
    body = {"channel": "C_TEAM", "text": "forged"}

    status, _ = _post(slack, "/page/act/say?as=U_ANA", body, {"Content-Type": "text/plain"})

    assert 403 == status
    assert [] == slack.messages("C_TEAM")


def test_refusals_are_sentences(slack: FakeSlack) -> None:
    """What the workspace refuses comes back as an error to show, without a failed request."""
    status, answer = _post(slack, "/page/act/say?as=U_BO", {"channel": "C_TEAM", "text": "hello"})

    assert (200, {"error": "not_in_channel"}) == (status, answer)


@pytest.mark.parametrize("path", ("/page/act/steal?as=U_ANA", "/page/static/../routes.py", "/page/static/none.js"))
def test_unknown_addresses(slack: FakeSlack, path: str) -> None:
    """What the page does not have is not found; nothing outside its folder is."""
    status = _post(slack, path, {})[0] if "act" in path else _get(slack, path)[0]

    assert 404 == status


def test_nobody_in_particular_is_the_first_person(slack: FakeSlack) -> None:
    """Without a person in the address, or with one that is not there, one acts as the first."""
    seen = [json.loads(_get(slack, f"/page/snapshot{query}")[2])["me"] for query in ("", "?as=U_NOBODY", "?as=U_BO")]

    assert ["U_ANA", "U_ANA", "U_BO"] == seen


def test_files_other_than_pictures_are_downloads(slack: FakeSlack) -> None:
    """A file that could run in the browser is only ever saved, never shown."""
    person = slack.person("U_ANA")
    given = {"name": "x.svg", "mimetype": "image/svg+xml", "data": b"<svg onload='alert(1)'/>"}
    file = person.say("C_TEAM", "see", files=[given])["files"][0]

    _, headers, data = _get(slack, f"/page/file/{file['id']}?as=U_ANA")

    assert given["data"] == data
    assert ("application/octet-stream", "attachment") == (headers["Content-Type"], headers["Content-Disposition"])


def test_calls_are_numbered(slack: FakeSlack) -> None:
    """The wire can be asked for what came since the last time."""
    for _ in range(3):
        _get(slack, "/api/auth.test", Authorization="Bearer xoxb-local")

    first = json.loads(_get(slack, "/page/calls?after=0")[2])
    later = json.loads(_get(slack, f"/page/calls?after={first['next']}")[2])

    assert (3, ["auth.test"] * 3) == (first["next"], [call["method"] for call in first["calls"]])
    assert {"next": 3, "calls": []} == later


def test_the_clock_moves_forward_only(slack: FakeSlack) -> None:
    """A jump to an instant moves the clock; a jump back is refused and does not."""
    later = datetime(2026, 3, 5, 10, tzinfo=UTC)

    _post(slack, "/page/clock", {"to": later.isoformat()})
    _, refused = _post(slack, "/page/clock", {"to": NOW.isoformat()})

    assert later == slack.clock.now()
    assert "forward" in refused["error"]


def test_a_server_with_open_pages_stops_at_once(slack: FakeSlack) -> None:
    """An open stream of changes does not keep the server from stopping."""
    with urlopen(f"{slack.url}/page/events", timeout=10) as stream:
        assert b"retry: 1000\n" == stream.readline()

        slack.stop()

        assert b"\n" == stream.read()
        slack.start()


@pytest.mark.parametrize(
    ("name", "character"),
    (("tada", "🎉"), ("white_check_mark", "✅"), ("+1", "👍"), ("thumbsup", "👍"), ("heart", "❤️"), ("wave", "👋")),
)
def test_emoji_by_slacks_names(name: str, character: str) -> None:
    """Emoji are found by the names that Slack gives them."""
    assert character == emojis.by_name()[name]
