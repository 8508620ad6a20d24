"""What the bot logs holds ids, and nothing that anybody wrote, and no secret."""

import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog
from sqlalchemy import event
from sqlmodel import Session

from bot import log
from tests.support.tour import tour
from tests.support.world import APP_TOKEN, BOT_TOKEN, SECRET, World

STYLES: tuple[Literal["json", "console"], ...] = ("json", "console")
WORDS = "Zebrafish hummed quixotically beneath marzipan lighthouses"


@pytest.fixture
def _logging() -> Iterator[None]:
    """Log everything there is, in both forms, as the bot's own processes do; put logging back in the end."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in log.TALKATIVE}
    both = []
    for style in STYLES:
        log.configure("debug", style)
        both += root.handlers
    root.handlers[:] = both
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def leaks(logged: str) -> list[str]:
    """Return the words and secrets that stand in a log."""
    return [word for word in (*WORDS.split(), BOT_TOKEN, APP_TOKEN, SECRET, "/response/") if word in logged]


@pytest.mark.usefixtures("_logging")
def test_a_week_leaves_no_words_in_the_log(small: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything is used, with the same words in whatever anybody writes; at debug, libraries included."""
    tour(small, WORDS)
    logged = capsys.readouterr().err

    assert "started" in logged
    assert [] == leaks(logged)


@pytest.mark.usefixtures("_logging")
def test_a_surprise_is_logged_without_what_it_says(small: World, capsys: pytest.CaptureFixture[str]) -> None:
    """An error may quote what somebody wrote: the log says where it happened, and of which kind it was."""
    small.series()
    small.at(5, 10)
    said = [WORDS]

    def quote(_session: Session) -> None:
        if said:
            raise ValueError(said.pop()) from KeyError(WORDS)

    event.listen(Session, "before_commit", quote)
    try:
        small.reply("U_ANA", WORDS)
    finally:
        event.remove(Session, "before_commit", quote)
    logged = capsys.readouterr().err

    assert [] == leaks(logged)
    for clue in ("surprise", "ValueError", "KeyError", "test_quiet_logs.py"):
        assert clue in logged
