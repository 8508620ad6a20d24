"""The only reader of the time; everything else is given a `Clock` or a `now`."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time as aware UTC. Tests and the demo pass one of their own."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present instant, aware, in UTC."""
        return datetime.now(UTC)
