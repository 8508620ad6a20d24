"""Styling: editors try out templates of their own for what a note becomes, keep them, and let go of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.errors import ChangedMeanwhileError
from bot.domain.house_styles import Document, HouseStyle, StyleError
from bot.domain.notes import Note
from bot.domain.series import Series
from bot.rendering.house.samples import sample_note
from bot.rendering.house.styles import HouseStyles
from bot.rendering.settings.styles import Styled, Tried
from bot.services.composing import whole_note
from bot.services.editable import editable
from storage import answers, editions, house_styles
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Styling:
    """The use cases of house style."""

    database: Database
    clock: Clock
    house: HouseStyles

    def opened(self, workspace_id: str, series_id: int, user_id: str) -> Styled:
        """Return the templates a series has of its own. Raises NotAllowedError, NoSeriesHereError."""
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            return Styled(series, self._kept(session, series))

    def try_out(self, workspace_id: str, series_id: int, user_id: str, document: Document, template: str) -> Tried:
        """Return the note of this week, or else the last one, as a template makes it. Nothing is kept.

        It must do for a made-up note too, which has what this week's may not have yet, such as an introduction.
        Raises NotAllowedError, NoSeriesHereError, StyleError.
        """
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            note = self._note(session, series)
        if not template.strip():
            raise StyleError("style_empty", 1)
        made_up = sample_note(series, self._today(series), self.house.templates)
        self.house.check(template, document, made_up)
        shown = note or made_up
        if document is Document.DIGEST:
            return Tried(document, shown, laid=self.house.digest(template, shown), is_sample=note is None)
        told = self.house.document(template, document, shown.outside())
        return Tried(document, shown, text=told, is_sample=note is None)

    def save(
        self, workspace_id: str, series_id: int, user_id: str, document: Document, template: str, shown: str
    ) -> Styled:
        """Keep a template, which was tried out. `shown` is the state of the one that the editor had before them.

        Raises NotAllowedError, NoSeriesHereError, StyleError, ChangedMeanwhileError.
        """
        self.try_out(workspace_id, series_id, user_id, document, template)
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            kept = self._kept(session, series).get(document)
            style = HouseStyle(document, template, self.clock.now())
            if (kept.state if kept else "") not in {shown, style.state}:
                raise ChangedMeanwhileError
            house_styles.put(session, workspace_id, series_id, style)
            return Styled(series, self._kept(session, series))

    def remove(self, workspace_id: str, series_id: int, user_id: str, document: Document) -> Styled:
        """Let a document be as it is built in again. Raises NotAllowedError, NoSeriesHereError."""
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            house_styles.remove(session, workspace_id, series_id, document)
            return Styled(series, self._kept(session, series))

    def _kept(self, session: Session, series: Series) -> Mapping[Document, HouseStyle]:
        return house_styles.of_series(session, series.workspace_id, series.id)

    def _note(self, session: Session, series: Series) -> Note | None:
        """Return the note of the oldest edition that waits with answers, or else of the last one that is out."""
        waiting = [
            edition
            for edition in editions.unfinished(session, series.workspace_id, series.id)
            if answers.givers(session, series.workspace_id, edition.id)
        ]
        found = waiting or editions.latest_published(session, series.workspace_id, series.id)
        note = whole_note(session, series, found[0]) if found else None
        return None if note is None or note.is_empty else note

    def _today(self, series: Series) -> date:
        return self.clock.now().astimezone(ZoneInfo(series.cadence.zone)).date()
