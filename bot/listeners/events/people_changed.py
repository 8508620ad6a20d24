"""People joined the workspace, or changed their name, zone, status or standing in it."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.rendering.environments import Templates
from bot.services import Services
from bot.slack.directory import person_of, status_of


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to what Slack says of people."""
    del templates

    @app.event("team_join")
    @app.event("user_change")
    def person_changed(event: dict[str, Any], context: BoltContext) -> None:
        workspace_id, user = context.team_id or "", event["user"]
        person = person_of(user)
        services.workspaces.person_changed(workspace_id, person)
        services.own_days.seen(workspace_id, {user["id"]: status_of(user)})
        services.attending.person_changed(workspace_id, person.id)
        if person.is_deactivated:
            services.succeeding.look_after(workspace_id)
