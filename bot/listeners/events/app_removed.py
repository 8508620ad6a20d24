"""The app was taken out of the workspace, or its token revoked. Either event may come first, or alone."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the end of an installation."""
    del templates

    @app.event("app_uninstalled")
    def app_uninstalled(body: dict[str, Any], context: BoltContext) -> None:
        services.workspaces.uninstalled(context.team_id or "", _time_of(body))

    @app.event("tokens_revoked")
    def tokens_revoked(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        if (event.get("tokens") or {}).get("bot"):
            services.workspaces.uninstalled(context.team_id or "", _time_of(body))


def _time_of(body: dict[str, Any]) -> datetime | None:
    """Return when it happened, as far as Slack says."""
    seconds = body.get("event_time")
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
