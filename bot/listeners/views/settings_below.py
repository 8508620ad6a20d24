"""The settings that lie below the forms of notices, where those were opened from there."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.listeners.payloads import about_view, number
from bot.rendering.environments import Templates
from bot.rendering.settings.views import SettingsViews
from bot.services import Services
from bot.slack import modals


def show_settings_again(
    services: Services, templates: Templates, context: BoltContext, view: Mapping[str, Any], list_id: str
) -> None:
    """Let the overview say how the notices stand now. `list_id` is the list of them: from the draft, that is lowest."""
    lowest = view.get("root_view_id") or list_id
    if lowest != list_id:
        series_id = number(about_view(view), "series")
        opened = services.configuring.opened(context.team_id or "", series_id, context.user_id or "")
        modals.show_again(context.client, lowest, SettingsViews(templates).overview(opened))
