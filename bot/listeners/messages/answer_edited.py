"""A person edited a message: the answer follows."""

from typing import Any

from slack_bolt import BoltContext

from bot.services import Services
from bot.services.incoming import said_in


def answer_edited(event: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Pass on a real edit. Unfurled links, detected languages and the bot's own updates come as changes too."""
    message = event.get("message") or {}
    if message.get("user") and not message.get("bot_id") and message.get("edited"):
        services.collecting.edit(said_in(event["channel"], message, context.team_id or ""))
