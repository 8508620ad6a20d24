"""Time that passes only where somebody sleeps."""

import asyncio
from typing import Any

from bot.slack.pace import Pace


class PassingTime:
    """A monotonic time in which sleepers wake in order, as soon as everybody sleeps."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.seconds = 1000.0

    def monotonic(self) -> float:
        """Return the time."""
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        until = self.seconds + seconds
        await asyncio.sleep(0)
        self.seconds = max(self.seconds, until)

    def pace(self, **options: Any) -> Pace:  # noqa: ANN401 - options of Pace
        """Return a pace in this time."""
        return Pace(monotonic=self.monotonic, sleep=self.sleep, **options)
