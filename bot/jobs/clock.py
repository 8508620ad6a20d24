"""The clock that ticks. It decides nothing: what is due is in the database, and each tick looks there."""

from collections.abc import Callable
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import SystemClock

SECONDS = 15


class Ticker:
    """Calls `tick` every few seconds in a thread of its own, one call at a time, beginning at once."""

    def __init__(self, tick: Callable[[], None], seconds: float = SECONDS) -> None:
        """Start nothing yet."""
        self._tick = tick
        self._seconds = seconds
        self._scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        """Begin to tick. Starting again changes nothing."""
        if self._scheduler is not None:
            return
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(
            self._tick,
            "interval",
            seconds=self._seconds,
            id="tick",
            next_run_time=SystemClock().now(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        """Stop ticking, once the tick under way is over."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=True)
