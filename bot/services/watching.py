"""What those who run the bot may know of it: how much waits, and for how long."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.backlog import Backlog
from storage import backlog
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Watching:
    """The use case of watching over the bot."""

    database: Database
    clock: Clock

    def backlog(self) -> Backlog:
        """Return what waits, in all workspaces."""
        now = self.clock.now()
        with self.database.session() as session:
            return Backlog(
                backlog.deliveries_by_state(session),
                step_lag=_seconds(backlog.oldest_due_step(session, now), now),
                delivery_lag=_seconds(backlog.oldest_owed(session, now), now),
            )


def _seconds(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
