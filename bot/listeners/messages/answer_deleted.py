"""A person deleted a message: the answer goes."""

from typing import Any

from slack_bolt import BoltContext

from bot.services import Services


def answer_deleted(event: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Pass on the deletion of a person's message."""
    before = event.get("previous_message") or {}
    if before.get("user") and not before.get("bot_id"):
        ts = event.get("deleted_ts") or before.get("ts") or ""
        services.collecting.delete(context.team_id or "", before["user"], event.get("channel") or "", ts)
