"""What a process counts of itself: what came in, how soon it was acknowledged, and when its clock last ticked."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds until an acknowledgement: Slack wants it within three."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted so far.

    `requests` is by kind and status; `within` says how many were acknowledged within each of BUCKETS, and how many in
    all; `seconds` is how long all of them took together.
    """

    requests: Mapping[tuple[str, str], int]
    within: tuple[int, ...]
    seconds: float


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._buckets = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0
        self.last_tick: datetime | None = None

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """Count a request of Slack's, by what kind it was and how it was answered, and how long that took."""
        with self._lock:
            self._requests[kind, str(status)] += 1
            self._buckets[bisect_left(BUCKETS, seconds)] += 1
            self._seconds += seconds

    def ticked(self, now: datetime) -> None:
        """Note that the clock ticked."""
        self.last_tick = now

    def counts(self) -> Counts:
        """Return what was counted so far."""
        with self._lock:
            return Counts(dict(self._requests), tuple(accumulate(self._buckets)), self._seconds)
