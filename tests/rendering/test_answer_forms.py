"""The form for answering."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.answer_forms import START, Cursor
from bot.domain.cadence import Cadence
from bot.domain.editions import Answer, Edition, EditionState, Source
from bot.domain.richtext import parse
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Numbering, Series
from bot.domain.weeks import Period
from bot.rendering.answer_forms import AnswerForms, shown
from bot.rendering.environments import Templates
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


def names_in(view: dict[str, Any]) -> list[str]:
    """Return the names of the inputs in which words are typed."""
    return [block["block_id"] for block in view["blocks"] if block.get("element", {}).get("type") == "rich_text_input"]


def test_more_answers_than_a_form_holds_come_on_further_pages() -> None:
    """With 200 answers each page is one that Slack takes, none is left out, and none comes twice."""
    forms, found = AnswerForms(Templates()), list[str]()
    starts: list[Cursor] = [START]
    for start in starts:
        view = forms.form(SERIES, EDITION, given(200), {}, start=start)
        assert check_view(view) == []
        found += names_in(view)
        starts += [tuple(following) for following in [json.loads(view["private_metadata"]).get("next")] if following]

    assert len(starts) > 1
    assert [*(f"answer:{n}" for n in range(1, 201)), *("new:" + q.key for q in DEFAULT_QUESTIONS)] == found


def test_long_answers_take_several_inputs_and_no_view_is_too_large() -> None:
    """Thirty answers of 12,000 characters each, with every word in a style of its own."""
    words = [{"type": "text", "text": f"word {n} ", "style": {"bold": n % 2 == 0}} for n in range(1_200)]
    section = {"type": "rich_text_section", "elements": words}
    long = [replace(each, blocks=({"type": "rich_text", "elements": [section]},)) for each in given(30)]

    view = AnswerForms(Templates()).form(SERIES, EDITION, long, {})

    assert check_view(view) == []
    assert len(json.dumps(view)) < 250_000
    assert ["answer:1", "answer:1/2/c20", "answer:1/3/c20", "answer:1/4/c20"] == names_in(view)[:4]


def test_a_question_that_may_be_left_out_says_so() -> None:
    """Beside the others stands nothing of the kind, and nothing in the form blocks saving it."""
    view = AnswerForms(Templates()).form(SERIES, EDITION, [], {})

    hints = {block["block_id"]: block["hint"]["text"] for block in view["blocks"] if "hint" in block}
    told = [name for name, hint in hints.items() if hint.startswith("Leave it empty if nothing comes to mind.")]
    assert ["new:also", "new:learned", "new:tune"] == told
    assert {True} == {block["optional"] for block in view["blocks"] if block["type"] == "input"}


def test_words_given_without_a_tree_are_shown_with_their_formatting() -> None:
    """A jot by command is text alone; in the form its bold words are bold."""
    jot = replace(given(1)[0], text="A *great* demo &amp; cake")

    block = shown(jot)

    assert parse("", [block]) == parse("A *great* demo &amp; cake")


def test_each_answer_has_an_input_of_its_own() -> None:
    """Three answers, and an empty input for each question."""
    view = AnswerForms(Templates()).form(SERIES, EDITION, given(3), {})

    assert names_in(view) == [
        "answer:1",
        "answer:2",
        "answer:3",
        "new:highlights",
        "new:also",
        "new:learned",
        "new:tune",
    ]
