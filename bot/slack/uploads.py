"""Sending a file in Slack's three steps. Only the last one shows it to anybody, so the first two may be repeated."""

from http import HTTPStatus

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.attempts import Claim, Outcome, Sent, not_yet
from bot.slack.enclosures import archive_of

PATIENCE = aiohttp.ClientTimeout(total=30)
"""How long the bytes of a file may take."""


async def upload(client: AsyncWebClient, session: aiohttp.ClientSession, claim: Claim) -> Outcome:
    """Send the file of a delivery. Raises what the calls raise."""
    name, title = str(claim.payload["name"]), str(claim.payload["title"])
    files = claim.payload.get("files")
    data = await archive_of(client, session, claim.payload) if files else str(claim.payload["content"]).encode()
    channel = await conversation(client, claim)
    # this one takes a form, not JSON
    place = await client.api_call("files.getUploadURLExternal", data={"filename": name, "length": str(len(data))})
    async with session.post(str(place["upload_url"]), data=data, timeout=PATIENCE) as answer:
        if answer.status != HTTPStatus.OK:
            return not_yet(claim, f"http_{answer.status}")
    finished = {"files": [{"id": place["file_id"], "title": title}], "channel_id": channel}
    await client.api_call(claim.method, json=finished)
    return Sent(channel=channel)


async def conversation(client: AsyncWebClient, claim: Claim) -> str:
    """Return the id of the conversation: for a person, the one with the bot."""
    if not claim.channel.startswith(("U", "W")):
        return claim.channel
    if claim.home_channel:
        return claim.home_channel
    answer = await client.conversations_open(users=claim.channel)
    return str(answer["channel"]["id"])
