"""The demo that somebody plays with."""

import http.client
import signal
import socket
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.demo.live import DemoIsRunningError, PortIsTakenError, serving

SATURDAY = datetime(2026, 3, 7, 12, tzinfo=UTC)


def test_the_demo_begins_on_thursday_before_ten(tmp_path: Path) -> None:
    """It begins with the series set up, those further east asked, and the clock offering what comes next."""
    with serving(tmp_path, now=SATURDAY) as demo:
        labels = [stop.label for stop in demo.slack.stops()]
        asked = {
            user: [m["ts"] for m in demo.slack.messages(demo.slack.person(user).dm()) if "It’s time for" in m["text"]]
            for user in ("U_ANA", "U_NIKOS", "U_MAYA", "U_TANE")
        }
        at_ten = {user: datetime.fromtimestamp(float(ts), UTC) for user, found in asked.items() for ts in found}

        assert (2026, 3, 5, 9, 30) == demo.clock.now().timetuple()[:5]
        assert {"U_NIKOS": (5, 8, 0), "U_TANE": (4, 21, 0)} == {
            user: (at.day, at.hour, at.minute) for user, at in at_ten.items()
        }
        assert [
            "Thursday 10:00 — Ana Okafor is asked",
            "Thursday 15:00 — Maya Goldberg is asked",
            "Thursday 21:00 — Tane Rewi is reminded, if nothing came",
            "Friday 08:00 — Nikos Pappas is reminded, if nothing came",
            "Friday 10:00 — Ana Okafor is reminded, if nothing came",
            "Friday 15:00 — the editor gets the draft, and Maya Goldberg is reminded, if nothing came",
            "Friday 16:00 — the note goes out",
            "Wednesday 11 March 21:00 — Tane Rewi is asked",
        ] == labels


def test_the_bots_time_is_the_pages(tmp_path: Path) -> None:
    """When the page's clock jumps to a stop, the bot does at once what is due then."""
    with serving(tmp_path, now=SATURDAY) as demo:
        demo.clock.jump(demo.slack.stops()[0].at)
        assert demo.runtime.engine.idle(20)
        demo.settle()
        said = demo.slack.messages(demo.slack.person("U_ANA").dm())

        assert "It’s time for" in said[-1]["text"]
        assert "Thursday 15:00 — Maya Goldberg is asked" == demo.slack.stops()[0].label


def test_it_goes_on_where_it_was(tmp_path: Path) -> None:
    """Stopped and started, the same conversations are there at the same time, and nothing is asked twice."""
    with serving(tmp_path, now=SATURDAY) as demo:
        demo.clock.jump(datetime(2026, 3, 5, 10, tzinfo=UTC))
        demo.settle()
        ana = demo.slack.person("U_ANA")
        opening = demo.slack.messages(ana.dm())[-1]["ts"]
        ana.say(ana.dm(), "We opened the library.", thread_ts=opening)
        demo.settle()
        before = [(message["ts"], message["text"]) for message in demo.slack.messages(ana.dm())]
        left_at, series = demo.clock.now(), demo.series
    with serving(tmp_path) as demo:
        after = [(message["ts"], message["text"]) for message in demo.slack.messages(demo.slack.person("U_ANA").dm())]

        assert (before, series) == (after, demo.series)
        assert left_at <= demo.clock.now() < datetime(2026, 3, 5, 10, 5, tzinfo=UTC)


def test_reset_starts_over(tmp_path: Path) -> None:
    """With a reset, what happened is forgotten, and nothing else in the folder is touched."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with serving(tmp_path, now=SATURDAY) as demo:
        demo.slack.person("U_ANA").say("C_TEAM", "Hello")
    with serving(tmp_path, reset=True, now=SATURDAY) as demo:
        said = [message["text"] for message in demo.slack.messages("C_TEAM")]

    assert "Hello" not in said
    assert "mine" == (tmp_path / "mine.txt").read_text(encoding="utf-8")


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    """A second demo on the same folder is refused in a sentence."""
    with serving(tmp_path, now=SATURDAY), pytest.raises(DemoIsRunningError, match="running on that folder"):
        serving(tmp_path).__enter__()


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    """A port that somebody listens on is refused in a sentence."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortIsTakenError, match="taken"):
        serving(tmp_path, taken.getsockname()[1]).__enter__()


def test_it_runs_until_told_to_end(tmp_path: Path) -> None:
    """The command says where the page is, serves it, and ends cleanly on a signal."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        address = next(urlsplit(line.strip()) for line in process.stdout if "http://" in line)
        with closing(http.client.HTTPConnection(address.netloc, timeout=10)) as connection:
            connection.request("GET", "/")
            with connection.getresponse() as page:
                served = (page.status, "<html" in page.read().decode())
        process.send_signal(signal.SIGTERM)

        assert ((200, True), 0) == (served, process.wait(30))
