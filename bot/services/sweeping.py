"""Sweeping: finding in Slack what people sent while the bot was down, or what Slack never delivered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from bot.clock import Clock
from bot.domain.editions import Prompt
from bot.domain.errors import DatabaseAwayError
from bot.domain.incoming import Said, message_id
from bot.log import caused_by, get_logger
from bot.services.collecting import Collecting
from bot.services.incoming import said_in
from bot.services.overhearing import Overhearing
from storage import answers, editions, events, people, prompts, workspaces
from storage.database import Database

MOST_PEOPLE = 50
"""So many people's threads are read right before the note goes out; Slack allows about 50 such reads a minute."""
LOOK_BACK = timedelta(days=3)
"""How far back direct messages are read at start-up. Slack itself delivers nothing older than a day."""

MOST_ASKED_FOR = 50
"""So many messages are asked for one by one, because they were not among those read: few, unless reading fails."""

Seen = dict[tuple[str, str], set[str]]
"""The `ts` of the messages that were read, by workspace and conversation."""


class Reader(Protocol):
    """What sweeping needs of `bot.slack.history.History`."""

    def replies(self, workspace_id: str, channel_id: str, thread_ts: str) -> Sequence[Mapping[str, Any]]:
        """Return the messages of a thread."""
        ...

    def history(self, workspace_id: str, channel_id: str, oldest: str) -> Sequence[Mapping[str, Any]]:
        """Return the messages of a conversation since the `ts` `oldest`, without the replies in threads."""
        ...

    def is_gone(self, workspace_id: str, channel_id: str, ts: str) -> bool:
        """Say whether Slack is sure that a message is not there any more."""
        ...


@dataclass(frozen=True, slots=True)
class Sweeping:
    """Reads conversations and records what is missing. Reading twice records once."""

    database: Database
    clock: Clock
    collecting: Collecting
    overhearing: Overhearing
    reader: Reader

    def sweep_all(self) -> None:
        """Read all threads of editions under way, and what contributors have said lately, at start-up."""
        oldest = f"{(self.clock.now() - LOOK_BACK).timestamp():.6f}"
        with self.database.session() as session:
            homes = [home for each in workspaces.installed_ids(session) for home in people.homes(session, each)]
            waiting = [
                edition for each in workspaces.installed_ids(session) for edition in editions.collecting(session, each)
            ]
        seen: Seen = {}
        for workspace_id, user_id, channel_id in homes:
            found = self.reader.history(workspace_id, channel_id, oldest)
            self._record(workspace_id, user_id, channel_id, found)
            _see(seen, workspace_id, channel_id, found)
        for edition in waiting:
            self._sweep(edition.workspace_id, edition.id, seen, oldest, is_hurried=False)
        self._let_go(seen, oldest)

    def sweep(self, workspace_id: str, edition_id: int, *, is_hurried: bool) -> None:
        """Read the threads of one edition, before its note is composed: all of them, or in a hurry the first ones."""
        seen: Seen = {}
        oldest = f"{(self.clock.now() - LOOK_BACK).timestamp():.6f}"
        self._sweep(workspace_id, edition_id, seen, oldest, is_hurried=is_hurried)
        self._let_go(seen, oldest, edition_id)

    def _sweep(self, workspace_id: str, edition_id: int, seen: Seen, oldest: str, *, is_hurried: bool) -> None:
        """Read the threads, and what was said beside them from the `ts` `oldest` on, or since they began."""
        with self.database.session() as session:
            asked = prompts.of_edition(session, workspace_id, edition_id)
        for prompt in asked:
            if not prompt.user_id and prompt.thread_ts:
                replies = self.reader.replies(workspace_id, prompt.channel_id, prompt.thread_ts)
                self._overhear(workspace_id, prompt, replies)
                _see(seen, workspace_id, prompt.channel_id, replies)
        opened = [prompt for prompt in asked if prompt.user_id and prompt.position == 0 and prompt.thread_ts]
        for prompt in opened[: MOST_PEOPLE if is_hurried else None]:
            where, since = (workspace_id, prompt.channel_id), min(prompt.thread_ts, oldest)
            found = [*self.reader.replies(*where, prompt.thread_ts), *self.reader.history(*where, since)]
            self._record(workspace_id, prompt.user_id, prompt.channel_id, found)
            _see(seen, workspace_id, prompt.channel_id, found)

    def _let_go(self, seen: Seen, oldest: str, edition_id: int | None = None) -> None:
        """Let answers go whose messages were deleted meanwhile.

        What was not among the messages read may have been missed for many reasons, so that Slack is asked for each.
        """
        with self.database.session() as session:
            kept = [
                answer
                for workspace_id in {workspace_id for workspace_id, _ in seen}
                for answer in answers.under_way(session, workspace_id, since=oldest, edition_id=edition_id)
                if answer.ts not in seen.get((workspace_id, answer.channel_id), {answer.ts})
            ]
        for answer in kept[:MOST_ASKED_FOR]:
            if self.reader.is_gone(answer.workspace_id, answer.channel_id, answer.ts):
                self.collecting.delete(answer.workspace_id, answer.user_id, answer.channel_id, answer.ts)

    def _overhear(self, workspace_id: str, prompt: Prompt, found: Sequence[Mapping[str, Any]]) -> None:
        """Record what anybody replied to a question in a channel. One that cannot be is left out."""
        said = [each for each in found if each.get("user") and not each.get("bot_id") and each.get("ts") != prompt.ts]
        for message in self._unheard(workspace_id, prompt.channel_id, said):
            self._try(prompt.channel_id, message, workspace_id, self.overhearing.edit, self.overhearing.record)

    def _record(self, workspace_id: str, user_id: str, channel_id: str, found: Sequence[Mapping[str, Any]]) -> None:
        """Record what the person said among these messages, oldest first. One that cannot be is left out."""
        said = [each for each in found if each.get("user") == user_id and not each.get("bot_id")]
        for message in self._unheard(workspace_id, channel_id, said):
            self._try(channel_id, message, workspace_id, self.collecting.edit, self.collecting.record)

    def _unheard(
        self, workspace_id: str, channel_id: str, said: Sequence[Mapping[str, Any]]
    ) -> list[Mapping[str, Any]]:
        """Return what was not heard yet, or was edited, oldest first: most of a thread is neither."""
        named = {message_id(channel_id, str(each.get("ts"))): each for each in said}
        with self.database.session() as session:
            heard = events.received_among(session, workspace_id, named)
        unheard = [each for name, each in named.items() if name not in heard or each.get("edited")]
        return sorted(unheard, key=lambda each: str(each.get("ts")))

    def _try(
        self,
        channel_id: str,
        message: Mapping[str, Any],
        workspace_id: str,
        edit: Callable[[Said], None],
        record: Callable[[Said], None],
    ) -> None:
        try:
            said = said_in(channel_id, message, workspace_id)
            with caused_by(message_id(said.channel_id, said.ts)):
                (edit if said.version else record)(said)
        except DatabaseAwayError:
            raise
        except Exception:  # noqa: BLE001 - one message must not keep a note from going out
            get_logger(__name__).exception("message_not_recorded", channel=channel_id, ts=str(message.get("ts")))


def _see(seen: Seen, workspace_id: str, channel_id: str, found: Sequence[Mapping[str, Any]]) -> None:
    there = {str(each.get("ts")) for each in found if each.get("subtype") != "tombstone"}
    seen.setdefault((workspace_id, channel_id), set()).update(there)
