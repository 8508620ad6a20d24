"""Standing notices: paragraphs that each note of a series has until their end date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.entries import fingerprint
from bot.domain.richtext import RichText, parse

MOST = 10
"""How many notices a series may have at a time."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A paragraph of each note, the last time on `until_day` (None: until somebody ends it)."""

    id: int
    series_id: int
    words: Mapping[str, Any]
    until_day: date | None
    created_at: datetime
    ended_at: datetime | None = None

    @property
    def told(self) -> RichText:
        """Return what it says."""
        return parse("", [self.words])

    @property
    def state(self) -> str:
        """Return a name for what it is now, to tell whether it has changed since somebody looked."""
        return fingerprint(self.words, self.until_day, self.ended_at is None)


def still_to_come(notices: Iterable[Notice], today: date) -> tuple[Notice, ...]:
    """Return the notices that a note may still have."""
    return tuple(each for each in notices if not each.ended_at and (each.until_day is None or each.until_day >= today))


def in_note(notices: Iterable[Notice], zone: str, *, out_at: datetime | None, at: datetime) -> tuple[Notice, ...]:
    """Return the notices of a note that went out at `out_at`, or (None) would go out `at` this instant."""
    instant = out_at or at
    day = instant.astimezone(ZoneInfo(zone)).date()
    return tuple(
        notice
        for notice in notices
        if (notice.until_day is None or day <= notice.until_day)
        and (notice.ended_at is None or (out_at is not None and out_at < notice.ended_at))
        and (out_at is None or notice.created_at <= out_at)
    )
