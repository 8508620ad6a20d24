"""Setting up series."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.cadence import Moment
from bot.domain.errors import InvalidInputError, NoSeriesHereError, NotAllowedError, WhichSeriesError
from bot.domain.people import Person
from bot.domain.series import DEFAULT_QUESTIONS, Question, Shape
from bot.domain.series_forms import SeriesForm
from bot.domain.workspaces import Workspace
from bot.rendering.environments import Templates
from bot.services.administering import Administering
from bot.services.workspaces import Workspaces
from storage.database import Database
from storage.models import DeliveryRow
from tests.support.clocks import FrozenClock

T = "T_TEAM"
PEOPLE = {
    "U_ANA": Person("U_ANA", "Ana Okafor", "Europe/London"),
    "U_BEN": Person("U_BEN", "Ben Hale", "America/New_York"),
    "U_CAI": Person("U_CAI", "Cai <!channel>"),
    "U_ROBOT": Person("U_ROBOT", "Build Bot", is_bot=True),
    "U_GONE": Person("U_GONE", "Gwen Gone", is_deactivated=True),
}
FORM = SeriesForm("C_TEAM", "Team weeknotes", ("U_ANA", "U_BEN"), zone="Europe/London")


@pytest.fixture
def administering(database: Database, clock: FrozenClock) -> Iterator[Administering]:
    """Give the service on a workspace whose people are known."""
    workspaces = Workspaces(database, clock)
    workspaces.installed(Workspace(T, "Team", scopes=frozenset({"chat:write"})))
    workspaces.know(T, PEOPLE.values())
    return Administering(database, clock, Templates())


def owed(database: Database) -> dict[str, tuple[str, str]]:
    """Return the channel and text of each delivery by key."""
    with database.session() as session:
        rows = session.query(DeliveryRow).all()
        return {row.key: (row.channel, row.payload["text"]) for row in rows}


def test_creator_edits_by_default(administering: Administering) -> None:
    """The person who sets a series up edits it, unless another is chosen."""
    series = administering.create_series(T, "U_CAI", FORM, PEOPLE)

    assert ("U_CAI",) == series.editors
    assert ("U_ANA", "U_BEN") == series.contributors
    assert DEFAULT_QUESTIONS == series.questions
