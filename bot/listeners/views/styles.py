"""House style: an editor looks at the documents, changes a template, and sees the note in it before keeping it."""

from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.domain.errors import ChangedMeanwhileError
from bot.domain.house_styles import Document, StyleError, state_of
from bot.listeners.payloads import about_view, carried, number
from bot.rendering.environments import Templates
from bot.rendering.settings.styles import BUILT_IN, CHANGE, DO, LIST, SAVED, StyleViews, Written, begun, mistake, read
from bot.services import Services
from bot.slack import modals

Body = dict[str, Any]


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the list and the form."""
    styles = Styles(services, StyleViews(templates))
    app.action(LIST)(styles.asked_for)
    app.action(DO)(styles.chosen)
    app.view(SAVED)(styles.sent)


@dataclass(frozen=True, slots=True)
class Styles:
    """Listens to house style."""

    services: Services
    views: StyleViews

    def asked_for(self, ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        """Show the documents in place of the settings, or of the form."""
        styled = self.services.styling.opened(*_who(context, carried(action)))
        modals.update_view(context.client, body["view"], self.views.listed(styled))
        ack()

    def chosen(self, ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
        """Show the form of a template, or let the built-in one take its place."""
        who = _who(context, about_view(body["view"]))
        act, _, name = str((action.get("selected_option") or {}).get("value") or "").partition(":")
        document = _document(name)
        if act == CHANGE and document:
            styled = self.services.styling.opened(*who)
            view = self.views.form(styled, begun(styled, document))
        elif act == BUILT_IN and document:
            view = self.views.listed(self.services.styling.remove(*who, document))
        else:
            view = self.views.listed(self.services.styling.opened(*who))
        modals.update_view(context.client, body["view"], view)
        ack()

    def sent(self, ack: Ack, view: Body, context: BoltContext) -> None:
        """Show how the note looks in what was typed; where that is what the editor has just seen, keep it."""
        about = about_view(view)
        written = read(view, Document(about["document"]), str(about.get("shown") or ""))
        is_seen = about.get("seen") == state_of(written.template)
        try:
            shown = self._keep(context, about, written) if is_seen else self._try(context, about, written)
        except StyleError as error:
            ack(response_action="errors", errors=mistake(written, error, self.views.templates))
            return
        ack(response_action="update", view=shown)

    def _try(self, context: BoltContext, about: Body, written: Written) -> Body:
        who = _who(context, about)
        tried = self.services.styling.try_out(*who, written.document, written.template)
        return self.views.form(self.services.styling.opened(*who), written, tried=tried)

    def _keep(self, context: BoltContext, about: Body, written: Written) -> Body:
        who = _who(context, about)
        templates = self.views.templates
        try:
            styled = self.services.styling.save(*who, written.document, written.template, written.shown)
        except ChangedMeanwhileError:
            styled = self.services.styling.opened(*who)
            theirs = begun(styled, written.document)
            notice = templates.slack("settings/style_meanwhile", is_built_in=not theirs.shown)
            return self.views.form(styled, Written(written.document, written.pieces, theirs.shown), notice=notice)
        name = templates.label(f"style.document.{written.document.value}")
        return self.views.listed(styled, templates.slack("settings/style_saved", name=name))


def _who(context: BoltContext, about: Body) -> tuple[str, int, str]:
    return context.team_id or "", number(about, "series"), context.user_id or ""


def _document(name: str) -> Document | None:
    return next((document for document in Document if document.value == name), None)
