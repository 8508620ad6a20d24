"""A person sent the bot a message: an answer, a jot, or a plain word such as `next`."""

from typing import Any

from slack_bolt import BoltContext

from bot.services import Services
from bot.services.incoming import said_in


def answer_given(event: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Record the message."""
    if event.get("user") and not event.get("bot_id"):
        services.collecting.record(said_in(event["channel"], event, context.team_id or ""))
