"""Signed HTTP: everything is sent to the app's request URL."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

import aiohttp

from fakeslack.model import Json
from fakeslack.outbox import Delivery, Result
from fakeslack.workspace import Workspace

REDIRECTS = 2
_SUCCESS = range(200, 300)


def sign(secret: str, body: bytes, seconds: int) -> str:
    """Return Slack's signature of a raw body sent at this time."""
    base = b"v0:" + str(seconds).encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpEvents:
    """Sends to the app's request URL."""

    def __init__(self, ws: Workspace) -> None:
        """Open the session that all requests share. Must be made on the loop."""
        self._ws = ws
        self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        """Close the session."""
        await self._session.close()

    async def send(self, delivery: Delivery, attempt: int, reason: str) -> Result:
        """Send a request; a 2xx answer within three seconds is the acknowledgement."""
        body, content_type = _encode(delivery)
        headers = {**self._signed(body), "Content-Type": content_type}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        try:
            return await asyncio.wait_for(self._post(body, headers), self._ws.outbox.ack_seconds)
        except TimeoutError:
            return Result(acknowledged=False, reason="http_timeout")
        except aiohttp.TooManyRedirects:
            return Result(acknowledged=False, reason="too_many_redirects")
        except aiohttp.ClientSSLError:
            return Result(acknowledged=False, reason="ssl_error")
        except (aiohttp.ClientError, OSError):
            return Result(acknowledged=False, reason="connection_failed")

    async def verify(self) -> bool:
        """Ask the request URL to prove itself, as Slack does when it is saved."""
        challenge = secrets.token_urlsafe()
        body = json.dumps({"token": "", "type": "url_verification", "challenge": challenge}).encode()
        result = await self._post(body, {**self._signed(body), "Content-Type": "application/json"})
        return result.answer is not None and challenge in result.answer.values()

    async def _post(self, body: bytes, headers: dict[str, str]) -> Result:
        url = self._ws.installed.request_url or ""
        async with self._session.post(url, data=body, headers=headers, max_redirects=REDIRECTS) as response:
            data = await response.read()
            if response.status not in _SUCCESS:
                is_final = response.headers.get("X-Slack-No-Retry") == "1"
                return Result(acknowledged=False, reason="http_error", is_final=is_final)
            return Result(acknowledged=True, answer=_answer(data, response.content_type))

    def _signed(self, body: bytes) -> dict[str, str]:
        seconds = int(time.time())  # noqa: TID251 - the app compares it with its own machine's time
        return {
            "X-Slack-Request-Timestamp": str(seconds),
            "X-Slack-Signature": sign(self._ws.installed.signing_secret, body, seconds),
            "User-Agent": "Slackbot 1.0 (local preview)",
        }


def _encode(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.is_event:
        return json.dumps(delivery.payload).encode(), "application/json"
    form: Json = delivery.payload
    if delivery.kind == "interactive":
        form = {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _answer(data: bytes, content_type: str) -> Json:
    if not data:
        return {}
    if content_type == "application/json":
        try:
            decoded = json.loads(data)
        except ValueError:
            return {}
        return decoded if isinstance(decoded, dict) else {}
    return {"text": data.decode("utf-8", "replace")}
