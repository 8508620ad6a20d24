"""The form for answering was saved."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import about_view, number
from bot.rendering.environments import Templates
from bot.rendering.forms import INSIDE
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the form."""
    del templates

    @app.view("edition.answers")
    def answers_saved(ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        values = _values(view)
        given = {name: inputs["words"].get("rich_text_value") for name, inputs in values.items() if "words" in inputs}
        inside = {name: _is_ticked(values[f"{INSIDE}:{name}"]) for name in given if f"{INSIDE}:{name}" in values}
        edition_id = number(about_view(view), "edition")
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        services.answering.save_form(workspace_id, user_id, edition_id, view["id"], given, inside)
        services.homes.show(workspace_id, user_id, view["id"])
        ack()


def _is_ticked(inputs: dict[str, dict[str, Any]]) -> bool:
    return bool(inputs[INSIDE].get("selected_options"))


def _values(view: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    values: dict[str, dict[str, dict[str, Any]]] = view["state"]["values"]
    return values
