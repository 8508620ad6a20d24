"""What the workspace refuses on purpose: too many calls too fast, and faults that a test asks for."""

import math
import threading
import time
from collections.abc import Callable

from fakeslack.model import Fault


class RateLimits:
    """Slack's limits, in real seconds unless `monotonic` tells others.

    `per_minute` may limit any method, for instance `{"views.open": 100}`, of which `bursts` says how many may come at
    once (by default all of a minute). Whoever is too fast is locked out for `lock_out_seconds`.
    """

    def __init__(self) -> None:
        """Allow one message a second in a channel."""
        self.enforce = True
        self.per_channel_seconds = 1.0
        self.burst = 1
        self.per_minute: dict[str, int] = {}
        self.bursts: dict[str, int] = {}
        self.lock_out_seconds = 0.0
        self.monotonic: Callable[[], float] = time.monotonic
        self._lock = threading.Lock()
        self._due: dict[tuple[str, str], float] = {}
        self._locked_until: dict[tuple[str, str], float] = {}

    def wait_for(self, method: str) -> int:
        """Take one call of a method; return for how many seconds it must wait, 0 when it may pass."""
        allowed = self.per_minute.get(method)
        return self._take((method, ""), 60 / allowed, self.bursts.get(method, allowed)) if allowed else 0

    def wait_for_channel(self, channel: str) -> int:
        """Take one message in a channel; return for how many seconds it must wait, 0 when it may pass."""
        return self._take(("chat.postMessage", channel), self.per_channel_seconds, self.burst)

    def _take(self, key: tuple[str, str], interval: float, burst: int) -> int:
        if not self.enforce or interval <= 0:
            return 0
        with self._lock:
            now = self.monotonic()
            due = max(self._due.get(key, now), now)
            early = due - (burst - 1) * interval - now
            if early > interval * 0.01:  # a client that keeps to the second exactly may arrive a hair early
                self._locked_until[key] = now + self.lock_out_seconds
            locked = self._locked_until.get(key, now) - now
            if early > interval * 0.01 or locked > 0:
                return max(1, math.ceil(max(early, locked)))
            self._due[key] = due + interval
            return 0


class Faults:
    """Faults waiting to happen to calls, and to the events that are handed out next."""

    def __init__(self) -> None:
        """Have none."""
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._duplicate = 0
        self._lose = 0
        self._reorder = False

    def add(self, fault: Fault) -> None:
        """Let this happen to the next calls of its method."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Let nothing happen any more."""
        with self._lock:
            self._faults.clear()
            self._duplicate = self._lose = 0
            self._reorder = False

    def events(self, duplicate: int = 0, reorder: bool = False, lose: int = 0) -> None:  # noqa: FBT001, FBT002
        """Send the next events twice, swap the next two, or never send the next ones."""
        with self._lock:
            self._duplicate, self._reorder, self._lose = duplicate, reorder, lose

    def take(self, method: str) -> Fault | None:
        """Return the fault that happens to this call, if any, and count it."""
        with self._lock:
            for fault in self._faults:
                if fault.method in (method, "*") and fault.times > 0:
                    fault.times -= 1
                    return fault
            return None

    def take_event(self) -> str:
        """Return what happens to the next event: `duplicate`, `hold`, `lose` or nothing."""
        with self._lock:
            if self._lose > 0:
                self._lose -= 1
                return "lose"
            if self._duplicate > 0:
                self._duplicate -= 1
                return "duplicate"
            if self._reorder:
                self._reorder = False
                return "hold"
            return ""
