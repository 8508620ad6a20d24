"""A command, as somebody typed it or chose it with a button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.domain.commands import Invocation, parse
from bot.domain.series import Series
from bot.domain.vocabulary import ENGLISH, Vocabulary
from bot.listeners.payloads import carried, number
from bot.services import Services


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked what, and where. `occasion` names the command uniquely; `series_id` is 0 unless one was chosen."""

    workspace_id: str
    channel_id: str
    user_id: str
    typed: str
    occasion: str
    series_id: int = 0
    vocabulary: Vocabulary = ENGLISH

    @classmethod
    def by_command(cls, command: Mapping[str, Any], vocabulary: Vocabulary) -> Self:
        """Read a slash command."""
        return cls(
            workspace_id=command["team_id"],
            channel_id=command["channel_id"],
            user_id=command["user_id"],
            typed=command.get("text") or "",
            occasion=command["trigger_id"],
            vocabulary=vocabulary,
        )

    @classmethod
    def by_button(cls, body: Mapping[str, Any], action: Mapping[str, Any], vocabulary: Vocabulary) -> Self:
        """Read a button that gives a command again, for the series it names. Pressed twice it is the same occasion."""
        about = carried(action)
        return cls(
            workspace_id=(body.get("team") or {}).get("id") or "",
            channel_id=(body.get("channel") or {}).get("id") or "",
            user_id=body["user"]["id"],
            typed=str(about.get("typed") or ""),
            occasion=str(about.get("occasion") or body["trigger_id"]),
            series_id=number(about, "series"),
            vocabulary=vocabulary,
        )

    def series(self, services: Services, command: str) -> Series:
        """Return the series a command is for. Raises WhichSeriesError where it may be several, and NotAllowedError."""
        administering = services.administering
        if self.series_id:
            return administering.chosen_series(self.workspace_id, self.series_id, self.user_id, command)
        return administering.find_series(self.workspace_id, self.channel_id, self.user_id, command)

    @property
    def invocation(self) -> Invocation:
        """Return the command's word and the rest of what was typed."""
        return parse(self.typed, self.vocabulary)
