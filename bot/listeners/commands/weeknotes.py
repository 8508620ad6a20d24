"""`/weeknotes`, and the buttons that give one of its commands again."""

import re
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.domain.deliveries import Message
from bot.listeners.commands.answers import RUN_AGAIN, Answers
from bot.listeners.commands.asked import Asked
from bot.listeners.payloads import carried, number
from bot.listeners.views.series_setup import Forms
from bot.rendering.environments import Templates
from bot.rendering.settings.views import SHOW
from bot.rendering.setup_view import CALLBACK_ID
from bot.services import Services
from bot.slack import modals


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the command and its buttons."""
    weeknotes = Weeknotes(services, Answers(services, templates), Forms(services, templates))
    app.command("/weeknotes")(weeknotes.typed)
    app.action(re.compile(rf"^{re.escape(RUN_AGAIN)}\.\d+$"))(weeknotes.series_chosen)
    app.action(CALLBACK_ID)(weeknotes.setup_asked_for)
    app.action(SHOW)(weeknotes.settings_asked_for)


@dataclass(frozen=True, slots=True)
class Weeknotes:
    """Listens to `/weeknotes`."""

    services: Services
    answers: Answers
    forms: Forms

    def typed(self, ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        """Answer a command, seen only by the person who typed it; `setup` and some others open a form instead."""
        asked = Asked.by_command(command, self.answers.templates.vocabulary)
        if asked.invocation.word == "setup":
            where = (asked.workspace_id, _channel_for_notes(command), asked.user_id)
            self.forms.open_setup(client, where, asked.occasion)
            ack()
            return
        answer = self.answers.to(asked)
        if isinstance(answer, Message):
            ack(text=answer.text, blocks=[dict(block) for block in answer.blocks], response_type="ephemeral")
        else:
            modals.open_view(client, asked.occasion, answer)
            ack()

    def series_chosen(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Answer the command again, for the series that was chosen, in place of the question."""
        asked = Asked.by_button(body, action, self.answers.templates.vocabulary)
        answer = self.answers.to(asked)
        if isinstance(answer, Message):
            where = (asked.workspace_id, asked.channel_id or asked.user_id)
            self.services.telling.respond(*where, body["response_url"], body["trigger_id"], answer, is_replacing=True)
        else:
            modals.open_view(client, body["trigger_id"], answer)
        ack()

    def setup_asked_for(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Open the setup form for the channel the button was shown in."""
        channel_id = str(carried(action).get("channel") or "")
        where = (context.team_id or body["team"]["id"], channel_id, body["user"]["id"])
        self.forms.open_setup(client, where, body["trigger_id"])
        ack()

    def settings_asked_for(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Open the settings of the series that a button is about."""
        which = (context.team_id or "", number(carried(action), "series"), context.user_id or "")
        self.forms.open_settings(client, which, body["trigger_id"])
        ack()


def _channel_for_notes(command: dict[str, Any]) -> str:
    """Return the channel a command was typed in, or an empty string where no note can be posted: in direct messages."""
    name = command.get("channel_name") or ""
    is_conversation = command["channel_id"].startswith("D") or name == "directmessage" or name.startswith("mpdm-")
    return "" if is_conversation else command["channel_id"]
