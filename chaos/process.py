"""The bot as a process of its own, told the time by a file: what is killed, stopped and started again.

It is built as always, with a few other values: a clock that reads the file, a pace that waits for nothing, and quicker
ticks. A server forks each process from one that has imported everything, so that a start takes little.
"""

import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Literal

from pydantic import SecretStr
from sqlalchemy import event
from sqlmodel import Session

from bot import log, processes
from bot.bootstrap import build
from bot.config import Settings
from bot.jobs import workers
from bot.runtime import Runtime
from tests.support.world import APP_TOKEN, BOT_TOKEN, hurried

TICK_SECONDS, SLOW_TICK_SECONDS = 0.1, 1.0
POLL_SECONDS = 0.05
STALLED_SECONDS = 1.0
WRITES = ("INSERT", "UPDATE", "DELETE")

Where = Literal["before a commit", "after a commit", "at a call"]


@dataclass(frozen=True, slots=True)
class Point:
    """A moment in a process’s life at which it dies: its n-th commit that kept something, or its n-th answered call."""

    where: Where
    n: int


@dataclass(frozen=True, slots=True)
class Orders:
    """What a process is told at its start, and at which of its commits it dies, if at any."""

    database_url: str
    api_url: str
    clock_file: Path
    dies: Point | None = None
    log_level: str = "critical"
    health_port: int | None = None
    is_hurried: bool = True
    """Whether it waits for no pace; otherwise it sends as fast as Slack permits, as always."""


class FileClock:
    """Tells the time that stands in a file."""

    def __init__(self, path: Path) -> None:
        """Know the file."""
        self._path = path

    def now(self) -> datetime:
        """Return the instant in the file, aware, in UTC."""
        return datetime.fromisoformat(self._path.read_text())


def start(orders: Orders) -> ForkServerProcess:
    """Start a bot that does as it is told."""
    context: ForkServerContext = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=run, args=(orders,), daemon=True)
    process.start()
    return process


def run(orders: Orders) -> None:
    """Be the bot until killed, or until there is nobody any more who would."""
    log.configure(orders.log_level)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    workers.POLL_SECONDS, workers.STALLED_SECONDS = POLL_SECONDS, STALLED_SECONDS
    settings = Settings(
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_app_token=SecretStr(APP_TOKEN),
        database_url=orders.database_url,
        slack_api_url=orders.api_url,
        health_port=orders.health_port,
    )
    pace, tick_seconds = (hurried(), TICK_SECONDS) if orders.is_hurried else (None, SLOW_TICK_SECONDS)
    runtime = build(settings, clock=FileClock(orders.clock_file), pace=pace, tick_seconds=tick_seconds)
    if orders.dies:
        _die(runtime, orders.dies)
    with processes.watched(runtime):
        processes.start(runtime, socket_mode=True)
        signal.pause()


def _die(runtime: Runtime, point: Point) -> None:
    """Have this process end by SIGKILL at one of its commits, of those that keep something: a tick keeps nothing."""
    commits, here = count(1), threading.local()

    def writing(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        here.has_written = getattr(here, "has_written", False) or statement.startswith(WRITES)

    def committing(_anything: object) -> None:
        if getattr(here, "has_written", False) and next(commits) == point.n:
            os.kill(os.getpid(), signal.SIGKILL)

    def ended(_anything: object) -> None:
        here.has_written = False

    event.listen(runtime.database.engine, "before_cursor_execute", writing)
    if point.where == "before a commit":
        event.listen(runtime.database.engine, "commit", committing)
    elif point.where == "after a commit":
        event.listen(Session, "after_commit", committing)
    event.listen(Session, "after_commit", ended)
    event.listen(runtime.database.engine, "rollback", ended)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
