"""People joined the workspace, or changed their name, zone or standing in it."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.rendering.environments import Templates
from bot.services import Services
from bot.slack.directory import person_of


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to what Slack says of people."""
    del templates

    @app.event("team_join")
    @app.event("user_change")
    def person_changed(event: dict[str, Any], context: BoltContext) -> None:
        services.workspaces.person_changed(context.team_id or "", person_of(event["user"]))
