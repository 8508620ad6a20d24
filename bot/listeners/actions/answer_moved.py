"""A contributor moved an answer to another question, from its receipt."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the receipt's select."""
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
