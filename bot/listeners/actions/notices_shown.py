"""An editor looks at the standing notices of a series, from the draft or the settings: adding, changing, ending."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import about_view, carried, number
from bot.listeners.views.settings_below import show_settings_again
from bot.rendering.environments import Templates
from bot.rendering.notices import ADD, DO, LIST, notice_form, notices_form
from bot.services import Services
from bot.slack import modals

Body = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons and menus."""

    @app.action(LIST)
    def notices_asked_for(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        who = context.team_id or "", number(carried(action), "series"), context.user_id or ""
        show = modals.push_view if body.get("view") else modals.open_view
        show(context.client, body["trigger_id"], notices_form(services.noticing.standing(*who), templates))
        ack()

    @app.action(ADD)
    def notice_asked_for(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        series_id = number(carried(action), "series")
        services.noticing.standing(context.team_id or "", series_id, context.user_id or "")  # only an editor may
        modals.push_view(context.client, body["trigger_id"], notice_form(series_id, None, templates))
        ack()

    @app.action(DO)
    def notice_chosen(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        series_id = number(about_view(body["view"]), "series")
        who = context.team_id or "", series_id, context.user_id or ""
        what, _, chosen = str((action.get("selected_option") or {}).get("value") or "").partition(":")
        notice_id = int(chosen) if chosen.isdecimal() else 0
        notice = services.noticing.find(*who, notice_id)
        if what == "change" and notice:
            modals.push_view(context.client, body["trigger_id"], notice_form(series_id, notice, templates))
        else:
            if what == "end":
                services.noticing.end(*who, notice_id)
                show_settings_again(services, templates, context, body["view"], body["view"]["id"])
            view = notices_form(services.noticing.standing(*who), templates)
            modals.update_view(context.client, body["view"], view)
        ack()
