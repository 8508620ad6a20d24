"""The form of a new season: how the next title would look as numbers are typed, and what happens when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.domain.errors import ChangedMeanwhileError, InvalidInputError
from bot.listeners.payloads import about_view, number
from bot.listeners.views.mistakes import mistake
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed
from bot.rendering.season import CALLBACK_ID, PREVIEW, season_form, season_set
from bot.services import Services
from bot.slack import modals


def register(app: App, services: Services, templates: Templates) -> None:
    """Listen to the form."""
    season = Season(services, templates)
    app.action(PREVIEW)(season.typed)
    app.view(CALLBACK_ID)(season.sent)


@dataclass(frozen=True, slots=True)
class Season:
    """Listens to the form."""

    services: Services
    templates: Templates

    def typed(self, ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        """Show how the next title would look with what is typed so far."""
        view = body["view"]
        numbers = self.services.renumbering.tried(*_which(context, view), *_numbers(view))
        shown = season_form(self.templates, numbers) | {"private_metadata": view["private_metadata"]}
        modals.update_view(client, view, shown)
        ack()

    def sent(self, ack: Ack, view: dict[str, Any], context: BoltContext) -> None:
        """Set the numbers, and say how the next note will be called; or say what is wrong with them."""
        which, typed, shown = _which(context, view), _numbers(view), about_view(view).get("shown") or ("", "")
        renumbering = self.services.renumbering
        try:
            title = renumbering.set_next(*which, *typed, shown=(str(shown[0]), str(shown[1])))
            ack(response_action="update", view=season_set(self.templates, title))
        except InvalidInputError as error:
            ack(response_action="errors", errors=mistake(self.templates, error, view))
        except ChangedMeanwhileError:
            numbers = renumbering.tried(*which, *typed)
            notice = self.templates.slack("season_meanwhile", shown=numbers.shown)
            ack(response_action="update", view=season_form(self.templates, numbers, notice=notice))


def _which(context: BoltContext, view: Mapping[str, Any]) -> tuple[str, int, str]:
    return context.team_id or "", number(about_view(view), "series"), context.user_id or ""


def _numbers(view: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is typed; what the form does not ask for stays as it is."""
    typed = Typed.of(view)
    shown = about_view(view).get("shown") or ("1", "1")
    season = typed.text("season") if "season" in typed.values else str(shown[0])
    return season, typed.text("next_number") if "next_number" in typed.values else str(shown[1])
