"""Somebody came to a channel, or left it: a person, or the bot itself."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.rendering.environments import Templates
from bot.services import Services
from bot.slack import directory


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to comings and goings; Slack tells them where the app may read channels."""
    del templates

    @app.event("member_joined_channel")
    def member_joined(event: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        workspace_id, channel_id, user_id = context.team_id or "", event["channel"], event["user"]
        if user_id == context.bot_user_id:
            series = services.administering.bot_joined(workspace_id, channel_id, event.get("inviter") or "")
            if series:
                services.attending.follow(workspace_id, series.id)
        elif services.joining.has_series(workspace_id, channel_id):
            known = services.workspaces.known(workspace_id, [user_id]).values() or directory.people(client, [user_id])
            for person in known:
                services.joining.arrived(workspace_id, channel_id, person)

    @app.event("member_left_channel")
    def member_left(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        workspace_id, channel_id, user_id = context.team_id or "", event["channel"], event["user"]
        if user_id == context.bot_user_id:
            services.administering.bot_left(workspace_id, channel_id, body.get("event_id") or "")
        else:
            services.joining.departed(workspace_id, channel_id, user_id)
