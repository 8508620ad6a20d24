"""Installing by OAuth: the way to Slack's page, the state that proves who comes back, and the token for the code."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.domain.errors import WeeknotesError
from bot.domain.workspaces import Workspace
from bot.log import get_logger
from bot.slack import directory
from bot.slack.clients import web_client
from bot.slack.installation_store import InstallationStore
from bot.slack.manifest import manifest

GOOD_FOR = timedelta(minutes=10)
"""How long somebody may look at Slack's page before they allow. Slack's own code is good for as long."""


class InstallError(WeeknotesError):
    """The app could not be installed."""

    key = "install_failed"


@dataclass(frozen=True, slots=True)
class OAuth:
    """The app as Slack knows it, and where its installations are kept."""

    client_id: str
    client_secret: str = field(repr=False)
    api_url: str
    store: InstallationStore
    clock: Clock

    def state(self) -> str:
        """Return a new state: when it was made, what nobody can guess, and our mark on both."""
        stamp = f"{int(self.clock.now().timestamp())}.{secrets.token_urlsafe(24)}"
        return f"{stamp}.{self._mark(stamp)}"

    def is_good(self, state: str, kept: str) -> bool:
        """Say whether a state is the one that this browser kept, is ours, and not too old."""
        stamp, _, mark = state.rpartition(".")
        seconds = stamp.partition(".")[0]
        if not (seconds.isascii() and seconds.isdigit() and state.isascii() and kept.isascii()):
            return False
        if not (hmac.compare_digest(state, kept) and hmac.compare_digest(mark, self._mark(stamp))):
            return False
        return self.clock.now().timestamp() - int(seconds) <= GOOD_FOR.total_seconds()

    def address(self, state: str) -> str:
        """Return the address of Slack's page, which leads back to the address that the app's settings have."""
        scopes = manifest(None)["oauth_config"]["scopes"]["bot"]
        query = urlencode({"client_id": self.client_id, "scope": ",".join(scopes), "user_scope": "", "state": state})
        return f"{self.api_url.removesuffix('api/')}oauth/v2/authorize?{query}"

    def install(self, code: str) -> Workspace:
        """Exchange the code for a token, keep it, and return where the app is now. Raises InstallError."""
        try:
            answer = self._access(code)
            workspace = directory.installation(web_client(answer["access_token"], self.api_url))
        except SlackApiError as error:
            raise _failed(str(error.response.get("error"))) from None  # Slack's answer may repeat what it was given
        except (OSError, HTTPException) as error:
            raise _failed(type(error).__name__) from None
        if workspace.id != (answer.get("team") or {}).get("id"):
            raise _failed("another_team")
        self.store.save(workspace, answer["access_token"])
        get_logger(__name__).info("installed", workspace=workspace.id)
        return workspace

    def _access(self, code: str) -> Mapping[str, Any]:
        """Ask for the token of a workspace that does not change."""
        client = web_client(None, self.api_url)
        answer = client.oauth_v2_access(client_id=self.client_id, client_secret=self.client_secret, code=code)
        if answer.get("is_enterprise_install"):
            raise _failed("whole_organisation", "install_whole_organisation")
        if answer.get("refresh_token") or answer.get("token_type") != "bot" or not answer.get("access_token"):
            raise _failed("token_rotation", "install_token_rotation")
        return {"access_token": str(answer["access_token"]), "team": answer.get("team")}

    def _mark(self, stamp: str) -> str:
        key = hashlib.sha256(b"weeknotes state " + self.client_secret.encode()).digest()
        return hmac.new(key, stamp.encode(), hashlib.sha256).hexdigest()


def _failed(reason: str, told: str = "") -> InstallError:
    get_logger(__name__).warning("not_installed", error=reason)
    return InstallError(told, reason=reason)
