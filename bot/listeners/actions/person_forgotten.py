"""Somebody has decided, after `/weeknotes forget me` or the button in the Home, what becomes of them."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.rendering.environments import Templates
from bot.rendering.sayings import said, told_form
from bot.services import Services
from bot.slack import modals


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons of the confirmation."""

    def answer(template: str, body: dict[str, Any], context: BoltContext, **values: object) -> None:
        if "view" in body:  # asked in the Home: the question is a modal
            told = told_form(templates, "home.forget_title", templates.slack(template, **values))
            modals.update_view(context.client, body["view"], told)
            return
        services.telling.respond(
            context.team_id or "",
            context.channel_id or context.user_id or "",
            body["response_url"],
            body["trigger_id"],
            said(templates.slack(template, **values)),
            is_replacing=True,
        )

    def forget(body: dict[str, Any], context: BoltContext, *, keeps_words: bool) -> None:
        workspace_id, user_id = context.team_id or "", context.user_id or ""
        services.forgetting.forget(workspace_id, user_id, keeps_words=keeps_words)
        services.homes.show(workspace_id, user_id, body["trigger_id"])
        answer("forgotten", body, context, keeps_words=keeps_words)

    @app.action("forget.words")
    def words_forgotten(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        forget(body, context, keeps_words=False)
        ack()

    @app.action("forget.name")
    def name_forgotten(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        forget(body, context, keeps_words=True)
        ack()

    @app.action("forget.cancel")
    def not_forgotten(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        answer("forget_cancelled", body, context)
        ack()
