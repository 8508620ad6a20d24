"""The Home's own buttons: turning its pages, showing the run or not, leaving, and what becomes of a person’s data."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.homes import Leaf, Page
from bot.listeners.payloads import Payload, carried, number
from bot.rendering.environments import Templates
from bot.rendering.forgetting import forget_form
from bot.rendering.sayings import message_form, told_form
from bot.services import Services
from bot.slack import modals

FURTHEST = 100_000
"""Where the longest list a Home could have begins to be nonsense."""


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons."""

    @app.action(re.compile(r"^home\.(overview|series|week|notes|newer|older)$"))
    def page_turned(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        services.homes.show(context.team_id or "", context.user_id or "", body["trigger_id"], page_of(carried(action)))
        ack()

    @app.action("contributor.run")
    def run_switched(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        services.homes.set_run(workspace_id, user_id, is_wanted=carried(action).get("wanted") is True)
        services.homes.show(workspace_id, user_id, body["trigger_id"])
        ack()

    @app.action("export.mine")
    def export_asked(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        exported = services.exporting.mine(context.team_id or "", context.user_id or "", "", body["trigger_id"])
        text = templates.slack("command_exported", exported=exported)
        modals.open_view(context.client, body["trigger_id"], told_form(templates, "home.export_title", text))
        ack()

    @app.action("forget.ask")
    def forgetting_asked(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        held = services.forgetting.held(context.team_id or "", context.user_id or "")
        modals.open_view(context.client, body["trigger_id"], forget_form(templates, held))
        ack()

    @app.action("home.leave")
    def leaving_asked(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        series_id = number(carried(action), "series")
        question = services.joining.leave_question(context.team_id or "", context.user_id or "", series_id)
        modals.open_view(context.client, body["trigger_id"], message_form(templates, "people.leave", question))
        ack()


def page_of(about: Payload) -> Page:
    """Return the page a button leads to; one that nobody made leads to the overview."""
    found = next((leaf for leaf in Leaf if leaf.value == about.get("leaf")), Leaf.OVERVIEW)
    return Page(found, min(max(number(about, "start"), 0), FURTHEST), number(about, "edition"))
