"""Buttons that open a form."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import carried, number
from bot.rendering.answer_forms import AnswerForms
from bot.rendering.environments import Templates
from bot.services import Services
from bot.slack import modals


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons."""
    forms = AnswerForms(templates)

    @app.action("answer.form")
    def answers_form_opened(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        found = services.filling.shown(context.team_id or "", context.user_id or "", edition_id)
        modals.open_view(context.client, body["trigger_id"], forms.form(*found))
        ack()
