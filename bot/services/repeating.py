"""Repeating: what people pressed, sent in or typed is done once, however often the request comes."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from storage import events
from storage.database import Database

REMEMBERED = timedelta(minutes=15)
"""For how long it is known. A signature is good for five minutes, before and after the time that it names."""
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Repeating:
    """Knows each request that has a trigger. Slack never sends one again; who kept one on the way may.

    One process has a SQLite file, and remembers by itself; several on PostgreSQL ask the database.
    """

    database: Database
    clock: Clock
    _seen: dict[tuple[str, str], datetime] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def is_repeated(self, workspace_id: str, trigger_id: str) -> bool:
        """Say whether a request came before, and know it from now on."""
        now = self.clock.now()
        if self.database.is_sqlite:
            return self._is_remembered((workspace_id, trigger_id), now)
        with self.database.session() as session:
            return not events.receive(session, workspace_id, f"request:{trigger_id}", now=now)

    def _is_remembered(self, request: tuple[str, str], now: datetime) -> bool:
        with self._lock:
            if len(self._seen) > MANY:
                recent = {each: seen for each, seen in self._seen.items() if now - seen < REMEMBERED}
                self._seen.clear()
                self._seen.update(recent)
            is_known = request in self._seen
            self._seen.setdefault(request, now)
            return is_known
