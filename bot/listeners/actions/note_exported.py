"""An editor has said whether a note may go outside."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.payloads import Payload, carried
from bot.rendering.environments import Templates
from bot.services import Services
from bot.services.sharing import Choice


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the two buttons of the question."""
    del templates

    def answered(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        choice = _choice(carried(action), is_inside=action["action_id"] == "export.inside")
        message = services.sharing.send(context.team_id or "", context.user_id or "", choice)
        services.telling.respond(
            context.team_id or "",
            context.channel_id or context.user_id or "",
            body.get("response_url") or "",
            body["trigger_id"],
            message,
            is_replacing=True,
        )
        ack()

    app.action("export.outside")(answered)
    app.action("export.inside")(answered)


def _choice(about: Payload, *, is_inside: bool) -> Choice:
    listed = about.get("editions")
    return Choice(
        editions=tuple(each for each in listed if isinstance(each, int)) if isinstance(listed, list) else (),
        format=str(about.get("format") or ""),
        is_inside=is_inside,
        seen=str(about.get("seen") or ""),
        occasion=str(about.get("occasion") or "")[:100],
    )
