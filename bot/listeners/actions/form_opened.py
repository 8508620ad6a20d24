"""Buttons that open a form."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import carried, number
from bot.rendering.environments import Templates
from bot.rendering.forms import answers_form
from bot.services import Services
from bot.slack import modals


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons."""

    @app.action("answer.form")
    def answers_form_opened(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        found = services.answering.form_of(context.team_id or "", context.user_id or "", edition_id)
        modals.open_view(context.client, body["trigger_id"], answers_form(*found, templates))
        ack()
