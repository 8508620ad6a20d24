"""The workspace's clock: it stands still or ticks, and can be moved to any moment."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the workspace's time, which every `ts` and event is made from."""

    def __init__(self, at: datetime | None = None, *, ticking: bool = False) -> None:
        """Start at the aware instant `at`, or now; with `ticking`, follow real time from there."""
        start = datetime.fromtimestamp(time.time(), UTC) if at is None else at  # noqa: TID251 - it is the clock
        self.ticking = ticking
        self.jumped: list[Callable[[datetime], None]] = []
        self._lock = threading.Lock()
        self._set(start)

    def now(self) -> datetime:
        """Return the present instant of the workspace, aware, in UTC."""
        with self._lock:
            passed = time.monotonic() - self._since if self.ticking else 0.0
            return self._at + timedelta(seconds=passed)

    def jump(self, to: datetime) -> None:
        """Move to the aware instant `to` and tell those who asked to know."""
        self._set(to)
        for tell in list(self.jumped):
            tell(self.now())

    def resume(self, at: datetime) -> None:
        """Go on from `at` if that is later than the present; nobody is told."""
        if at > self.now():
            self._set(at)

    def _set(self, to: datetime) -> None:
        if to.tzinfo is None:
            raise ValueError("The clock takes aware datetimes only.")
        with self._lock:
            self._at = to.astimezone(UTC)
            self._since = time.monotonic()
