"""The message shortcut *Save to my weeknotes*: a message becomes a jot, with its words and where they were."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.deliveries import Message
from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the shortcut."""

    @app.shortcut("jot.save")
    def jot_saved(ack: Ack, shortcut: dict[str, Any], context: BoltContext) -> None:
        team_id, user_id, channel_id = context.team_id or "", context.user_id or "", context.channel_id or ""
        message = shortcut["message"]
        series = services.administering.find_series(team_id, channel_id, user_id, "jot")
        jotted = services.collecting.jot(
            team_id,
            user_id,
            series.id,
            message.get("text") or "",
            f"saved:{user_id}:{channel_id}:{message['ts']}",
            tuple(block for block in message.get("blocks") or () if block.get("type") == "rich_text"),
        )
        said = Message(templates.slack("jot_receipt", jotted=jotted))
        services.telling.respond(
            team_id, channel_id, shortcut["response_url"], shortcut["trigger_id"], said, is_replacing=False
        )
        ack()
