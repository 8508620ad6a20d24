"""Sweeping: finding in Slack what people sent while the bot was down, or what Slack never delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.editions import Prompt
from bot.services.collecting import Collecting
from bot.services.incoming import said_in
from storage import editions, prompts, workspaces
from storage.database import Database

MOST_PEOPLE = 50
"""Before composing, so many people's threads are read at most: Slack allows about 50 such reads a minute."""


class Reader(Protocol):
    """What sweeping needs of `bot.slack.history.History`."""

    def since(self, workspace_id: str, channel_id: str, thread_ts: str) -> list[Mapping[str, Any]]:
        """Return the messages of a thread, and those below it in the same conversation, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Sweeping:
    """Reads the threads of editions and records what is missing. Reading twice records once."""

    database: Database
    collecting: Collecting
    reader: Reader

    def sweep_all(self) -> None:
        """Read the threads of all editions under way, at start-up."""
        with self.database.session() as session:
            waiting = [
                edition
                for workspace_id in workspaces.installed_ids(session)
                for edition in editions.collecting(session, workspace_id)
            ]
        for edition in waiting:
            self._sweep(edition.workspace_id, edition.id)

    def sweep(self, workspace_id: str, edition_id: int) -> None:
        """Read the threads of one edition, before its note is composed."""
        self._sweep(workspace_id, edition_id, MOST_PEOPLE)

    def _sweep(self, workspace_id: str, edition_id: int, most: int | None = None) -> None:
        with self.database.session() as session:
            asked = prompts.of_edition(session, workspace_id, edition_id)
        opened = [prompt for prompt in asked if prompt.position == 0 and prompt.thread_ts]
        for prompt in opened[:most]:
            self._sweep_thread(prompt)

    def _sweep_thread(self, prompt: Prompt) -> None:
        for message in self.reader.since(prompt.workspace_id, prompt.channel_id, prompt.thread_ts):
            if message.get("user") == prompt.user_id and not message.get("bot_id"):
                said = said_in(prompt.channel_id, message, prompt.workspace_id)
                self.collecting.edit(said) if said.version else self.collecting.record(said)
