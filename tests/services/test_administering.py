"""Setting up series, and finding the one that somebody means."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.domain.editions import StepKind
from bot.domain.errors import InvalidInputError, NoSeriesHereError, NotAllowedError, WhichSeriesError
from bot.domain.people import Person
from bot.domain.series_forms import SeriesForm, form_of
from bot.domain.workspaces import Workspace
from bot.rendering.environments import Templates
from bot.services.administering import Administering
from bot.services.workspaces import Workspaces
from storage import steps
from storage.database import Database
from storage.models import DeliveryRow, SeriesRow
from tests.support.clocks import FrozenClock
from tests.support.told import told

T = "T_TEAM"
PEOPLE = {
    "U_ANA": Person("U_ANA", "Ana Okafor", "Europe/London"),
    "U_BEN": Person("U_BEN", "Ben Hale", "America/New_York"),
    "U_CAI": Person("U_CAI", "Cai <!channel>"),
}
FORM = SeriesForm("C_TEAM", "Team weeknotes", ("U_ANA", "U_BEN"), zone="Europe/London")
DEFAULTS = {"ask": "Thursday 5 March at 10:00", "publish": "Friday 6 March at 16:00"}


@pytest.fixture
def workspaces(database: Database, clock: FrozenClock) -> Workspaces:
    """Give a workspace whose people are known."""
    made = Workspaces(database, clock)
    made.installed(Workspace(T, "Team", scopes=frozenset({"chat:write"})))
    made.know(T, PEOPLE.values())
    return made


@pytest.fixture
def administering(workspaces: Workspaces, clock: FrozenClock) -> Administering:
    """Give the service on that workspace."""
    return Administering(workspaces.database, clock, Templates())


def said(database: Database) -> dict[tuple[str, str], str]:
    """Return the text of each delivery, by what it is and where it goes."""
    with database.session() as session:
        rows = session.exec(select(DeliveryRow).order_by(DeliveryRow.id)).all()  # type: ignore[arg-type]
        return {(row.kind, row.channel): row.payload["text"] for row in rows}


def test_the_creator_edits_unless_others_are_chosen(administering: Administering) -> None:
    """The person who sets a series up is its editor by default."""
    own = administering.create_series(T, "U_CAI", FORM, PEOPLE)
    others = administering.create_series(T, "U_CAI", replace(FORM, channel_id="C_2", editors=("U_ANA",)), PEOPLE)

    assert (("U_CAI",), ("U_ANA",)) == (own.editors, others.editors)


def test_setting_up_introduces_and_plans(administering: Administering) -> None:
    """The series is stored with its steps planned, the channel is greeted, and the creator is told what comes next."""
    series = administering.create_series(T, "U_CAI", FORM, PEOPLE, is_in_channel=True)

    owed = said(administering.database)
    introduction, welcome = owed["setup_introduction", "C_TEAM"], owed["setup_welcome", "U_CAI"]
    assert series == administering.find_series(T, "C_TEAM", "U_ANA")
    assert "Cai &lt;!channel&gt; has just set it up" in introduction
    assert "Ana Okafor and Ben Hale" in introduction
    assert "<!" not in introduction + welcome
    assert all(when in welcome for when in DEFAULTS.values())
    with administering.database.session() as session:
        planned = steps.upcoming(session, T, series.id)
        asked = {step.user_id: step.due_at for step in planned if step.kind is StepKind.ASK and step.due_at.day < 10}
    assert {
        "U_ANA": datetime(2026, 3, 5, 10, tzinfo=UTC),
        "U_BEN": datetime(2026, 3, 5, 15, tzinfo=UTC),
    } == asked


def test_late_in_the_week_the_dates_are_of_the_next(administering: Administering, clock: FrozenClock) -> None:
    """Set up after this week's asking, a series starts next week, and every date it tells is of next week."""
    clock.jump(datetime(2026, 3, 6, 9, tzinfo=UTC))
    administering.create_series(T, "U_CAI", FORM, PEOPLE)

    welcome = said(administering.database)["setup_welcome", "U_CAI"]
    assert "Thursday 12 March at 10:00" in welcome
    assert "6 March" not in welcome


