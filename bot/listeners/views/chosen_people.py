"""The people a form names."""

from collections.abc import Collection, Mapping

from slack_sdk import WebClient

from bot.domain.people import Person
from bot.services import Services
from bot.slack import directory


def chosen_people(
    services: Services, client: WebClient, workspace_id: str, chosen: Collection[str]
) -> Mapping[str, Person]:
    """Return the people who were chosen, asking Slack about those that are not known yet."""
    known = services.workspaces.known(workspace_id, chosen)
    found = directory.people(client, set(chosen) - known.keys())
    services.workspaces.know(workspace_id, found)
    return {**known, **{person.id: person for person in found}}
