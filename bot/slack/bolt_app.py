"""Bolt's app, with what it lacks: figures of what came in, and a look at the signature before anything is parsed."""

import time
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.request import BoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.metrics import Metrics

KINDS = frozenset({"event_callback", "block_actions", "view_submission", "message_action", "command"})


class SlackApp(App):
    """Counts what Slack asked and how soon it was answered, whichever way it came, and knows Slack's signature."""

    def __init__(self, metrics: Metrics, *, signing_secret: str, **options: Any) -> None:  # noqa: ANN401 - Bolt's own
        """Make the app; `options` are Bolt's. Without a secret no signature is true."""
        super().__init__(signing_secret=signing_secret, **options)
        self._metrics = metrics
        self._verifier = SignatureVerifier(signing_secret) if signing_secret.strip() else None

    def is_signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Say whether Slack signed this body, at this time, within the last five minutes."""
        if self._verifier is None or not signature.isascii():
            return False
        return self._verifier.is_valid(body, timestamp, signature)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer a request of Slack's."""
        began = time.perf_counter()
        response = super().dispatch(req)
        self._metrics.acknowledged(_kind(req.body), response.status, time.perf_counter() - began)
        return response


def request_of(body: str | dict[str, Any], **how: Any) -> BoltRequest | None:  # noqa: ANN401 - Bolt's own
    """Return what Bolt makes of a body, or None where it stumbles over one that Slack would never send."""
    try:
        return BoltRequest(body=body, **how)
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _kind(body: dict[str, Any]) -> str:
    """Return what kind of request this is. Anybody may send anything, so there are only so many."""
    kind = body.get("type") or ("command" if body.get("command") else "")
    return kind if isinstance(kind, str) and kind in KINDS else "other"
