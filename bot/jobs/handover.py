"""Handing tasks over in the background: whoever defers one may have somebody waiting for an answer."""

import threading
import time
from collections.abc import Callable

from bot.jobs.engines import Key, Task
from bot.log import get_logger

REST_SECONDS = 0.2
"""How long the same task is not handed over again: a worker that looks once sees all that came until then."""


class Handover:
    """Hands over what is deferred, from a thread of its own, and the same task again only after a rest.

    What waits already is not added again: under load many are one. What is not handed over when a process dies is found
    again by the next tick.
    """

    def __init__(self, hand_over: Callable[[Task, str], None]) -> None:
        """Know what hands over a task of a workspace. Nothing is handed over before `start`."""
        self._hand_over = hand_over
        self._waiting: dict[Key, None] = {}
        self._rests_until: dict[Key, float] = {}
        self._is_handing = False
        self._is_ending = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="handover", daemon=True)

    def add(self, key: Key) -> None:
        """Have a task handed over, and return at once."""
        with self._changed:
            self._waiting[key] = None
            self._changed.notify_all()

    def start(self) -> None:
        """Begin with what waits."""
        self._thread.start()

    def end(self, timeout: float) -> None:
        """Hand over what waits, within `timeout` seconds, and end."""
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def idle(self, timeout: float) -> bool:
        """Wait until nothing waits. Returns False when that takes longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._is_handing, timeout)

    def _run(self) -> None:
        while (key := self._next()) is not None:
            try:
                self._hand_over(*key)
            except Exception:  # noqa: BLE001 - one task must not keep the others here; the next tick finds it again
                get_logger(__name__).exception("task_not_deferred", task=key[0].value, workspace=key[1])

    def _next(self) -> Key | None:
        """Return what to hand over next, when there is something, or None at the end."""
        with self._changed:
            self._is_handing = False
            self._changed.notify_all()
            while (key := self._rested()) is None and not (self._is_ending and not self._waiting):
                self._changed.wait(REST_SECONDS if self._waiting else None)
            if key is not None:
                del self._waiting[key]
                self._is_handing = True
            return key

    def _rested(self) -> Key | None:
        """Return the first task that was not handed over just now; at the end, any."""
        now = time.monotonic()
        self._rests_until = {key: until for key, until in self._rests_until.items() if until > now}
        key = next((each for each in self._waiting if self._is_ending or each not in self._rests_until), None)
        if key is not None:
            self._rests_until[key] = now + REST_SECONDS
        return key
