"""Laying out: notes in the house style of their series; where that fails as they are built in, and editors hear why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.domain.deliveries import Message, Owed
from bot.domain.editions import Edition
from bot.domain.house_styles import Document, HouseStyle, StyleError
from bot.domain.notes import Note
from bot.domain.series import Series
from bot.rendering.blocks import actions, button, section
from bot.rendering.house.styles import HouseStyles
from bot.rendering.note_blocks import Laid
from bot.rendering.settings.views import SHOW
from storage import deliveries, house_styles
from storage.database import Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Laying:
    """Lays notes out, inside a transaction of another service. It always answers, so that a note goes out in time."""

    house: HouseStyles

    def digest(
        self, session: Session, series: Series, edition: Edition, note: Note, *, now: datetime
    ) -> Sequence[Laid] | None:
        """Return the digest between its title and its footer, or None where it is to be as it is built in."""
        return self._made(
            session, series, edition, Document.DIGEST, lambda template: self.house.digest(template, note), now
        )

    def document(
        self, session: Session, series: Series, edition: Edition, note: Note, document: Document, *, now: datetime
    ) -> str | None:
        """Return the note as a document, or None where it is to be as it is built in."""
        return self._made(
            session, series, edition, document, lambda template: self.house.document(template, document, note), now
        )

    def _made(
        self,
        session: Session,
        series: Series,
        edition: Edition,
        document: Document,
        make: Callable[[str], T],
        now: datetime,
    ) -> T | None:
        style = house_styles.of_series(session, series.workspace_id, series.id).get(document)
        if style is None:
            return None
        try:
            return make(style.template)
        except StyleError as error:
            self._tell(session, series, edition, style, error, now)
            return None

    def _tell(
        self, session: Session, series: Series, edition: Edition, style: HouseStyle, error: StyleError, now: datetime
    ) -> None:
        """Owe each editor the reason, once for this template and this note."""
        templates = self.house.templates
        text = templates.slack(
            "style_failed",
            series=series.name,
            period=edition.period,
            document=templates.label(f"style.document.{style.document.value}"),
            is_digest=style.document is Document.DIGEST,
            reason=templates.error(error),
        )
        change = button(templates.label("style.settings"), SHOW, {"series": series.id})
        payload = Message(text, (section(text), actions(change))).payload()
        for user_id in series.editors:
            key = f"edition:{edition.id}:style:{style.document.value}:{style.state}:{user_id}"
            owed = Owed(key, "notice", user_id, payload, edition_id=edition.id)
            deliveries.owe(session, series.workspace_id, owed, now=now)
