"""An editor saved a standing notice."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.errors import InvalidInputError
from bot.listeners.payloads import about_view, number
from bot.listeners.views.settings_below import show_settings_again
from bot.rendering.environments import Templates
from bot.rendering.notices import SAVED, Typed, notice_form, notices_form
from bot.services import Services
from bot.slack import modals

Body = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the form."""

    @app.view(SAVED)
    def notice_saved(ack: Ack, view: Body, context: BoltContext) -> None:
        about, typed = about_view(view), _typed(view)
        who = context.team_id or "", number(about, "series"), context.user_id or ""
        notice_id, is_kept = number(about, "notice"), True
        try:
            if notice_id:
                state = str(about.get("state"))
                is_kept = services.noticing.change(*who, notice_id, typed.words, typed.until_day, state)
            else:
                services.noticing.add(*who, typed.words, typed.until_day, view["id"])
        except InvalidInputError as error:
            ack(response_action="errors", errors={error.field: templates.error(error)})
            return
        if not is_kept:
            notice = services.noticing.find(*who, notice_id)
            ack(response_action="update", view=notice_form(who[1], notice, templates, typed=typed))
            return
        standing = notices_form(services.noticing.standing(*who), templates)
        list_id = view.get("previous_view_id") or ""
        modals.show_again(context.client, list_id, standing)
        show_settings_again(services, templates, context, view, list_id)
        ack()


def _typed(view: Body) -> Typed:
    values = view["state"]["values"]
    day = values["until"]["day"].get("selected_date")
    return Typed(values["words"]["words"].get("rich_text_value"), date.fromisoformat(day) if day else None)
