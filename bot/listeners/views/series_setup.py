"""The setup form: opening it, and what happens when it is sent."""

from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.domain.errors import InvalidInputError
from bot.listeners.views.chosen_people import chosen_people
from bot.listeners.views.mistakes import mistake
from bot.rendering.environments import Templates
from bot.rendering.settings.views import SettingsViews
from bot.rendering.setup_view import CALLBACK_ID, PREVIEW, setup_form, setup_view
from bot.services import Services
from bot.services.administering import OpenForm
from bot.slack import directory, modals


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the setup form."""
    setup = SeriesSetup(services, templates)
    app.action(PREVIEW)(setup.typed)
    app.view(CALLBACK_ID)(setup.sent)


@dataclass(frozen=True, slots=True)
class Forms:
    """Opens the setup form, and the settings of a series that exists."""

    services: Services
    templates: Templates

    def open_setup(self, client: WebClient, where: tuple[str, str, str], trigger_id: str) -> None:
        """Open the form for a person in a channel (`where`: workspace, channel or an empty string, user).

        An editor in the channel of a series gets its settings.
        """
        opened = self.services.administering.open_form(*where)
        if opened.series_id:
            self.open_settings(client, (where[0], opened.series_id, where[2]), trigger_id)
        else:
            modals.open_view(client, trigger_id, shown(self.templates, opened))

    def open_settings(self, client: WebClient, which: tuple[str, int, str], trigger_id: str) -> None:
        """Open the settings of a series for an editor (`which`: workspace, series, user)."""
        opened = self.services.configuring.opened(*which)
        modals.open_view(client, trigger_id, SettingsViews(self.templates).overview(opened))


@dataclass(frozen=True, slots=True)
class SeriesSetup:
    """Listens to the setup form."""

    services: Services
    templates: Templates

    def typed(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Show how the first title would look with what is chosen and typed so far."""
        view = body["view"]
        opened = self.services.administering.tried(setup_form(view, self.templates))
        modals.update_view(client, view, shown(self.templates, opened))
        ack()

    def sent(
        self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient, context: BoltContext
    ) -> None:
        """Make the series, or say at the input what is wrong with it."""
        workspace_id = context.team_id or body["team"]["id"]
        form = setup_form(view, self.templates)
        people = chosen_people(self.services, client, workspace_id, {*form.contributors, *form.editors})
        workspace = self.services.workspaces.get(workspace_id)
        is_in_channel = directory.is_in_channel(client, workspace, form.channel_id)
        try:
            if is_in_channel is not False:  # who is in it can be read as soon as the bot has been invited
                self.services.attending.check(workspace_id, form)
            made = self.services.administering.create_series(
                workspace_id, body["user"]["id"], form, people, is_in_channel=is_in_channel
            )
            self.services.attending.follow(workspace_id, made.id)
        except InvalidInputError as error:
            ack(response_action="errors", errors=mistake(self.templates, error, view))
        else:
            ack()


def shown(templates: Templates, opened: OpenForm) -> dict[str, Any]:
    """Return the setup form as it is filled."""
    return setup_view(templates, opened.form, opened.title, opened.problem)
