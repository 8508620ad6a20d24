"""A contributor lets an answer go elsewhere, from its receipt, or takes a jot back, from the message that lists it."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.deliveries import Message
from bot.listeners.payloads import carried, number
from bot.rendering.environments import Templates
from bot.services import Services

Body = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the receipt's select and buttons, and to *Remove*."""
    del templates

    @app.action("answer.move")
    def answer_moved(ack: Ack, action: dict[str, Any], body: Body, context: BoltContext) -> None:
        chosen = (action.get("selected_option") or {}).get("value") or ""
        answer_id, _, target = chosen.partition(":")
        series_id = int(target[1:]) if target.startswith(":") and target[1:].isdecimal() else 0
        if answer_id.isdecimal():
            who, occasion = (context.team_id or "", context.user_id or ""), body["trigger_id"]
            receipt = services.jotting.move(*who, int(answer_id), occasion, question_key=target, series_id=series_id)
            _show(services, receipt, body, context)
        ack()

    @app.action(re.compile(r"^jot\.choose\.\d+$"))
    def series_chosen(ack: Ack, action: dict[str, Any], body: Body, context: BoltContext) -> None:
        about, who = carried(action), (context.team_id or "", context.user_id or "")
        answer_id, series_id = number(about, "answer"), number(about, "series")
        receipt = services.jotting.move(*who, answer_id, body["trigger_id"], series_id=series_id)
        _show(services, receipt, body, context)
        ack()

    @app.action("answer.inside")
    def answer_kept_inside(ack: Ack, action: dict[str, Any], body: Body, context: BoltContext) -> None:
        about, who = carried(action), (context.team_id or "", context.user_id or "")
        is_inside = about.get("inside") is True
        receipt = services.answering.keep_inside(*who, number(about, "answer"), body["trigger_id"], is_inside=is_inside)
        _show(services, receipt, body, context)
        ack()

    @app.action("jot.remove")
    def jot_removed(ack: Ack, action: dict[str, Any], body: Body, context: BoltContext) -> None:
        who = (context.team_id or "", context.user_id or "")
        told = services.jotting.remove(*who, number(carried(action), "answer"), body["trigger_id"])
        _tell(services, told, body, context, is_replacing=False)
        ack()


def _show(services: Services, receipt: Message | None, body: Body, context: BoltContext) -> None:
    """Bring a receipt up to date that only this person sees; the others are messages, and changed as such."""
    if receipt and (body.get("container") or {}).get("is_ephemeral"):
        _tell(services, receipt, body, context, is_replacing=True)


def _tell(services: Services, message: Message, body: Body, context: BoltContext, *, is_replacing: bool) -> None:
    workspace_id, place = context.team_id or "", context.channel_id or context.user_id or ""
    url, occasion = body.get("response_url") or "", body["trigger_id"]
    services.telling.respond(workspace_id, place, url, occasion, message, is_replacing=is_replacing)
