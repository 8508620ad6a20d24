"""What people say to the bot, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.weeks import Period


@dataclass(frozen=True, slots=True)
class Said:
    """A message a person sent to the bot, as Slack gave it.

    `thread_ts` is empty outside a thread; `version` is Slack's `edited.ts`, empty for a message never edited.
    """

    workspace_id: str
    user_id: str
    channel_id: str
    ts: str
    text: str
    thread_ts: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Jotted:
    """What became of a jot: where it went, and how many answers the person has given to that edition."""

    count: int
    heading: str
    series_name: str
    period: Period


def instant_of(ts: str) -> datetime:
    """Return the instant (aware UTC) that Slack's `ts` (`seconds.microseconds`) names."""
    seconds, _, micros = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int((micros + "000000")[:6]))
