"""An editor's buttons on the draft: *Publish now*, and *Try again* when posting failed."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.deliveries import Message
from bot.listeners.payloads import carried, number
from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons."""

    @app.action("note.publish")
    def note_published(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        done = services.publishing.publish_edition(context.team_id or "", edition_id, context.user_id or "")
        text = templates.slack("published", done=done)
        tell(services, body, context, Message(text))
        ack()

    @app.action("note.retry")
    def note_retried(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        message = services.publishing.retry(context.team_id or "", edition_id, context.user_id or "")
        tell(services, body, context, message)
        ack()


def tell(services: Services, body: dict[str, Any], context: BoltContext, message: Message) -> None:
    """Answer where the button was pressed; an ephemeral message with the button in it has done its work."""
    is_ephemeral = bool((body.get("container") or {}).get("is_ephemeral"))
    services.telling.respond(
        context.team_id or "",
        context.channel_id or context.user_id or "",
        body.get("response_url") or "",
        body.get("trigger_id") or "",
        message,
        is_replacing=is_ephemeral,
    )
