"""Owing deliveries, and looking what became of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from bot.domain.deliveries import Delivery, Method, Owed
from storage import deliveries
from storage.database import Database
from storage.models import EditionRow, PersonRow, PromptRow, SeriesRow, WorkspaceRow

TEAM = "T_TEAM"


class MovableClock(Protocol):
    """A clock that stands still until it is moved."""

    def now(self) -> datetime:
        """Return the instant it stands at."""
        ...

    def jump(self, to: datetime) -> None:
        """Stand at another one."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """One workspace of a database, from which deliveries are owed."""

    database: Database
    clock: MovableClock
    workspace_id: str = TEAM

    def open(self) -> "Desk":
        """Record the workspace."""
        with self.database.session() as session:
            session.add(WorkspaceRow(id=self.workspace_id, scopes="chat:write", created_at=self.clock.now()))
        return self

    def owe(self, key: str, channel: str = "C_TEAM", method: Method = Method.POST, **fields: Any) -> bool:  # noqa: ANN401 - fields of Owed
        """Owe a delivery: by default a message that says its key."""
        payload = fields.pop("payload", {"text": key})
        owed = Owed(
            key=key, kind=fields.pop("kind", "prompt"), channel=channel, method=method, payload=payload, **fields
        )
        with self.database.session() as session:
            return deliveries.owe(session, self.workspace_id, owed, now=self.clock.now())

    def find(self, key: str) -> Delivery:
        """Return the delivery with this key."""
        with self.database.session() as session:
            found = deliveries.find(session, self.workspace_id, key)
        if found is None:
            raise KeyError(key)
        return found

    def states(self, *keys: str) -> list[str]:
        """Return the states of deliveries."""
        return [self.find(key).state.value for key in keys]

    def add_person(self, user_id: str, dm_channel_id: str = "") -> None:
        """Record a person."""
        with self.database.session() as session:
            row = PersonRow(
                workspace_id=self.workspace_id,
                user_id=user_id,
                dm_channel_id=dm_channel_id,
                refreshed_at=self.clock.now(),
            )
            session.add(row)

    def add_edition(self) -> int:
        """Record a series with an edition, and return the edition's id."""
        with self.database.session() as session:
            series = SeriesRow(**self._series())
            session.add(series)
            session.flush()
            edition = EditionRow(
                workspace_id=self.workspace_id,
                series_id=series.id or 0,
                period_start=date(2026, 3, 2),
                period_end=date(2026, 3, 8),
            )
            session.add(edition)
            session.flush()
            return edition.id or 0

    def add_prompt(self, edition_id: int, user_id: str, position: int) -> int:
        """Record a prompt, and return its id."""
        with self.database.session() as session:
            prompt = PromptRow(
                workspace_id=self.workspace_id,
                edition_id=edition_id,
                user_id=user_id,
                position=position,
                question_key=f"q{position}",
            )
            session.add(prompt)
            session.flush()
            return prompt.id or 0

    def _series(self) -> dict[str, Any]:
        days = {f"{kind}_weekday": 3 for kind in ("ask", "remind", "draft", "publish")}
        times = {f"{kind}_at": time(10) for kind in ("ask", "remind", "draft", "publish")}
        return (
            days
            | times
            | {
                "workspace_id": self.workspace_id,
                "channel_id": "C_TEAM",
                "name": "team",
                "zone": "Europe/London",
                "anchor": date(2026, 3, 2),
                "layout": "by_person",
                "number_template": "#{count}",
                "title_template": "{number}",
                "created_by": "U_ANA",
                "created_at": self.clock.now(),
            }
        )
