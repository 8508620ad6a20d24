"""The form for answering was saved."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.views.answers_state import filled_in
from bot.rendering.answer_forms import CALLBACK_ID, AnswerForms
from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the form."""
    forms = AnswerForms(templates)

    @app.view(CALLBACK_ID)
    def answers_saved(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext) -> None:
        filled = filled_in(view, body["trigger_id"])
        saved = services.filling.save(context.team_id or "", context.user_id or "", filled)
        if saved.is_over:
            over = forms.over(saved.series, saved.edition.period, saved.kept_for, saved.count)
            ack(response_action="update", view=over)
        elif saved.clashes:
            ack(response_action="update", view=forms.clash(saved.edition, saved.clashes, filled.following))
        elif filled.following:
            found = services.filling.shown(context.team_id or "", context.user_id or "", filled.edition_id)
            ack(response_action="update", view=forms.form(*found, start=filled.following))
        else:
            ack()
