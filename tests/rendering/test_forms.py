"""The form for answering."""

from datetime import UTC, date, datetime

from bot.domain.cadence import Cadence
from bot.domain.editions import Answer, Edition, EditionState, Source
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Numbering, Series
from bot.domain.weeks import Period
from bot.rendering.environments import Templates
from bot.rendering.forms import answers_form
from fakeslack.blocks import check_view

WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))
SERIES = Series(
    1,
    "T1",
    "C1",
    "Weeknotes",
    Cadence("UTC", WEEK.start),
    Layout.BY_PERSON,
    Numbering(),
    DEFAULT_QUESTIONS,
    ("U1",),
    (),
)
EDITION = Edition(1, "T1", 1, WEEK, EditionState.COLLECTING, DEFAULT_QUESTIONS)


def given(count: int) -> list[Answer]:
    """Return so many answers."""
    now = datetime(2026, 3, 5, 10, tzinfo=UTC)
    return [Answer(n, "T1", 1, "U1", "highlights", Source.THREAD, f"Word {n}.", now) for n in range(1, count + 1)]


def test_more_answers_than_a_form_holds_are_said_to_be_kept() -> None:
    """With 200 answers the form still opens, and says where the others are."""
    view = answers_form(SERIES, EDITION, given(200), Templates())

    assert check_view(view) == []
    assert "the latest 125 answers are kept too" in view["blocks"][0]["text"]["text"]


def test_each_answer_has_an_input_of_its_own() -> None:
    """Three answers, and an empty input for each question."""
    view = answers_form(SERIES, EDITION, given(3), Templates())

    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    named = [block_id for block_id in inputs if not block_id.startswith("inside:")]
    assert named == ["answer:1", "answer:2", "answer:3", "new:highlights", "new:also", "new:learned", "new:tune"]
