"""Slack clients for reading, and the tokens of workspaces. Writes go through the sender alone."""

from dataclasses import dataclass
from typing import Protocol

from slack_sdk import WebClient

from bot.domain.errors import WeeknotesError
from bot.domain.sending import CALL_TIMEOUT

SLACK_API_URL = "https://slack.com/api/"


class NotInstalledError(WeeknotesError):
    """The app is not installed in this workspace."""


class TokenSource(Protocol):
    """Knows the bot token of each workspace."""

    def token(self, workspace_id: str) -> str:
        """Return the token. Raises NotInstalledError where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Clients:
    """Makes synchronous clients. They never repeat a call by themselves: the caller knows whether that is harmless."""

    tokens: TokenSource
    base_url: str = SLACK_API_URL

    def of(self, workspace_id: str) -> WebClient:
        """Return a client for reading in a workspace."""
        return web_client(self.tokens.token(workspace_id), self.base_url)


def web_client(token: str | None, base_url: str = SLACK_API_URL) -> WebClient:
    """Return a client that times out in time and repeats nothing."""
    return WebClient(token=token, base_url=base_url, timeout=int(CALL_TIMEOUT.total_seconds()), retry_handlers=[])
