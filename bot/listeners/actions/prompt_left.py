"""Buttons by which a contributor moves on: *Next*, *Skip*, *Nothing this week*."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import carried, number
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
    def edition_nothing(ack: Ack, action: dict[str, Any], context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        services.answering.nothing(context.team_id or "", context.user_id or "", edition_id)
        ack()


def _leave(services: Services, action: dict[str, Any], context: BoltContext, *, is_skipped: bool) -> None:
    prompt_id = number(carried(action), "prompt")
    services.answering.next(context.team_id or "", context.user_id or "", prompt_id, is_skipped=is_skipped)
