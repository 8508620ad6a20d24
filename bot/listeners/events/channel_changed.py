"""The bot was invited to a channel, or taken out of one. Other people's comings and goings change nothing."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the bot's own comings and goings; Slack tells them where the app may read channels."""
    del templates

    @app.event("member_joined_channel")
    def bot_joined(event: dict[str, Any], context: BoltContext) -> None:
        if event["user"] == context.bot_user_id:
            inviter = event.get("inviter") or ""
            services.administering.bot_joined(context.team_id or "", event["channel"], inviter)

    @app.event("member_left_channel")
    def bot_left(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        if event["user"] == context.bot_user_id:
            services.administering.bot_left(context.team_id or "", event["channel"], body.get("event_id") or "")
