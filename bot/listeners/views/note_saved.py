"""An editor saved a form about a note: its title and introduction, or the wording of an entry."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.errors import InvalidInputError
from bot.listeners.payloads import about_view, number
from bot.rendering.entries import WORDING, entries_form, wording_form
from bot.rendering.environments import Templates
from bot.rendering.note_forms import TITLE, title_form
from bot.services import Services
from bot.slack import modals

Body = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the forms."""

    @app.view(TITLE)
    def title_saved(ack: Ack, view: Body, context: BoltContext) -> None:
        about, values = about_view(view), view["state"]["values"]
        headline, introduction = (values[name][name].get("value") or "" for name in ("headline", "introduction"))
        changed = services.editing.set_title(
            context.team_id or "",
            number(about, "edition"),
            context.user_id or "",
            headline=headline,
            introduction=introduction,
            state=str(about.get("state")),
        )
        if changed:
            ack(response_action="update", view=title_form(changed, templates, typed=(headline, introduction)))
        else:
            ack()

    @app.view(WORDING)
    def wording_saved(ack: Ack, view: Body, context: BoltContext) -> None:
        about, typed = about_view(view), view["state"]["values"]["words"]["words"].get("rich_text_value")
        who = context.team_id or "", number(about, "edition"), context.user_id or ""
        try:
            changed = services.editing.reword(*who, number(about, "answer"), typed, str(about.get("state")))
        except InvalidInputError as error:
            ack(response_action="errors", errors={error.field: templates.error(error)})
            return
        if changed:
            ack(response_action="update", view=wording_form(changed, templates, about, typed=typed))
            return
        page = services.editing.page(*who, number(about, "page"))
        modals.show_again(context.client, view.get("previous_view_id") or "", entries_form(page, templates))
        ack()
