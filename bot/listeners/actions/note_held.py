"""An editor says when a note goes out, and with which weeks: *Hold*, *Release*, *Merge*, *Undo*, *Remind*."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.listeners.actions.note_published import tell
from bot.listeners.payloads import carried, number
from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons, each of which one use case answers with a sentence."""
    del templates
    answers = {
        "note.hold": services.holding.hold,
        "note.release": services.holding.release,
        "note.merge": services.merging.merge,
        "note.unmerge": services.merging.unmerge,
        "note.remind": services.holding.remind,
    }

    def answered(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        message = answers[action["action_id"]](context.team_id or "", edition_id, context.user_id or "")
        tell(services, body, context, message)
        ack()

    for action_id in answers:
        app.action(action_id)(answered)
