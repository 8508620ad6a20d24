"""Reading back what people sent while nobody was listening: threads and direct messages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.log import get_logger
from bot.slack.clients import Clients

PAGE = 200


@dataclass(frozen=True, slots=True)
class History:
    """Reads conversations. What cannot be read is logged and left out: composing a note must not wait for it."""

    clients: Clients

    def since(self, workspace_id: str, channel_id: str, thread_ts: str) -> list[Mapping[str, Any]]:
        """Return the messages of a thread, and those below it in the same conversation, oldest first."""
        client = self.clients.of(workspace_id)
        place: dict[str, Any] = {"channel": channel_id, "oldest": thread_ts, "limit": PAGE}
        found = [
            *self._pages(
                workspace_id, lambda cursor: client.conversations_replies(ts=thread_ts, cursor=cursor, **place)
            ),
            *self._pages(workspace_id, lambda cursor: client.conversations_history(cursor=cursor, **place)),
        ]
        by_ts = {message["ts"]: message for message in found}
        return [by_ts[ts] for ts in sorted(by_ts)]

    def _pages(self, workspace_id: str, read: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - one of two reads
        cursor = None
        while True:
            try:
                page = read(cursor)
            except (SlackApiError, OSError, HTTPException) as error:
                get_logger(__name__).warning("history_unread", workspace=workspace_id, error=type(error).__name__)
                return
            yield from page.get("messages") or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
