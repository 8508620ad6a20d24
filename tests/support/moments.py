"""Moments of a week: what people pressed, sent in and typed, each with the database as it was right before."""

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fakeslack import Delivery

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """What Slack was about to tell the bot, and the database then."""

    payload: Json
    database: bytes = field(repr=False)


@dataclass(slots=True)
class Moments:
    """The first of each kind of moment: each button, menu, form, shortcut and command, with what it carries."""

    file: Path
    kept: dict[str, Moment] = field(default_factory=dict)

    def see(self, delivery: Delivery) -> None:
        """Keep a moment, unless there is one of its kind."""
        if not delivery.is_event and (kind := _kind(delivery.payload)) not in self.kept:
            self.kept[kind] = Moment(json.loads(json.dumps(delivery.payload)), self._copy())

    def _copy(self) -> bytes:
        with closing(sqlite3.connect(self.file)) as live, closing(sqlite3.connect(":memory:")) as copy:
            live.backup(copy)
            return copy.serialize()


def _kind(payload: Json) -> str:
    """Return what a payload is about, with numbers left out: one edition is like the other."""
    action = (payload.get("actions") or [{}])[0]
    view = payload.get("view") or {}
    carried = action.get("value") or (action.get("selected_option") or {}).get("value") or ""
    parts = (action.get("action_id"), carried, view.get("callback_id"), view.get("private_metadata"))
    command = (payload.get("text") or "").split(" ")[0] if payload.get("command") else payload.get("callback_id")
    return re.sub(r"[\d.]+", "#", "|".join(map(str, (*parts, command))))
