"""Noticing: the standing notices of a series, which editors add, change and end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.errors import InvalidInputError
from bot.domain.notices import MOST, Notice, still_to_come
from bot.domain.richtext import parse, plain
from bot.domain.series import Series
from bot.rendering.notices import Standing
from bot.services.editable import editable
from bot.services.posting import Posting
from storage import editions, notices
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Noticing:
    """Keeps notices, and lets the drafts that editors have show them."""

    database: Database
    clock: Clock
    posting: Posting

    def standing(self, workspace_id: str, series_id: int, user_id: str) -> Standing:
        """Return the notices that are still to come in a note. Raises NotAllowedError, NoSeriesHereError."""
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            return Standing(series, _standing(session, series, self._today(series)))

    def find(self, workspace_id: str, series_id: int, user_id: str, notice_id: int) -> Notice | None:
        """Return one of them, if it still stands."""
        standing = self.standing(workspace_id, series_id, user_id)
        return next((notice for notice in standing.notices if notice.id == notice_id), None)

    def add(
        self,
        workspace_id: str,
        series_id: int,
        user_id: str,
        words: Mapping[str, Any] | None,
        until_day: date | None,
        occasion: str,
    ) -> None:
        """Let each note have a new notice; `occasion` (the form's id) names it uniquely. Raises InvalidInputError."""
        now = self.clock.now()
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            kept = self._checked(series, words, until_day)
            if len(_standing(session, series, self._today(series))) >= MOST:
                raise InvalidInputError("too_many_notices", "words", most=MOST)
            key = f"{workspace_id}:{occasion}"
            notices.add(session, workspace_id, series.id, kept, until_day=until_day, source_key=key, now=now)
            self._follow(session, series, now)

    def change(
        self,
        workspace_id: str,
        series_id: int,
        user_id: str,
        notice_id: int,
        words: Mapping[str, Any] | None,
        until_day: date | None,
        state: str,
    ) -> bool:
        """Change a notice. Returns False, keeping nothing, when it is not the one the editor saw any more.

        Raises InvalidInputError.
        """
        now = self.clock.now()
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            kept = self._checked(series, words, until_day)
            notice = _find(session, series, notice_id, self._today(series))
            if notice and parse("", [kept]) == notice.told and until_day == notice.until_day:
                return True
            if notice is None or notice.state != state:
                return False
            notices.change(session, workspace_id, notice, words=dict(kept), until_day=until_day)
            self._follow(session, series, now)
            return True

    def end(self, workspace_id: str, series_id: int, user_id: str, notice_id: int) -> None:
        """Let no further note have a notice."""
        now = self.clock.now()
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            notice = _find(session, series, notice_id, self._today(series))
            if notice:
                notices.change(session, workspace_id, notice, ended_at=now)
                self._follow(session, series, now)

    def _checked(self, series: Series, words: Mapping[str, Any] | None, until_day: date | None) -> Mapping[str, Any]:
        if words is None or not plain(parse("", [words])).strip():
            raise InvalidInputError("notice_empty", "words")
        if until_day and until_day < self._today(series):
            raise InvalidInputError("notice_is_over", "until")
        return words

    def _today(self, series: Series) -> date:
        return self.clock.now().astimezone(ZoneInfo(series.cadence.zone)).date()

    def _follow(self, session: Session, series: Series, now: datetime) -> None:
        for edition in editions.unfinished(session, series.workspace_id, series.id):
            self.posting.drafting.refresh(session, series, edition, now=now)


def _standing(session: Session, series: Series, today: date) -> tuple[Notice, ...]:
    return still_to_come(notices.of_series(session, series.workspace_id, series.id), today)


def _find(session: Session, series: Series, notice_id: int, today: date) -> Notice | None:
    return next((each for each in _standing(session, series, today) if each.id == notice_id), None)
