"""Where an edition asks: by direct message, or in its series' channel."""

from bot.domain.editions import Edition, EditionState
from bot.domain.series import AsksIn, Series
from bot.services.planning import EVERYBODY
from storage import prompts
from storage.database import Session


def asks_in_channel(session: Session, series: Series, edition: Edition) -> bool:
    """Say whether an edition asks in the channel: as its series does now, or as it did when the edition began."""
    if edition.state is EditionState.SCHEDULED:
        return series.asks_in is AsksIn.CHANNEL
    return bool(prompts.of_person(session, edition.workspace_id, edition.id, EVERYBODY))
