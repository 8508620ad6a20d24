"""An editor edits a note: its title and introduction, and its entries in the form that lists them."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.errors import EditionGoneError
from bot.listeners.payloads import about_view, carried, number
from bot.rendering.entries import CHANGE, PAGE, Change, entries_form, wording_form
from bot.rendering.environments import Templates
from bot.rendering.note_forms import title_form
from bot.services import Services
from bot.slack import modals

Body = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the buttons and menus."""

    @app.action("note.title")
    def title_asked_for(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        edition_id = number(carried(action), "edition")
        titled = services.editing.titled(context.team_id or "", edition_id, context.user_id or "")
        modals.open_view(context.client, body["trigger_id"], title_form(titled, templates))
        ack()

    @app.action("note.edit")
    def entries_asked_for(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        page = services.editing.page(context.team_id or "", number(carried(action), "edition"), context.user_id or "")
        modals.open_view(context.client, body["trigger_id"], entries_form(page, templates))
        ack()

    @app.action(re.compile(rf"^{re.escape(PAGE)}\.\w+$"))
    def page_turned(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        about = carried(action)
        who = context.team_id or "", number(about, "edition"), context.user_id or ""
        page = services.editing.page(*who, number(about, "page"))
        modals.update_view(context.client, body["view"], entries_form(page, templates))
        ack()

    @app.action(CHANGE)
    def entry_changed(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        about = about_view(body["view"])
        who = context.team_id or "", number(about, "edition"), context.user_id or ""
        change, answer_id = _chosen(action)
        is_fresh = True
        try:
            if change is Change.REWORD:
                wording = services.editing.wording(*who, answer_id)
                modals.push_view(context.client, body["trigger_id"], wording_form(wording, templates, about))
                ack()
                return
            if change:
                is_fresh = services.editing.change(*who, answer_id, change, str(about.get("order")))
        except EditionGoneError:
            pass  # its author has taken it back: the form as it now is says so
        page = services.editing.page(*who, number(about, "page"))
        modals.update_view(context.client, body["view"], entries_form(page, templates, is_stale=not is_fresh))
        ack()


def _chosen(action: Body) -> tuple[Change | None, int]:
    """Return what was chosen in an entry's menu, and the entry's id."""
    chosen, _, answer_id = str((action.get("selected_option") or {}).get("value") or "").partition(":")
    if chosen not in set(Change) or not answer_id.isdecimal():
        return None, 0
    return Change(chosen), int(answer_id)
