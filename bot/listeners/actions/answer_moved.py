"""A contributor moved an answer to another question, or keeps it inside, from its receipt."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import carried, number
from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the receipt's select and button."""
    del templates

    @app.action("answer.move")
    def answer_moved(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        chosen = (action.get("selected_option") or {}).get("value") or ""
        answer_id, _, question_key = chosen.partition(":")
        if answer_id.isdecimal():
            services.answering.move(
                context.team_id or "", context.user_id or "", int(answer_id), question_key, body.get("trigger_id") or ""
            )
        ack()

    @app.action("answer.inside")
    def answer_kept_inside(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        about = carried(action)
        workspace_id, user_id, trigger_id = context.team_id or "", context.user_id or "", body.get("trigger_id") or ""
        services.answering.keep_inside(
            workspace_id, user_id, number(about, "answer"), trigger_id, is_inside=about.get("inside") is True
        )
        ack()
