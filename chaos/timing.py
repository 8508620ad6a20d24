"""Sending at a pace that waits for nobody, and how long each acknowledgement took."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.figures import percentile
from fakeslack.outbox import Delivery

LATEST_SECONDS = 3.0
"""How long Slack waits for an acknowledgement before it counts as failed."""
MOST_P99_SECONDS = 0.5


def paced(count: int, per_second: float, send: Callable[[int], object]) -> float:
    """Call `send` so often at this pace, whether or not those before are answered; return the pace that was kept."""
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / per_second - time.monotonic()))
        send(number)
    return count / (time.monotonic() - began)


@dataclass(slots=True)
class Stopwatch:
    """Measures, at Slack's end, from handing an event out to its acknowledgement."""

    waited: list[float] = field(default_factory=list)
    again: int = 0
    """How many had to be delivered more than once, or were not acknowledged at all."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def watch(self, delivery: Delivery) -> None:
        """Measure an event that is about to be handed out."""
        began = time.monotonic()

        def answered(answer: Delivery) -> None:
            self.note(time.monotonic() - began, is_once=answer.attempts == ["acknowledged"])

        event = delivery.payload.get("event", {})
        if event.get("type") == "message" and event.get("user") and not event.get("bot_id"):
            delivery.on_answer = answered

    def note(self, seconds: float, *, is_once: bool = True) -> None:
        """Note how long one took."""
        with self._lock:
            self.waited.append(seconds)
            self.again += not is_once


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: how many events at which pace, what became of them, and how soon they were acknowledged."""

    events: int
    per_second: float
    lost: int
    twice: int
    watch: Stopwatch

    @property
    def p99(self) -> float:
        """Return what ninety-nine of a hundred acknowledgements did not exceed."""
        return percentile(self.watch.waited, 0.99)

    @property
    def is_clean(self) -> bool:
        """Say whether all is as it should be."""
        is_soon = max(self.watch.waited) < LATEST_SECONDS and self.p99 < MOST_P99_SECONDS
        return is_soon and not (self.lost or self.twice or self.watch.again)

    def row(self) -> list[object]:
        """Return the figures of the table."""
        times = (percentile(self.watch.waited, 0.5), self.p99, max(self.watch.waited))
        shown = [f"{seconds * 1000:,.0f} ms" for seconds in times]
        return [self.events, f"{self.per_second:.1f}", self.lost, self.twice, self.watch.again, *shown]

    def kept(self) -> dict[str, object]:
        """Return what is written into the file."""
        return dict(zip(HEADS[1:], self.row(), strict=True))


HEADS = ("load", "events", "a second", "lost", "twice", "delivered again", "p50", "p99", "longest")
