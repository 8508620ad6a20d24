"""Failing out loud: when a note cannot be posted, its editors are told why, and what to do.

Of what the bot can help by itself nobody is told: notes and drafts in messages too long for Slack go in smaller ones.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import Delivery, Message, Method, Owed
from bot.domain.editions import Edition
from bot.domain.series import Series
from bot.rendering.blocks import actions, button, section
from bot.rendering.drafts import Drafts
from bot.rendering.environments import Templates
from bot.rendering.house.styles import HouseStyles
from bot.services.drafting import Drafting
from bot.services.laying import Laying
from bot.services.posting import Posting
from storage import deliveries, editions
from storage import series as series_store
from storage.database import Session

QUESTION = "question"
TOO_LONG = "msg_blocks_too_long"
"""What Slack says of a message that keeps every limit it publishes, and is too much for it all the same."""
NOTE_KINDS = ("digest", "change", QUESTION)
"""The deliveries that readers of the channel are waiting for."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Tells editors, inside the transaction that records the failure."""

    templates: Templates

    def tell(self, session: Session, failed: Delivery, *, now: datetime) -> None:
        """Owe each editor of the note a direct message: once for a failure, however many parts of the note it hit."""
        if failed.method is Method.UPLOAD:
            self._tell_of_file(session, failed, now)
            return
        if not failed.attempt:
            return  # it waited for another, whose failure was told
        edition = editions.get(session, failed.workspace_id, failed.edition_id or 0)
        series = series_store.get(session, failed.workspace_id, edition.series_id) if edition else None
        if edition is None or series is None:
            return
        is_of_note = failed.kind in NOTE_KINDS and failed.channel == series.channel_id
        if failed.error == TOO_LONG and self._refit(session, series, edition, failed, now, is_of_note=is_of_note):
            return
        if not is_of_note:
            return
        text = self.templates.slack(
            "failed",
            series=series.name,
            period=edition.period,
            channel=series.channel_id,
            error=failed.error,
            is_question=failed.kind == QUESTION,
        )
        again = actions(button(self.templates.label("note.try_again"), "note.retry", {"edition": edition.id}))
        payload = Message(text, (section(text), again)).payload()
        for user_id in series.editors:
            key = f"edition:{edition.id}:failed:{edition.revision}.{failed.attempt}:{user_id}"
            owed = Owed(key, "notice", user_id, payload, edition_id=edition.id)
            deliveries.owe(session, series.workspace_id, owed, now=now)
        self._drafting.refresh(session, series, edition, now=now)

    @property
    def _drafting(self) -> Drafting:
        return Drafting(Drafts(self.templates), Laying(HouseStyles(self.templates)))

    def _refit(
        self, session: Session, series: Series, edition: Edition, failed: Delivery, now: datetime, *, is_of_note: bool
    ) -> bool:
        """Tell the note, or a draft of it, in smaller messages. Returns False where that is no help."""
        if is_of_note:
            return Posting(self._drafting).refit(session, series, edition, failed, now=now)
        return self._drafting.refit(session, series, edition, failed, now=now)

    def _tell_of_file(self, session: Session, failed: Delivery, now: datetime) -> None:
        """Tell the person who waits for a file that it is not coming."""
        text = self.templates.slack("export_failed", error=failed.error)
        owed = Owed(f"{failed.key}:failed", "notice", failed.channel, Message(text).payload())
        deliveries.owe(session, failed.workspace_id, owed, now=now)
