"""The message shortcut *Save to my weeknotes*: a message becomes a jot, with its words and where they were."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.incoming import Jot
from bot.rendering.environments import Templates
from bot.services import Services
from bot.services.incoming import files_in, words_in


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the shortcut."""
    del templates

    @app.shortcut("jot.save")
    def jot_saved(ack: Ack, shortcut: dict[str, Any], context: BoltContext) -> None:
        jot = _jot(shortcut, context)
        receipt = services.jotting.keep(jot)
        services.homes.show(jot.workspace_id, jot.user_id, jot.occasion)
        services.telling.respond(
            jot.workspace_id, jot.channel_id, shortcut["response_url"], jot.occasion, receipt, is_replacing=False
        )
        ack()


def _jot(shortcut: dict[str, Any], context: BoltContext) -> Jot:
    workspace_id, user_id, channel_id = context.team_id or "", context.user_id or "", context.channel_id or ""
    message = shortcut.get("message") or {}
    ts = message.get("ts") or shortcut.get("message_ts") or ""
    text, blocks = words_in(message)
    return Jot(
        workspace_id,
        user_id,
        channel_id,
        source_key=f"saved:{user_id}:{channel_id}:{ts}",
        occasion=shortcut["trigger_id"],
        text=text,
        blocks=blocks,
        files=files_in(message),
        ts=ts,
        thread_ts=message.get("thread_ts") or "",
        said_by=_author(message, user_id),
    )


def _author(message: dict[str, Any], user_id: str) -> str:
    """Return who wrote a message, if it was not this person: a person's id, or an app's name."""
    app = (message.get("bot_profile") or {}).get("name") or message.get("username") if message.get("bot_id") else ""
    author = str(app or message.get("user") or message.get("username") or "")
    return "" if author == user_id else author
