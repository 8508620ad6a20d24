"""Buttons by which people take part in a series or not, and edit it or not."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.deliveries import Message
from bot.listeners.payloads import carried, number
from bot.rendering.environments import Templates
from bot.rendering.sayings import message_form
from bot.services import Services
from bot.slack import modals

Action = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons."""

    def answer(body: Action, context: BoltContext, act: Callable[[str, str], Message], *, is_replacing: bool) -> None:
        """Do what the button says, and say so in its place, or below it where others can see the button too."""
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        message = act(workspace_id, user_id)
        services.homes.show(workspace_id, user_id, body["trigger_id"])
        if "view" in body:  # asked in the Home: the question is a modal
            modals.update_view(context.client, body["view"], message_form(templates, "people.leave", message))
            return
        services.telling.respond(
            workspace_id,
            context.channel_id or user_id,
            body.get("response_url") or "",
            body["trigger_id"],
            message,
            is_replacing=is_replacing,
        )

    @app.action("contributor.join")
    def joined(ack: Ack, action: Action, body: Action, context: BoltContext) -> None:
        series_id, channel_id = number(carried(action), "series"), context.channel_id or ""

        def join(workspace_id: str, user_id: str) -> Message:
            return services.joining.join(workspace_id, user_id, channel_id=channel_id, series_id=series_id)

        answer(body, context, join, is_replacing=channel_id.startswith("D"))
        ack()

    decisions = {
        "contributor.decline": services.joining.decline,
        "contributor.leave": services.joining.leave,
        "editor.leave": services.joining.stop_editing,
    }

    def decided(ack: Ack, action: Action, body: Action, context: BoltContext) -> None:
        decide, series_id = decisions[action["action_id"]], number(carried(action), "series")
        answer(body, context, lambda team, user: decide(team, user, series_id), is_replacing=True)
        ack()

    for action_id in decisions:
        app.action(action_id)(decided)

    @app.action("editor.take_over")
    def taken_over(ack: Ack, action: Action, body: Action, context: BoltContext) -> None:
        about = carried(action)
        series_id, of = number(about, "series"), str(about.get("of") or "")
        answer(
            body,
            context,
            lambda team, user: services.succeeding.take_over(team, user, series_id, of),
            is_replacing=True,
        )
        ack()
