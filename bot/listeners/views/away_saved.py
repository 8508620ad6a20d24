"""A form was saved in which a contributor says when they are away, or whose public holidays they have."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.away import Days
from bot.domain.errors import InvalidInputError
from bot.rendering.environments import Templates
from bot.rendering.holidays import CALLBACK_ID
from bot.rendering.inputs import Typed
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the forms."""

    @app.view("contributor.away")
    def away_saved(ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        first, last = (_chosen(view, name) for name in ("first", "last"))
        try:
            services.away.choose(
                workspace_id, user_id, Days(first or services.away.today(workspace_id, user_id), last), view["id"]
            )
        except InvalidInputError as error:
            ack(response_action="errors", errors={error.field or "first": templates.error(error)})
            return
        services.homes.show(workspace_id, user_id, view["id"])
        ack()

    @app.view(CALLBACK_ID)
    def country_saved(ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        try:
            services.own_days.choose_country(workspace_id, user_id, Typed.of(view).text("country"))
        except InvalidInputError as error:
            ack(response_action="errors", errors={"country": templates.error(error)})
            return
        services.homes.show(workspace_id, user_id, f"{view['id']}:{view['hash']}")
        ack()


def _chosen(view: dict[str, Any], name: str) -> date | None:
    written = view["state"]["values"][name]["day"].get("selected_date")
    return date.fromisoformat(written) if written else None
