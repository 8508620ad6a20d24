"""Keeping things no longer than was promised."""

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.retention import AFTER_UNINSTALLING, RECEIVED_EVENTS
from bot.log import get_logger
from storage import retention
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Keeping:
    """Deletes what has been kept long enough. `words_days` is how long people's words are kept; None: for good."""

    database: Database
    clock: Clock
    words_days: int | None

    def tidy(self) -> None:
        """Delete what workspaces left that took the app out, old words, and notes to ourselves that nobody needs."""
        now = self.clock.now()
        with self.database.session() as session:
            left = retention.workspaces_left(session, now - AFTER_UNINSTALLING)
            for workspace_id in left:
                retention.take_workspace(session, workspace_id)
            retention.take_passing(session, now - RECEIVED_EVENTS)
            over = retention.editions_over(session, now - timedelta(days=self.words_days)) if self.words_days else []
            retention.take_words(session, over)
        self.database.wipe()
        if left or over:
            get_logger(__name__).info("tidied", workspaces=left, editions=over)
