"""The editor of the week hands a note over: the button on the draft, and its form."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.errors import InvalidInputError
from bot.listeners.payloads import about_view, carried, number
from bot.rendering.environments import Templates
from bot.rendering.inputs import VALUE
from bot.rendering.note_forms import HAND_OVER, hand_over_form
from bot.services import Services
from bot.slack import modals

Body = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the button and the form."""

    @app.action("note.hand_over")
    def handing_over_asked_for(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        found = services.turns.others(context.team_id or "", edition_id, context.user_id or "")
        modals.open_view(context.client, body["trigger_id"], hand_over_form(*found, templates))
        ack()

    @app.view(HAND_OVER)
    def handed_over(ack: Ack, view: Body, context: BoltContext) -> None:
        chosen = {name: values[VALUE]["selected_option"]["value"] for name, values in view["state"]["values"].items()}
        edition_id = number(about_view(view), "edition")
        try:
            services.turns.hand_over(
                context.team_id or "",
                edition_id,
                context.user_id or "",
                chosen["to"],
                is_swap=chosen["how"] == "swap",
            )
        except InvalidInputError as error:
            ack(response_action="errors", errors={error.field: templates.error(error)})
            return
        ack()