@pytest.mark.parametrize(
    ("is_in_channel", "greeted", "hint"),
    ((True, True, ""), (False, False, "I’m not in"), (None, True, "If I’m not in")),
)
def test_a_bot_outside_the_channel_says_so(
    administering: Administering, is_in_channel: bool | None, greeted: bool, hint: str
) -> None:
    """Where the bot cannot post it does not try, and tells the creator to invite it."""
    administering.create_series(T, "U_CAI", FORM, PEOPLE, is_in_channel=is_in_channel)

    owed = said(administering.database)
    welcome = owed["setup_welcome", "U_CAI"]
    assert greeted == (("setup_introduction", "C_TEAM") in owed)
    assert hint in welcome
    assert ("/invite" in welcome) == bool(hint)


def test_an_invited_bot_says_hello_once(administering: Administering) -> None:
    """Coming into the channel the bot introduces its series, in the creator's name, however often it comes."""
    administering.create_series(T, "U_CAI", FORM, PEOPLE, is_in_channel=False)
    for _ in range(2):
        administering.bot_joined(T, "C_TEAM", "U_BEN")
        administering.bot_joined(T, "C_WITHOUT", "U_BEN")

    introductions = [text for (kind, _), text in said(administering.database).items() if kind == "setup_introduction"]
    assert len(introductions) == 1
    assert "Cai" in introductions[0]


def test_a_bot_taken_out_tells_the_editors(administering: Administering) -> None:
    """Each editor is told once that nothing can be posted; a channel without a series concerns nobody."""
    administering.create_series(T, "U_CAI", replace(FORM, editors=("U_ANA", "U_BEN")), PEOPLE)
    for _ in range(2):
        administering.bot_left(T, "C_TEAM", "Ev1")
        administering.bot_left(T, "C_WITHOUT", "Ev2")

    told = {channel for kind, channel in said(administering.database) if kind == "setup_left"}
    assert {"U_ANA", "U_BEN"} == told


def test_a_channel_has_one_series(administering: Administering) -> None:
    """A second series in a channel is refused at the channel's input, and nothing is said."""
    administering.create_series(T, "U_CAI", FORM, PEOPLE)
    before = said(administering.database)
    with pytest.raises(InvalidInputError) as refused:
        administering.create_series(T, "U_ANA", replace(FORM, name="Mine"), PEOPLE)

    assert refused.value.field == "channel"
    assert before == said(administering.database)


def test_nothing_is_kept_of_a_form_with_a_mistake(administering: Administering) -> None:
    """A form that cannot be used leaves no trace."""
    with pytest.raises(InvalidInputError):
        administering.create_series(T, "U_CAI", replace(FORM, zone="Nowhere"), PEOPLE)

    with administering.database.session() as session:
        assert session.exec(select(SeriesRow)).all() == []
    assert said(administering.database) == {}


def test_the_form_opens_with_what_suits(administering: Administering) -> None:
    """Where there is no series the form has the person's zone and themselves; an editor's has the settings."""
    fresh = administering.open_form(T, "C_TEAM", "U_BEN")
    series = administering.create_series(T, "U_CAI", FORM, PEOPLE)
    filled = administering.open_form(T, "C_TEAM", "U_CAI")

    assert ("America/New_York", ("U_BEN",), None) == (fresh.form.zone, fresh.form.contributors, fresh.series_id)
    assert (form_of(series), series.id) == (filled.form, filled.series_id)


def test_only_an_editor_opens_the_settings(administering: Administering) -> None:
    """Somebody else is told who the editors are."""
    series = administering.create_series(T, "U_BEN", FORM, PEOPLE)
    with pytest.raises(NotAllowedError, match="editors_set_up") as refused:
        administering.open_form(T, "C_TEAM", "U_ANA")

    assert told(refused.value).endswith("Ask Ben Hale.")
    assert series == administering.find_series(T, "C_TEAM", "U_ANA")


