"""A clock that tests move."""

from datetime import UTC, datetime, timedelta


class FrozenClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        """Stand at the aware instant `at`."""
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant the clock stands at, aware, in UTC."""
        return self._at

    def jump(self, to: datetime) -> None:
        """Stand at the aware instant `to` from now on."""
        self._at = to.astimezone(UTC)

    def move(self, **how_far: float) -> None:
        """Move by a timedelta: `clock.move(minutes=5)`."""
        self._at += timedelta(**how_far)
