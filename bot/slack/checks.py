"""Looking whether an earlier attempt arrived, by the delivery's key in the metadata of messages."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.attempts import AMBIGUOUS_ERRORS, PASSING_ERRORS, Absent, CheckAgain, Claim, Outcome, Sent, Unreadable
from bot.domain.deliveries import Method
from bot.slack.calls import EVENT_TYPE, TOO_MANY, code_of, is_unclear, retry_after, status_of
from bot.slack.uploads import conversation

MARGIN = timedelta(seconds=5)
"""How far Slack's clock may be behind ours."""
PAGE = 200
MOST_PAGES = 20
PAUSE = timedelta(seconds=30)


async def look(client: AsyncWebClient, claim: Claim) -> Outcome:
    """Read the conversation since the attempt, and say whether the message is there."""
    try:
        channel = await conversation(client, claim)
        async for message in _messages(client, claim, channel):
            if _key(message) == claim.key or _has_file(message, claim):
                return Sent(ts=str(message["ts"]), channel=channel)
    except SlackApiError as error:
        return _unread(error)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return CheckAgain(PAUSE, type(error).__name__)
    return Absent()


async def _messages(client: AsyncWebClient, claim: Claim, channel: str) -> AsyncIterator[dict[str, Any]]:
    """Give the messages of the conversation, or of the delivery's thread, since shortly before the attempt."""
    since: dict[str, Any] = {
        "oldest": f"{(claim.attempted_at - MARGIN).timestamp():.6f}",
        "limit": PAGE,
        "include_all_metadata": True,
    }
    cursor: str | None = None
    for _page in range(MOST_PAGES):
        if claim.thread_ts:
            answer = await client.conversations_replies(channel=channel, ts=claim.thread_ts, cursor=cursor, **since)
        else:
            answer = await client.conversations_history(channel=channel, cursor=cursor, **since)
        for message in answer["messages"]:
            yield message
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def _key(message: dict[str, Any]) -> str:
    """Return the delivery key that a message carries, or nothing."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key", ""))


def _has_file(message: dict[str, Any], claim: Claim) -> bool:
    """Say whether a message brings the file of an upload: such a message carries no metadata."""
    files = message.get("files") or [] if claim.method is Method.UPLOAD and message.get("bot_id") else []
    return any(file.get("name") == claim.payload.get("name") for file in files)


def _unread(error: SlackApiError) -> Outcome:
    code = code_of(error)
    if status_of(error) == TOO_MANY:
        return CheckAgain(retry_after(error.response.headers), "ratelimited", is_paced=True)
    if is_unclear(error) or code in PASSING_ERRORS | AMBIGUOUS_ERRORS:
        return CheckAgain(PAUSE, code)
    return Unreadable(code)
