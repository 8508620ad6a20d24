"""Years of weeknotes, written straight into a database: many series with many editions, and somebody in all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from storage.database import Database
from storage.models import (
    AnswerRow,
    ContributorRow,
    DeliveryRow,
    EditionRow,
    EditorRow,
    PromptRow,
    QuestionRow,
    SeriesRow,
    StepRow,
)

MONDAY = date(2026, 3, 2)
QUESTIONS = [
    {"key": "highlights", "ask": "What were the highlights of your week?", "heading": "", "shape": "stories"},
    {"key": "also", "ask": "What else did you do?", "heading": "I also…", "shape": "bullets"},
]


@dataclass(frozen=True, slots=True)
class Years:
    """How many series and editions, the last of which is being collected, and what stands in every place for words."""

    series: int = 10
    editions: int = 100
    first: int = 1
    words: str = "The library opened."
    name: str = "Team"
    headline: str = "a library at last"
    workspace_id: str = "T_TEAM"
    me: str = "U_ANA"
    others: tuple[str, ...] = ("U_BEN", "U_CAI")

    def write(self, database: Database) -> None:
        """Write everything, a table at a time."""
        tables: Mapping[Any, Iterator[dict[str, Any]]] = {
            SeriesRow: self._series(),
            QuestionRow: self._questions(),
            ContributorRow: self._people((self.me, *self.others), joined_at=_at(MONDAY, -900)),
            EditorRow: self._people((self.me,)),
            EditionRow: self._editions(),
            PromptRow: self._prompts(),
            AnswerRow: self._answers(),
            StepRow: self._steps(),
            DeliveryRow: self._digests(),
        }
        with database.session() as session:
            for table, rows in tables.items():
                written = [{"workspace_id": self.workspace_id, **row} for row in rows]
                if written:
                    session.execute(insert(table), written)

    def _series(self) -> Iterator[dict[str, Any]]:
        days = {"ask": 3, "remind": 4, "draft": 4, "publish": 4}
        for n in self._numbers():
            yield {
                "id": n,
                "channel_id": f"C_{n:04}",
                "name": f"{self.name} {n}"[:75],
                "zone": "Europe/London",
                "anchor": MONDAY,
                **{f"{kind}_weekday": day for kind, day in days.items()},
                **{f"{kind}_at": time(10 if day == days["ask"] else 16) for kind, day in days.items()},
                "layout": "by_person",
                "number_template": "{season}.{episode}",
                "title_template": "{number} — weeknotes — {headline}",
                "created_by": self.me,
                "created_at": _at(MONDAY, -900),
            }

    def _questions(self) -> Iterator[dict[str, Any]]:
        for n in self._numbers():
            yield from ({"series_id": n, "position": place, **each} for place, each in enumerate(QUESTIONS))

    def _people(self, people: tuple[str, ...], **more: object) -> Iterator[dict[str, Any]]:
        for n in self._numbers():
            yield from ({"series_id": n, "user_id": user_id, **more} for user_id in people)

    def _editions(self) -> Iterator[dict[str, Any]]:
        for number, n, ago in self._all():
            start = MONDAY - timedelta(weeks=ago)
            is_out = ago > 0
            yield {
                "id": number,
                "series_id": n,
                "period_start": start,
                "period_end": start + timedelta(days=6),
                "state": "published" if is_out else "collecting",
                "questions": [{**each, "is_optional": True} for each in QUESTIONS],
                "headline": self.headline if is_out else "",
                "number": f"1.{self.editions - ago}" if is_out else "",
                "season": 1 if is_out else None,
                "episode": self.editions - ago if is_out else None,
                "count": self.editions - ago if is_out else None,
                "published_at": _at(start, 4, 16) if is_out else None,
            }

    def _prompts(self) -> Iterator[dict[str, Any]]:
        for number, _, ago in self._all():
            yield {
                "edition_id": number,
                "user_id": self.me,
                "position": 0,
                "question_key": "highlights",
                "channel_id": "D_ANA",
                "thread_ts": _ts(MONDAY - timedelta(weeks=ago), number),
            }

    def _answers(self) -> Iterator[dict[str, Any]]:
        for number, _, ago in self._all():
            start = MONDAY - timedelta(weeks=ago)
            for place, user_id in enumerate((self.me, *self.others)):
                ts = _ts(start, number, place + 1)
                yield {
                    "edition_id": number,
                    "user_id": user_id,
                    "question_key": QUESTIONS[place % 2]["key"],
                    "source": "thread",
                    "source_key": f"D_{user_id}:{ts}",
                    "channel_id": "D_ANA" if user_id == self.me else f"D_{user_id}",
                    "ts": ts,
                    "text": self.words,
                    "blocks": [],
                    "files": [],
                    "given_at": _at(start, 3, 10),
                }

    def _steps(self) -> Iterator[dict[str, Any]]:
        for number, _, ago in self._all():
            if not ago:
                yield {"edition_id": number, "kind": "draft", "due_at": _at(MONDAY, 4, 15), "state": "due"}
                yield {"edition_id": number, "kind": "publish", "due_at": _at(MONDAY, 4, 16), "state": "due"}

    def _digests(self) -> Iterator[dict[str, Any]]:
        for number, n, ago in self._all():
            if ago:
                start = MONDAY - timedelta(weeks=ago)
                yield {
                    "key": f"edition:{number}:digest:1",
                    "kind": "digest",
                    "method": "chat.postMessage",
                    "channel": f"C_{n:04}",
                    "posted_channel": f"C_{n:04}",
                    "ts": _ts(start, number, 9),
                    "state": "sent",
                    "payload": {},
                    "edition_id": number,
                    "not_before": _at(start, 4, 16),
                    "created_at": _at(start, 4, 16),
                }

    def _numbers(self) -> range:
        return range(self.first, self.first + self.series)

    def _all(self) -> Iterator[tuple[int, int, int]]:
        """Yield each edition's id, its series, and how many weeks ago it was."""
        for n in self._numbers():
            yield from ((n * 1_000 + ago, n, ago) for ago in range(self.editions))


def _at(day: date, days: int, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC) + timedelta(days=days)


def _ts(start: date, number: int, place: int = 0) -> str:
    return f"{int(_at(start, 3, 10).timestamp()) + place}.{number:06}"
