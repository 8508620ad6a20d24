"""One tour for all the tests that look at what a week in which everything is used leaves behind."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import structlog

from bot import log
from tests.support.moments import Moments
from tests.support.tour import tour
from tests.support.world import World, world

STYLES: tuple[Literal["json", "console"], ...] = ("json", "console")
WORDS = "Zebrafish hummed quixotically beneath marzipan lighthouses"
"""What everybody writes in it."""


@dataclass(frozen=True, slots=True)
class Toured:
    """A workspace in which everything has been used, with the bot stopped, and all that the bot logged meanwhile."""

    world: World
    logged: str
    moments: Moments


def toured_world(database_url: str) -> Toured:
    """Play the tour with WORDS in whatever anybody writes, and keep what was logged."""
    with world(database_url) as team:
        moments = Moments(Path(database_url.removeprefix("sqlite:///")))
        team.slack.outbox.watchers.append(moments.see)
        with all_logged() as lines:
            tour(team, WORDS)
        team.slack.outbox.watchers.clear()
    return Toured(team, lines.getvalue(), moments)


@contextmanager
def all_logged() -> Iterator[io.StringIO]:
    """Log everything there is, libraries included, in both forms, as the bot's own processes do; then as before."""
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
    try:
        with redirect_stderr(io.StringIO()) as lines:
            yield lines
    finally:
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()
