"""A person opened the App Home."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the Home's opening."""
    del templates

    @app.event("app_home_opened")
    def home_opened(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        if event.get("tab") == "home":
            services.homes.show(context.team_id or "", event["user"], body.get("event_id") or "")
