"""The pace of calls: what Slack permits a workspace and a channel, kept to before Slack has to say no."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.deliveries import Method

HISTORY = "conversations.history"
PERMITTED: Mapping[str, float] = {
    Method.POST: 300,  # Slack says "several hundred per minute" of a workspace
    Method.EPHEMERAL: 100,
    Method.PUBLISH_HOME: 100,
    Method.UPDATE: 50,
    Method.REACT: 50,
    Method.UNREACT: 20,
    Method.UPLOAD: 50,
    HISTORY: 50,
    Method.RESPOND: 600,  # not limited by the minute; five times for each response_url
}
"""Calls a minute that Slack permits in one workspace, method by method."""
SHARE = 0.97
"""How much of what Slack permits is used."""
BURST = 24
"""How many calls of one method may go at once after a quiet time: fewer than the 30 that Slack takes, since calls that
were made one after the other may arrive together."""
CHANNEL_SECONDS = 1.0
"""Slack takes one message a second in one channel."""

ROUNDING = 1e-9


@dataclass(slots=True)
class Bucket:
    """The calls of one method in one workspace. Those who want one stand in line at `line`, first come first served."""

    tokens: float
    filled_at: float
    line: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pace:
    """Tells callers when it is their turn: a token bucket for each workspace and method, and a second for each channel.

    It belongs to one event loop. `monotonic` and `sleep` are real time except in tests.
    """

    def __init__(
        self,
        *,
        permitted: Mapping[str, float] = PERMITTED,
        burst: float = BURST,
        channel_seconds: float = CHANNEL_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Keep to `permitted` calls a minute for each method, and one message in a channel every `channel_seconds`."""
        self._rates = {method: per_minute * SHARE / 60 for method, per_minute in permitted.items()}
        self._burst = burst
        self._channel_seconds = channel_seconds / SHARE
        self._monotonic = monotonic
        self._sleep = sleep
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._channels: dict[tuple[str, str], float] = {}
        self._paused_until: dict[str, float] = {}

    async def turn(self, workspace_id: str, method: str, channel: str) -> None:
        """Wait until this call may be made."""
        if method == Method.POST:
            await self._wait_until(lambda: self._channels.get((workspace_id, channel), 0.0))
        bucket = self._bucket(workspace_id, method)
        async with bucket.line:
            await self._wait_until(lambda: max(self._paused_until.get(workspace_id, 0.0), self._next(bucket, method)))
            bucket.tokens -= 1

    def called(self, workspace_id: str, method: str, channel: str) -> None:
        """Note that a call has been answered. The next message in its channel has to keep a distance."""
        if method == Method.POST and self._channel_seconds:
            self._channels[workspace_id, channel] = self._monotonic() + self._channel_seconds

    def pause(self, workspace_id: str, seconds: float) -> None:
        """Let nobody of a workspace call for a while, and let them start slowly afterwards."""
        until = max(self._paused_until.get(workspace_id, 0.0), self._monotonic() + seconds)
        self._paused_until[workspace_id] = until
        for (of, _method), bucket in self._buckets.items():
            if of == workspace_id:
                bucket.tokens, bucket.filled_at = min(bucket.tokens, 0.0), until

    def forget_quiet_channels(self) -> None:
        """Drop what is known of channels that may be written to at once anyway."""
        now = self._monotonic()
        self._channels = {place: free_at for place, free_at in self._channels.items() if free_at > now}

    async def _wait_until(self, moment: Callable[[], float]) -> None:
        while (seconds := moment() - self._monotonic()) > 0:
            await self._sleep(seconds)

    def _bucket(self, workspace_id: str, method: str) -> Bucket:
        return self._buckets.setdefault((workspace_id, method), Bucket(self._burst, self._monotonic()))

    def _next(self, bucket: Bucket, method: str) -> float:
        """Return the moment at which the bucket holds a token, after filling it up to now."""
        now, rate = self._monotonic(), self._rates[method]
        if now > bucket.filled_at:
            bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.filled_at) * rate)
            bucket.filled_at = now
        return now if bucket.tokens >= 1 - ROUNDING else bucket.filled_at + (1 - bucket.tokens) / rate
