"""Each step once and on time, in whatever zone, whenever the clocks are changed, and when the rules change."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, reset_tzpath

import pytest
from sqlmodel import select

from bot.domain.cadence import Cadence, Moment
from bot.domain.editions import StepKind
from bot.domain.planning import plan_steps
from bot.domain.weeks import Period
from chaos.zones import check_some, judge, zones_by_rules
from storage.models import StepRow
from tests.support.clocks import FrozenClock
from tests.support.staff import Staff, T


def test_every_step_is_due_once_at_its_time(randomly_seed: int) -> None:
    """In zones drawn by lot, in the weeks in which their clocks are changed, at the times at which that happens."""
    found = check_some(randomly_seed, 25)

    assert found.wrong == ()
    assert found.editions > 25 * 6 * 6
    assert found.skipped
    assert found.repeated


@pytest.fixture
def randomly_seed(request: pytest.FixtureRequest) -> int:
    """Give the seed that this run of the tests prints."""
    return int(request.config.getoption("randomly_seed"))


def test_a_step_at_another_time_would_be_noticed() -> None:
    """An hour off, the second of two, or not right after a gap: each is wrong."""
    london = ZoneInfo("Europe/London")
    nine, half_past_one = datetime(2026, 10, 23, 9), datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001 - what clocks show
    skipped = datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001

    assert judge(datetime(2026, 10, 23, 8, tzinfo=UTC), nine, london) == "right"
    assert judge(datetime(2026, 10, 23, 9, tzinfo=UTC), nine, london) == "wrong"
    assert judge(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), half_past_one, london) == "repeated"
    assert judge(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), half_past_one, london) == "wrong"
    assert judge(datetime(2026, 3, 29, 1, tzinfo=UTC), skipped, london) == "skipped"
    assert judge(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), skipped, london) == "wrong"


def test_names_that_share_their_rules_are_looked_at_once() -> None:
    """Every zone is among them."""
    shared = zones_by_rules()

    assert any({"Europe/London", "Europe/Belfast"} <= set(names) for names in shared.values())
    assert sum(map(len, shared.values())) > 590


def test_friday_in_kiritimati_and_in_pago_pago() -> None:
    """A day and an hour lie between them: each is asked on a Thursday of their own, and the note has one Friday."""
    cadence = Cadence("Pacific/Kiritimati", date(2026, 12, 28), 1, *(Moment(day, time(10)) for day in (3, 4, 4)))
    week = Period(date(2026, 12, 28), date(2027, 1, 3))  # the 53rd of its year
    steps = plan_steps(cadence, week, {"U_KIRI": "Pacific/Kiritimati", "U_PAGO": "Pacific/Pago_Pago"})
    due = {(step.kind, step.user_id): step.due_at for step in steps}

    assert len(due) == len(steps)
    assert due[StepKind.ASK, "U_KIRI"] == datetime(2026, 12, 30, 20, tzinfo=UTC)
    assert due[StepKind.ASK, "U_PAGO"] == datetime(2026, 12, 31, 21, tzinfo=UTC)
    assert due[StepKind.PUBLISH, ""] == datetime(2027, 1, 1, 2, tzinfo=UTC)


@pytest.fixture
def staff(sqlite_url: str, clock: FrozenClock) -> Iterator[Staff]:
    """Give the services of a bot that never starts."""
    made = Staff.of(sqlite_url, clock)
    yield made
    made.database.dispose()


def dues(staff: Staff, kind: StepKind) -> list[tuple[datetime, str]]:
    """Return when steps of a kind are due, and what became of them."""
    with staff.database.session() as session:
        found = session.exec(select(StepRow).filter_by(kind=kind.value, user_id="").order_by("due_at"))
        return [(row.due_at, row.state) for row in found]


@pytest.fixture
def newer_rules(tmp_path: Path) -> Iterator[None]:
    """Let London do without summer time from now on, as a newer tzdata might have it; restored at the end."""
    with as_file(files("tzdata.zoneinfo")) as folder:
        shutil.copytree(folder, tmp_path / "zoneinfo", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copy(tmp_path / "zoneinfo/Africa/Abidjan", tmp_path / "zoneinfo/Europe/London")
    before = TZPATH
    reset_tzpath([str(tmp_path / "zoneinfo")])
    ZoneInfo.clear_cache()
    yield
    reset_tzpath(before)
    ZoneInfo.clear_cache()


def test_a_zone_that_changes_its_rules_moves_what_is_still_due(staff: Staff, request: pytest.FixtureRequest) -> None:
    """Planned under one set of rules and looked at again under another: still one note, at four by the new clock."""
    staff.clock.jump(datetime(2026, 4, 6, 9, tzinfo=UTC))
    series = staff.series()
    assert dues(staff, StepKind.PUBLISH)[0] == (datetime(2026, 4, 10, 15, tzinfo=UTC), "due")

    request.getfixturevalue("newer_rules")
    staff.services.scheduling.plan(T, series.id)

    fridays = [datetime(2026, 4, 10, 16, tzinfo=UTC), datetime(2026, 4, 17, 16, tzinfo=UTC)]
    assert dues(staff, StepKind.PUBLISH) == [(friday, "due") for friday in fridays]


def test_a_clock_that_jumps_back_or_ahead_repeats_and_forgets_nothing(staff: Staff) -> None:
    """A day back after the note is out, then three weeks ahead: nothing comes twice, and the week after is planned."""
    staff.series()
    staff.at(datetime(2026, 3, 5, 10, tzinfo=UTC))
    staff.say("The library opened.", "1772704900.000001")
    friday = datetime(2026, 3, 6, 16, tzinfo=UTC)
    for moment in (friday, friday - timedelta(days=1), friday, friday + timedelta(weeks=3)):
        staff.at(moment)

    keys = [owed.key for kind in ("digest", "draft") for owed in staff.owed(kind)]
    asked = [owed.key for owed in staff.owed("prompt")]
    assert ["edition:1:digest:1"] == [key for key in keys if ":digest:" in key]
    assert len(keys) == len(set(keys))
    assert len(asked) == len(set(asked))
    states = dict(dues(staff, StepKind.PUBLISH))
    assert states[friday] == "done"
    assert "due" not in {state for due, state in states.items() if due <= staff.clock.now()}
    assert states[datetime(2026, 4, 3, 15, tzinfo=UTC)] == "due"
