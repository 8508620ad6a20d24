"""Reading back what people sent while nobody was listening: threads and direct messages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import SlackResponse

from bot.log import get_logger
from bot.slack.clients import Clients, NotInstalledError

PAGE = 200
MOST_WAITS = 3
GONE = frozenset({"thread_not_found", "message_not_found"})
"""What Slack answers when asked for a message that was deleted."""


@dataclass(frozen=True, slots=True)
class History:
    """Reads conversations. What cannot be read is logged and left out: composing a note must not wait for it."""

    clients: Clients

    def replies(self, workspace_id: str, channel_id: str, thread_ts: str) -> list[Mapping[str, Any]]:
        """Return the messages of a thread."""

        def read(client: WebClient, cursor: str | None) -> SlackResponse:
            return client.conversations_replies(channel=channel_id, ts=thread_ts, limit=PAGE, cursor=cursor)

        return list(self._pages(workspace_id, read))

    def history(self, workspace_id: str, channel_id: str, oldest: str) -> list[Mapping[str, Any]]:
        """Return the messages of a conversation since the `ts` `oldest`, without the replies in threads."""

        def read(client: WebClient, cursor: str | None) -> SlackResponse:
            return client.conversations_history(channel=channel_id, oldest=oldest, limit=PAGE, cursor=cursor)

        return list(self._pages(workspace_id, read))

    def is_gone(self, workspace_id: str, channel_id: str, ts: str) -> bool:
        """Say whether Slack is sure that a message is gone. Where anything else goes wrong, it counts as there."""
        try:
            page = self._patient(workspace_id).conversations_replies(channel=channel_id, ts=ts, limit=1)
        except SlackApiError as error:
            return error.response.get("error") in GONE
        except (NotInstalledError, OSError, HTTPException) as error:
            self._unread(workspace_id, type(error).__name__)
            return False
        return any(each.get("ts") == ts and each.get("subtype") == "tombstone" for each in page.get("messages") or ())

    def _patient(self, workspace_id: str) -> WebClient:
        """Return a client that waits when Slack says it is too fast: reading again does no harm."""
        client = self.clients.of(workspace_id)
        client.retry_handlers = [RateLimitErrorRetryHandler(max_retry_count=MOST_WAITS)]
        return client

    def _pages(
        self, workspace_id: str, read: Callable[[WebClient, str | None], SlackResponse]
    ) -> Iterator[Mapping[str, Any]]:
        cursor = None
        while True:
            try:
                page = read(self._patient(workspace_id), cursor)
            except SlackApiError as error:
                self._unread(workspace_id, str(error.response.get("error")))
                return
            except (NotInstalledError, OSError, HTTPException) as error:
                self._unread(workspace_id, type(error).__name__)
                return
            yield from page.get("messages") or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _unread(self, workspace_id: str, error: str) -> None:
        get_logger(__name__).warning("history_unread", workspace=workspace_id, error=error)
