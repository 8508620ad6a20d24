"""The setup form: opening it, adding a question to it, and what happens when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.domain.errors import InvalidInputError
from bot.domain.people import Person
from bot.domain.series import Question, Shape
from bot.listeners.views.setup_state import SetupState, setup_state
from bot.rendering.environments import Templates
from bot.rendering.setup_view import ADD_QUESTION, CALLBACK_ID, setup_view
from bot.services import Services
from bot.slack import directory, modals

NEW_QUESTION = Question("", "", "", Shape.STORIES)


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the setup form."""
    setup = SeriesSetup(services, templates)
    app.view(CALLBACK_ID)(setup.sent)
    app.action(ADD_QUESTION)(setup.question_asked_for)


def open_setup(services: Services, client: WebClient, where: tuple[str, str, str], trigger_id: str) -> None:
    """Open the form for a person in a channel (`where`: workspace, channel or an empty string, user)."""
    opened = services.administering.open_form(*where)
    modals.open_view(client, trigger_id, setup_view(opened.form, series_id=opened.series_id))


@dataclass(frozen=True, slots=True)
class SeriesSetup:
    """Listens to the setup form."""

    services: Services
    templates: Templates

    def question_asked_for(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Show the form with one more question, keeping what was typed."""
        state = setup_state(body["view"])
        form = replace(state.form, questions=(*state.form.questions, NEW_QUESTION))
        modals.update_view(client, body["view"], setup_view(form, series_id=state.series_id))
        ack()

    def sent(
        self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Make or change the series, or say at the input what is wrong with it."""
        workspace_id = context.team_id or body["team"]["id"]
        try:
            self._save(client, workspace_id, body["user"]["id"], view)
        except InvalidInputError as error:
            ack(response_action="errors", errors=self._errors(error, view))
        else:
            ack()

    def _save(self, client: WebClient, workspace_id: str, user_id: str, view: Mapping[str, Any]) -> None:
        state = setup_state(view)
        people = self._people(client, workspace_id, state)
        administering = self.services.administering
        if state.series_id is not None:
            administering.update_series(workspace_id, user_id, state.series_id, state.form, people, occasion=view["id"])
            return
        workspace = self.services.workspaces.get(workspace_id)
        is_in_channel = directory.is_in_channel(client, workspace, state.form.channel_id)
        administering.create_series(workspace_id, user_id, state.form, people, is_in_channel=is_in_channel)

    def _people(self, client: WebClient, workspace_id: str, state: SetupState) -> Mapping[str, Person]:
        """Return the people the form names, asking Slack about those that are not known yet."""
        chosen = {*state.form.contributors, *state.form.editors}
        known = self.services.workspaces.known(workspace_id, chosen)
        found = directory.people(client, chosen - known.keys())
        self.services.workspaces.know(workspace_id, found)
        return {**known, **{person.id: person for person in found}}

    def _errors(self, error: InvalidInputError, view: Mapping[str, Any]) -> dict[str, str]:
        """Return the sentence at the input it belongs to, or at the name where the form has no such input."""
        field = error.field if error.field in view["state"]["values"] else "name"
        return {field: self.templates.error(error)}
