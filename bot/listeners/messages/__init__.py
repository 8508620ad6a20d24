"""Listeners for messages sent to the bot."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.listeners.messages.answer_deleted import answer_deleted
from bot.listeners.messages.answer_edited import answer_edited
from bot.listeners.messages.answer_given import answer_given
from bot.listeners.messages.reply_overheard import CHANNELS, reply_overheard
from bot.rendering.environments import Templates
from bot.services import Services

BY_SUBTYPE = {
    None: answer_given,
    "file_share": answer_given,
    "thread_broadcast": answer_given,
    "message_changed": answer_edited,
    "message_deleted": answer_deleted,
}
"""What a message event means, by Slack's `subtype`; all others concern nobody here."""


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to direct messages, and to replies in channels.

    One listener serves all subtypes, since Bolt tries listeners one by one.
    """
    del templates

    @app.event("message")
    def message(event: dict[str, Any], context: BoltContext) -> None:
        handle = BY_SUBTYPE.get(event.get("subtype"))
        if handle and event.get("channel_type") == "im":
            handle(event, context, services)
        elif handle and event.get("channel_type") in CHANNELS:
            reply_overheard(event, context, services)
