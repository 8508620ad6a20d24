"""Buttons by which a contributor moves on: *Next*, *Skip*, *Nothing this week*."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import acted_at, carried, number
from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons."""
    del templates

    @app.action("prompt.next")
    def prompt_next(ack: Ack, action: dict[str, Any], context: BoltContext) -> None:
        _leave(services, action, context, is_skipped=False)
        ack()

    @app.action("prompt.skip")
    def prompt_skip(ack: Ack, action: dict[str, Any], context: BoltContext) -> None:
        _leave(services, action, context, is_skipped=True)
        ack()

    @app.action("edition.nothing")
    def edition_nothing(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        workspace_id, about = context.team_id or "", carried(action)
        is_below = bool(about.get("below"))
        edition_id = number(about, "edition")
        told = services.answering.nothing(workspace_id, context.user_id or "", edition_id, is_below=is_below)
        if told:
            where = (workspace_id, context.channel_id or "", body["response_url"], body["trigger_id"])
            services.telling.respond(*where, told, is_replacing=False)
        ack()


def _leave(services: Services, action: dict[str, Any], context: BoltContext, *, is_skipped: bool) -> None:
    prompt_id = number(carried(action), "prompt")
    who = context.team_id or "", context.user_id or ""
    services.answering.next(*who, prompt_id, acted_at(action), is_skipped=is_skipped)
