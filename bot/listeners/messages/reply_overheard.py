"""Somebody replied in a channel, changed a reply or took it back: an answer, in the thread of a question."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.domain.incoming import Said
from bot.services import Services
from bot.services.incoming import said_in
from bot.slack import directory

CHANNELS = frozenset({"channel", "group"})


def reply_overheard(event: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Pass on what was said in a thread. Everything else in channels concerns nobody here."""
    overhearing, subtype = services.overhearing, event.get("subtype")
    message = event.get({"message_changed": "message", "message_deleted": "previous_message"}.get(subtype or "", ""))
    said = _said(event, message or event, context)
    if said is None or not overhearing.is_ours(said.workspace_id, said.channel_id, said.thread_ts):
        return
    if subtype == "message_deleted":
        overhearing.delete(said)
    elif subtype != "message_changed":
        _know(services, context, said)
        overhearing.record(said)
    elif said.version:  # else Slack has unfurled a link, or seen which language it is
        overhearing.edit(said)


def _said(event: Mapping[str, Any], message: Mapping[str, Any], context: BoltContext) -> Said | None:
    """Return what a person said in a thread; None for anything else."""
    said = said_in(event.get("channel") or "", message, context.team_id or "")
    return said if said.user_id and said.thread_ts and not message.get("bot_id") else None


def _know(services: Services, context: BoltContext, said: Said) -> None:
    """Learn who somebody is, if that is not known yet: whether a guest, and by which name."""
    if not services.workspaces.known(said.workspace_id, [said.user_id]):
        services.workspaces.know(said.workspace_id, directory.people(context.client, [said.user_id]))
