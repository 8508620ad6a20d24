"""Engines: what runs the work of each workspace. In this process, or in workers (bot.jobs.workers)."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Protocol

from bot.domain.errors import DatabaseAwayError
from bot.log import get_logger

THREADS = 64
"""How many tasks at once. Most of them wait for a workspace's pace: nobody else should wait for that."""


class Task(StrEnum):
    """The kinds of work: due steps of editions, deliveries owed to Slack, and (of no one workspace) tidying up."""

    STEPS = "steps"
    DELIVERIES = "deliveries"
    TIDYING = "tidying"


Work = Mapping[Task, Callable[[str], None]]
"""What does each task for one workspace."""


class Engine(Protocol):
    """Runs tasks, each for one workspace, the same one never twice at a time.

    A task deferred while the same one waits is the same one; deferred while it runs, it runs once more.
    """

    def defer(self, task: Task, workspace_id: str) -> None:
        """Have a task done soon, and return at once."""
        ...

    def start(self) -> None:
        """Begin to run what is deferred."""
        ...

    def stop(self, timeout: float) -> None:
        """Finish what is running, within `timeout` seconds, and begin nothing else."""
        ...

    def idle(self, timeout: float) -> bool:
        """Wait until nothing waits or runs. Returns False when that takes longer than `timeout` seconds."""
        ...


Key = tuple[Task, str]


class InProcess:
    """Runs tasks on threads of this process. What is waiting when it stops is found again by the next tick."""

    def __init__(self, work: Work, threads: int = THREADS) -> None:
        """Know what each task does. Nothing runs before `start`."""
        self._work = work
        self._count = threads
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: dict[Key, None] = {}
        self._running: set[Key] = set()
        self._changed = threading.Condition()

    def defer(self, task: Task, workspace_id: str) -> None:
        """Have a task done soon, and return at once."""
        key = (task, workspace_id)
        with self._changed:
            if key not in self._waiting:
                self._waiting[key] = None
                self._hand_out(key)

    def start(self) -> None:
        """Begin with what was deferred so far."""
        with self._changed:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._count, "engine")
                for key in self._waiting:
                    self._hand_out(key)

    def stop(self, timeout: float) -> None:
        """Finish what is running, within `timeout` seconds, and begin nothing else."""
        with self._changed:
            pool, self._pool = self._pool, None
            self._changed.wait_for(lambda: not self._running, timeout)
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def idle(self, timeout: float) -> bool:
        """Wait until nothing waits or runs. Returns False when that takes longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._running, timeout)

    def _hand_out(self, key: Key) -> None:
        """Give a waiting task to a thread, unless the same one is running: then it follows when that ends."""
        if self._pool is not None and key not in self._running:
            self._pool.submit(self._run, key)

    def _run(self, key: Key) -> None:
        with self._changed:
            if self._pool is None or key in self._running or key not in self._waiting:
                return
            del self._waiting[key]
            self._running.add(key)
        try:
            self._do(key)
        finally:
            with self._changed:
                self._running.discard(key)
                if key in self._waiting:
                    self._hand_out(key)
                self._changed.notify_all()

    def _do(self, key: Key) -> None:
        """Do a task. Its failure is logged and ends here: what is still due is found again by the next tick."""
        task, workspace_id = key
        began = time.monotonic()
        try:
            self._work[task](workspace_id)
        except DatabaseAwayError as error:
            log = get_logger(__name__)
            log.warning("database_away", task=task.value, workspace=workspace_id, trouble=error.trouble)
        except Exception:  # noqa: BLE001 - one task must not stop the engine; what is due is found again by the next tick
            seconds = round(time.monotonic() - began, 1)
            get_logger(__name__).exception("task_failed", task=task.value, workspace=workspace_id, seconds=seconds)
