"""Logs hold ids, never words and never secrets."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from bot import log

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Put logging back as pytest had it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in log.TALKATIVE}
    yield
    for name, before in levels.items():  # else every later test would log, and pay for, each statement of SQL
        logging.getLogger(name).setLevel(before)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """Set up JSON logs at `debug`, and give what was logged since."""
    log.configure("debug", "json")
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_says_what_happened_to_what(lines: Lines) -> None:
    """An event, ids, a level, the module, and the time in UTC."""
    log.get_logger("bot.services").info("answer_recorded", workspace="T1", answer=7)

    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "answer_recorded",
        "workspace": "T1",
        "answer": 7,
        "level": "info",
        "logger": "bot.services",
    }


@pytest.mark.parametrize("name", sorted(log.WORDS))
def test_peoples_words_are_left_out(lines: Lines, name: str) -> None:
    """Even when somebody logs them by mistake."""
    log.get_logger("bot").info("answer_recorded", **{name: "We had a baby!"})

    assert "[left out]" == lines()[0][name]


@pytest.mark.parametrize(
    "secret",
    (
        "xoxb-1234-hush-AbCd",
        "xapp-1-A1-2-f00",
        "xoxe.xoxp-1-Mi0y",
        "postgresql://weeknotes:hunter2@db.example/weeknotes",
        "https://hooks.slack.com/actions/response/T1/2/abc",
    ),
)
def test_secrets_are_left_out_wherever_they_stand(lines: Lines, secret: str) -> None:
    """In a value, deep in a value, in a library's message, and in an exception."""
    log.get_logger("bot").info("failed", said=f"no: {secret}", nested={"a": [secret, {"b": (secret,)}]})
    logging.getLogger("slack_bolt").warning("Failed with %s", secret)
    try:
        raise ValueError(secret)
    except ValueError:
        log.get_logger("bot").exception("failed")

    logged = json.dumps(lines())
    assert "[redacted]" in logged
    for part in ("hush", "f00", "Mi0y", "hunter2", "T1/2/abc"):
        assert part not in logged


def test_libraries_that_log_what_people_wrote_are_heard_from_warning_on(lines: Lines) -> None:
    """At `debug`, Bolt and the SDK log whole requests."""
    for name in log.TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(f"{name}.App").info("We had a baby!")
        logging.getLogger(name).warning("careful")

    assert ["careful"] * len(log.TALKATIVE) == [line["event"] for line in lines()]


def test_a_traceback_shows_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    """The console shows where, not what was in the variables there."""
    log.configure("info", "console")
    words = "We had a" + " baby!"
    try:
        raise KeyError(len(words))
    except KeyError:
        log.get_logger("bot").exception("failed")

    shown = capsys.readouterr().err
    assert "KeyError" in shown
    assert "We had a baby!" not in shown


def test_less_is_logged_when_less_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """The level holds for our own events too."""
    log.configure("warning", "json")
    log.get_logger("bot").info("answer_recorded")

    assert "" == capsys.readouterr().err
