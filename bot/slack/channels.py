"""Who is in a channel, and who made it, read where nobody waits for it."""

from collections.abc import Collection
from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.domain.errors import SlackIsBusyError
from bot.domain.people import Person
from bot.log import get_logger
from bot.slack import directory
from bot.slack.clients import Clients, NotInstalledError
from bot.slack.history import MOST_WAITS


@dataclass(frozen=True, slots=True)
class Channels:
    """Reads channels. What cannot be read is logged, and is None: whoever asked goes on without."""

    clients: Clients

    def members(self, workspace_id: str, channel_id: str) -> frozenset[str] | None:
        """Return the ids of those who are in a channel, or None where Slack does not say."""
        try:
            client = self.clients.of(workspace_id)
            client.retry_handlers = [RateLimitErrorRetryHandler(max_retry_count=MOST_WAITS)]
            return directory.members(client, channel_id)
        except (SlackApiError, NotInstalledError, OSError, HTTPException) as error:
            self._unread(workspace_id, channel_id, error)
            return None

    def creator(self, workspace_id: str, channel_id: str) -> str:
        """Return the id of the person who made a channel, or an empty string where Slack does not say."""
        try:
            found = self.clients.of(workspace_id).conversations_info(channel=channel_id)
        except (SlackApiError, NotInstalledError, OSError, HTTPException) as error:
            self._unread(workspace_id, channel_id, error)
            return ""
        return str((found.get("channel") or {}).get("creator") or "")

    def people(self, workspace_id: str, user_ids: Collection[str]) -> tuple[Person, ...]:
        """Return these people, as far as Slack knows them and answers."""
        try:
            return directory.people(self.clients.of(workspace_id), user_ids)
        except (SlackIsBusyError, NotInstalledError):
            return ()

    def _unread(self, workspace_id: str, channel_id: str, error: Exception) -> None:
        said = str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
        get_logger(__name__).warning("channel_unread", workspace=workspace_id, channel=channel_id, error=said)
