"""Bolt's app, with what it lacks: figures of what came in, and a look at its signature and its shape before Bolt's."""

import time
from http import HTTPStatus
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.request import BoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.log import caused_by, get_logger
from bot.metrics import Metrics

LONGEST_ID = 100
"""In characters. Slack's are shorter by far."""
KINDS = frozenset({"event_callback", "block_actions", "view_submission", "message_action", "command"})
OF_A_COMMAND = ("command", "team_id", "channel_id", "user_id", "trigger_id")
OF_A_KIND = {
    "event_callback": ("event",),
    "block_actions": ("user", "actions"),
    "view_submission": ("user", "view"),
    "view_closed": ("user", "view"),
}
"""What Slack never leaves out of what people do, and of what it tells by itself."""


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
        """Answer a request of Slack's. Its id is in every line that is logged on the way, and in one at the end."""
        began = time.perf_counter()
        kind = _kind(req.body)
        with caused_by(_id(req.body)):
            is_whole = _is_whole(req.body)
            response = super().dispatch(req) if is_whole else BoltResponse(status=HTTPStatus.BAD_REQUEST)
            seconds = time.perf_counter() - began
            told = {"kind": kind, "status": int(response.status), "ms": round(seconds * 1000, 1)}
            get_logger(__name__).info("request", workspace=req.context.team_id, **told)
        self._metrics.acknowledged(kind, response.status, seconds)
        return response


def request_of(body: str | dict[str, Any], **how: Any) -> BoltRequest | None:  # noqa: ANN401 - Bolt's own
    """Return what Bolt makes of a body, or None where it stumbles over one that Slack would never send."""
    try:
        return BoltRequest(body=body, **how)
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _is_whole(body: dict[str, Any]) -> bool:
    """Say whether a body has what Slack never leaves out: Bolt, or a listener, would stumble over one that has not."""
    if "command" in body:
        return all(isinstance(body.get(name), str) for name in OF_A_COMMAND)
    kind, actions, view = body.get("type"), body.get("actions", [{"action_id": ""}]), body.get("view", {"type": ""})
    return (
        isinstance(kind, str | None)
        and all(name in body for name in OF_A_KIND.get(str(kind), ()))
        and all(isinstance(body.get(name, {}), dict) for name in ("event", "user"))
        and all(isinstance(body.get(name), dict | None) for name in ("team", "channel", "message"))
        and isinstance(actions, list)
        and bool(actions)
        and all(isinstance(each, dict) and "action_id" in each for each in actions)
        and isinstance(view, dict)
        and "type" in view
    )


def _id(body: dict[str, Any]) -> str:
    """Return what Slack names a request by: an event by its own id, what people press, send in or type by a trigger."""
    return str(body.get("event_id") or body.get("trigger_id") or "")[:LONGEST_ID]


def _kind(body: dict[str, Any]) -> str:
    """Return what kind of request this is. Anybody may send anything, so there are only so many."""
    kind = body.get("type") or ("command" if body.get("command") else "")
    return kind if isinstance(kind, str) and kind in KINDS else "other"
