"""The settings: moving between the overview, its sections and the questions, and what happens when one is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.domain import questions as arranging
from bot.domain.errors import ChangedMeanwhileError, InvalidInputError
from bot.domain.series import Question, Shape
from bot.domain.series_forms import SeriesForm, filled_in, form_of
from bot.listeners.payloads import about_view, carried, number
from bot.listeners.views.chosen_people import chosen_people
from bot.listeners.views.mistakes import mistake
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed
from bot.rendering.settings import questions
from bot.rendering.settings.note import PREVIEW
from bot.rendering.settings.views import BACK, CALLBACK_ID, OPEN, SECTIONS, Opened, SettingsViews
from bot.services import Services
from bot.slack import directory, modals

NEW_QUESTION = Question("", "", "", Shape.STORIES)
STEPS = {questions.UP: -1, questions.DOWN: 1}


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the settings."""
    settings = Settings(services, SettingsViews(templates))
    app.action(OPEN)(settings.section_opened)
    app.action(BACK)(settings.left)
    app.action(PREVIEW)(settings.title_typed)
    app.action(questions.ADD)(settings.question_added)
    app.action(questions.ARRANGE)(settings.question_arranged)
    app.view(CALLBACK_ID)(settings.section_saved)
    app.view(questions.CALLBACK_ID)(settings.question_saved)


@dataclass(frozen=True, slots=True)
class Settings:
    """Listens to the settings."""

    services: Services
    views: SettingsViews

    def section_opened(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Show one section in place of the overview."""
        about = carried(action)
        opened = self._opened(context, number(about, "series"))
        if about.get("section") in {*SECTIONS, questions.KEY}:
            modals.update_view(client, body["view"], self.views.section(opened, about["section"]))
        ack()

    def left(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Show the overview again."""
        opened = self._opened(context, number(carried(action), "series"))
        modals.update_view(client, body["view"], self.views.overview(opened))
        ack()

    def title_typed(self, ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        """Show how the next title would look with what is typed so far."""
        view = body["view"]
        opened, section, values = self._read(context, view)
        form = replace(form_of(opened.series), **values)
        shown = self.views.section(opened, section, form=form)
        modals.update_view(client, view, shown | {"private_metadata": view["private_metadata"]})
        ack()

    def section_saved(self, ack: Ack, view: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        """Save a section, and show the overview with what that means; or say what is wrong with it."""
        opened, section, values = self._read(context, view)
        change = partial(filled_in, values=values, shown=str(about_view(view).get("shown")))
        try:
            ack(response_action="update", view=self._saved(client, context, view, change))
        except InvalidInputError as error:
            ack(response_action="errors", errors=mistake(self.views.templates, error, view))
        except ChangedMeanwhileError:
            notice = self.views.meanwhile(opened, section)
            form = replace(form_of(opened.series), **values)
            ack(response_action="update", view=self.views.section(opened, section, form=form, notice=notice))

    def question_added(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Show the form of a new question."""
        opened = self._opened(context, number(carried(action), "series"))
        modals.update_view(client, body["view"], self.views.question(opened, NEW_QUESTION))
        ack()

    def question_arranged(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Move a question or take it out, or show its form."""
        series_id = number(about_view(body["view"]), "series")
        act, _, key = str(action["selected_option"]["value"]).partition(":")
        opened = self._opened(context, series_id)
        question = arranging.find(opened.series.questions, key)
        if act == questions.CHANGE and question:
            modals.update_view(client, body["view"], self.views.question(opened, question))
        else:
            opened, _ = self.services.configuring.save(
                context.team_id or "",
                context.user_id or "",
                series_id,
                partial(_arranged, act=act, key=key),
                {},
                occasion=body["trigger_id"],
                is_quiet=True,
            )
            modals.update_view(client, body["view"], self.views.section(opened, questions.KEY))
        ack()

    def question_saved(self, ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        """Save a question, and show the list; or say what is wrong with it."""
        about = about_view(view)
        question = questions.read(Typed.of(view), str(about.get("question") or ""))
        change = partial(_put, question=question, shown=str(about.get("shown")))
        try:
            opened, said = self.services.configuring.save(
                context.team_id or "",
                context.user_id or "",
                number(about, "series"),
                change,
                {},
                occasion=_occasion(view),
            )
            ack(response_action="update", view=self.views.section(opened, questions.KEY, notice=said))
        except InvalidInputError as error:
            ack(response_action="errors", errors=mistake(self.views.templates, error, view))
        except ChangedMeanwhileError:
            opened = self._opened(context, number(about, "series"))
            ack(response_action="update", view=self.views.question_meanwhile(opened, question))

    def _saved(
        self, client: WebClient, context: BoltContext, view: Mapping[str, Any], change: partial[SeriesForm]
    ) -> dict[str, Any]:
        workspace_id, series_id = context.team_id or "", number(about_view(view), "series")
        values = change.keywords["values"]
        chosen = {*values.get("contributors", ()), *values.get("editors", ())}
        people = chosen_people(self.services, client, workspace_id, chosen)
        opened = self._opened(context, series_id)
        self.services.attending.check(workspace_id, replace(form_of(opened.series), **values))
        is_in_channel = None
        if "channel_id" in values:
            workspace = self.services.workspaces.get(workspace_id)
            is_in_channel = directory.is_in_channel(client, workspace, values["channel_id"])
        opened, said = self.services.configuring.save(
            workspace_id,
            context.user_id or "",
            series_id,
            change,
            people,
            occasion=_occasion(view),
            is_in_channel=is_in_channel,
        )
        self.services.attending.follow(workspace_id, series_id)
        return self.views.overview(opened, said)

    def _read(self, context: BoltContext, view: Mapping[str, Any]) -> tuple[Opened, str, dict[str, Any]]:
        """Return the settings, the section that is open, and what is in it."""
        about = about_view(view)
        opened = self._opened(context, number(about, "series"))
        section = str(about.get("section"))
        return opened, section, dict(SECTIONS[section].read(Typed.of(view)))

    def _opened(self, context: BoltContext, series_id: int) -> Opened:
        return self.services.configuring.opened(context.team_id or "", series_id, context.user_id or "")


def _arranged(form: SeriesForm, act: str, key: str) -> SeriesForm:
    if act == questions.REMOVE:
        return replace(form, questions=arranging.without(form.questions, key))
    return replace(form, questions=arranging.moved(form.questions, key, STEPS.get(act, 0)))


def _put(form: SeriesForm, question: Question, shown: str) -> SeriesForm:
    return replace(form, questions=arranging.put(form.questions, question, shown))


def _occasion(view: Mapping[str, Any]) -> str:
    """Name what was sent: the same view as it stood then, however often Slack delivers it."""
    return f"{view['id']}:{view['hash']}"