def test_a_series_of_another_workspace_is_not_found(administering: Administering) -> None:
    """A button of a series of another workspace says that there is none."""
    series = administering.create_series(T, "U_CAI", FORM, PEOPLE)

    with pytest.raises(NoSeriesHereError):
        administering.chosen_series("T_OTHER", series.id, "U_CAI", "publish")


def test_the_channels_series_is_meant_first(administering: Administering) -> None:
    """In a channel its series is meant, even by somebody who takes part in others."""
    here = administering.create_series(T, "U_CAI", FORM, PEOPLE)
    administering.create_series(T, "U_CAI", replace(FORM, channel_id="C_2"), PEOPLE)

    assert here == administering.find_series(T, "C_TEAM", "U_ANA", "jot")
    assert here == administering.find_series(T, "C_TEAM", "U_CAI", "publish")


def test_elsewhere_the_only_one_is_meant(administering: Administering) -> None:
    """In a direct message the only series in which somebody may do this is meant; of several, they choose."""
    first = administering.create_series(T, "U_CAI", FORM, PEOPLE)
    only = administering.find_series(T, "D_ANA", "U_ANA", "jot")
    second = administering.create_series(T, "U_ANA", replace(FORM, channel_id="C_2"), PEOPLE)

    with pytest.raises(WhichSeriesError) as asked:
        administering.find_series(T, "D_ANA", "U_ANA", "jot")
    assert first == only
    assert (first, second) == asked.value.choices
    assert second == administering.find_series(T, "D_ANA", "U_ANA", "publish")


def test_ones_own_part_is_ones_own_anywhere(administering: Administering) -> None:
    """A jot in the channel of a series that does not ask them goes to their own; publishing does not wander so."""
    own = administering.create_series(T, "U_CAI", replace(FORM, contributors=("U_ANA",), editors=("U_ANA",)), PEOPLE)
    administering.create_series(T, "U_BEN", replace(FORM, channel_id="C_2", contributors=("U_BEN",)), PEOPLE)

    assert own == administering.find_series(T, "C_2", "U_ANA", "jot")
    with pytest.raises(NotAllowedError, match="editors_only") as refused:
        administering.find_series(T, "C_2", "U_ANA", "publish")

    assert told(refused.value).endswith("Ask Ben Hale.")


def test_without_a_series_that_is_said(administering: Administering) -> None:
    """Where there is none and somebody takes part in none, that is what they are told."""
    with pytest.raises(NoSeriesHereError):
        administering.find_series(T, "C_TEAM", "U_ANA", "status")


def test_an_uninstalled_app_is_not_installed(workspaces: Workspaces) -> None:
    """After the app is removed its workspace is known but has no scopes; installing it again gives them back."""
    installed = Workspace(T, "Team", scopes=frozenset({"chat:write"}))
    workspaces.uninstalled(T)
    workspaces.uninstalled("T_NEVER_SEEN")
    gone = workspaces.get(T)
    workspaces.installed(installed)

    assert replace(installed, scopes=frozenset()) == gone
    assert installed == workspaces.get(T)


def test_a_new_zone_moves_what_somebody_is_asked(administering: Administering, workspaces: Workspaces) -> None:
    """Somebody who moves is asked at the same hour where they now are."""
    series = administering.create_series(T, "U_CAI", FORM, PEOPLE)
    workspaces.person_changed(T, replace(PEOPLE["U_ANA"], zone="Asia/Tokyo"))

    with administering.database.session() as session:
        asked = [
            step.due_at
            for step in steps.upcoming(session, T, series.id)
            if step.kind is StepKind.ASK and step.user_id == "U_ANA"
        ]
    assert datetime(2026, 3, 5, 1, tzinfo=UTC) == asked[0]
