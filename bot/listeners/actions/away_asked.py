"""Buttons about a contributor's time: *I'm away*, *Back*, and in the Home the country and the switches."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.statuses import Status
from bot.listeners.payloads import carried
from bot.rendering.away import away_form
from bot.rendering.environments import Templates
from bot.rendering.holidays import country_form
from bot.services import Services
from bot.slack import directory, modals


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons."""

    @app.action("contributor.away")
    def away_asked(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        today = services.away.today(context.team_id or "", context.user_id or "")
        modals.open_view(context.client, body["trigger_id"], away_form(templates, today))
        ack()

    @app.action("contributor.back")
    def back_asked(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        services.away.back(workspace_id, user_id, _day(carried(action).get("first")))
        services.homes.show(workspace_id, user_id, body["trigger_id"])
        ack()

    @app.action("contributor.reminders")
    def reminders_switched(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        services.homes.set_reminders(workspace_id, user_id, are_wanted=carried(action).get("wanted") is True)
        services.homes.show(workspace_id, user_id, body["trigger_id"])
        ack()

    @app.action("contributor.country")
    def country_asked(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        country = services.own_days.country(context.team_id or "", context.user_id or "")
        modals.open_view(context.client, body["trigger_id"], country_form(templates, country))
        ack()

    @app.action("contributor.status")
    def status_switched(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        wanted = carried(action).get("wanted") is True
        status = directory.statuses(context.client, [user_id]).get(user_id, Status()) if wanted else None
        services.own_days.follow(workspace_id, user_id, status)
        services.homes.show(workspace_id, user_id, body["trigger_id"])
        ack()


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
