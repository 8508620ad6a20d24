"""One delivery, one call: its arguments, and what Slack's answer or its silence means."""

import json
import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.attempts import Again, Claim, Failed, Outcome, Sent, judge, not_yet, unclear
from bot.domain.deliveries import Method
from bot.slack.pictures import REFUSALS, has_pictures, without_pictures
from bot.slack.uploads import upload

EVENT_TYPE = "weeknotes_delivery"
"""The type of the metadata by which a message can be found again. Its payload is the delivery's key."""
TOO_MANY = 429
SERVER_ERROR = 500
ONLY_FOR_POSTS = ("unfurl_links", "unfurl_media")
NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
"""Errors that say that the request never left."""
DEFAULT_RETRY_AFTER = 30.0


async def call(client: AsyncWebClient, session: aiohttp.ClientSession, claim: Claim) -> Outcome:
    """Make the call of a delivery once, and say what became of it."""
    try:
        if claim.method is Method.RESPOND:
            return await _respond(session, claim)
        if claim.method is Method.UPLOAD:
            return await upload(client, session, claim)
        answer = await _written(client, claim)
    except SlackApiError as error:
        return _refused(claim, error)
    except NEVER_SENT as error:
        return not_yet(claim, type(error).__name__)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return unclear(claim, type(error).__name__)
    return _sent(claim, answer.data if isinstance(answer.data, dict) else {})


async def _written(client: AsyncWebClient, claim: Claim) -> AsyncSlackResponse:
    """Make the call; where Slack cannot show one of its pictures, make it once more with links in their place."""
    given = arguments(claim)
    try:
        return await client.api_call(claim.method, json=given)
    except SlackApiError as error:
        if code_of(error) not in REFUSALS or not has_pictures(given):
            raise
        return await client.api_call(claim.method, json=without_pictures(given))


def arguments(claim: Claim) -> dict[str, Any]:
    """Return the arguments of a Web API call."""
    payload = dict(claim.payload)
    if claim.method is Method.PUBLISH_HOME:
        return {**payload, "user_id": claim.channel}
    place = {"channel": claim.channel}
    if claim.method in {Method.REACT, Method.UNREACT}:
        return {**payload, **place, **({"timestamp": claim.target_ts} if claim.target_ts else {})}
    if claim.method is not Method.POST:
        payload = {name: value for name, value in payload.items() if name not in ONLY_FOR_POSTS}
    if claim.method is Method.UPDATE:
        return {**payload, **place, **({"ts": claim.target_ts} if claim.target_ts else {})}
    thread = {"thread_ts": claim.thread_ts} if claim.thread_ts else {}
    if claim.method is Method.EPHEMERAL:
        return {**payload, **place, **thread}
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": claim.key}}
    return {**payload, **place, **thread, "metadata": metadata}


def status_of(error: SlackApiError) -> int:
    """Return the HTTP status of Slack's answer."""
    answer: Any = error.response  # the SDK's own response, or aiohttp's when the body was not JSON
    return int(answer.status if isinstance(answer, aiohttp.ClientResponse) else answer.status_code)


def code_of(error: SlackApiError) -> str:
    """Return Slack's error code, or the HTTP status where there is none."""
    data = getattr(error.response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return str(code or f"http_{status_of(error)}")


def is_unclear(error: SlackApiError) -> bool:
    """Say whether an answer leaves open what happened: a server's error, or a success that is not Slack's."""
    return status_of(error) >= SERVER_ERROR or code_of(error) == "http_200"


def retry_after(headers: Mapping[str, str]) -> timedelta:
    """Return how long Slack asks to wait; where it does not say, or nothing that can be read, what is usual."""
    try:
        seconds = float(headers.get("Retry-After", DEFAULT_RETRY_AFTER))
    except ValueError:
        seconds = DEFAULT_RETRY_AFTER
    return timedelta(seconds=DEFAULT_RETRY_AFTER if math.isnan(seconds) else min(max(seconds, 0.0), 3600.0))


def _refused(claim: Claim, error: SlackApiError) -> Outcome:
    if status_of(error) == TOO_MANY:
        return Again(retry_after(error.response.headers), "ratelimited", is_paced=True)
    if is_unclear(error):
        return unclear(claim, code_of(error))
    return judge(claim, code_of(error))


def _sent(claim: Claim, answer: Mapping[str, Any]) -> Sent:
    channel = str(answer.get("channel") or claim.channel)
    return Sent(ts=str(answer.get("ts") or answer.get("message_ts") or claim.target_ts), channel=channel)


async def _respond(session: aiohttp.ClientSession, claim: Claim) -> Outcome:
    """Post to the `response_url` that came with a button or command."""
    payload = dict(claim.payload)
    url = str(payload.pop("response_url", ""))
    async with session.post(url, json=payload) as answer:
        if answer.status == TOO_MANY:
            return Again(retry_after(answer.headers), "ratelimited", is_paced=True)
        if answer.status >= SERVER_ERROR:
            return unclear(claim, f"http_{answer.status}")
        if answer.ok:
            return Sent(channel=claim.channel)
        return Failed(await _error_in(answer))


async def _error_in(answer: aiohttp.ClientResponse) -> str:
    """Return Slack's code from the answer of a `response_url` (`used_url`, `expired_url` …), or the HTTP status."""
    try:
        body = json.loads(await answer.text())
    except ValueError:
        body = None
    code = body.get("error") if isinstance(body, dict) else None
    return str(code or f"http_{answer.status}")
