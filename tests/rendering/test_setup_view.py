"""The setup form and the settings, as Slack takes them."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.bank import MAX_BANK
from bot.domain.cadence import Cadence, Moment, usual_steps_between
from bot.domain.numbering import STYLES
from bot.domain.series import DEFAULT_QUESTIONS, AsksIn, Layout, Numbering, Question, Series, Shape
from bot.domain.series_checks import EVERY_WEEKS, MAX_ASK, MAX_HEADING, MAX_NAME, MAX_QUESTIONS
from bot.domain.series_forms import MAX_TEMPLATE, SeriesForm, form_of
from bot.domain.weeks import Period
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed
from bot.rendering.settings import questions
from bot.rendering.settings.views import LISTED, SECTIONS, Opened, SettingsViews
from bot.rendering.setup_view import setup_form, setup_view
from fakeslack.blocks import check_view
from fakeslack.inputs import values
from tests.support.opinion import objections

WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))
NAMES = {"U_ANA": "Ana Okafor", "U_DEE": "Dee <!channel>"}
SERIES = Series(
    7,
    "T_TEAM",
    "C_TEAM",
    "Digital weeknotes",
    Cadence("Europe/London", date(2026, 3, 2)),
    Layout.BY_PERSON,
    Numbering(season=3, episode=24),
    DEFAULT_QUESTIONS,
    contributors=("U_ANA", "U_DEE"),
    editors=("U_DEE",),
)
OPENED = Opened(SERIES, NAMES, WEEK, notices=(), styles=(), is_editor=True)
VIEWS = SettingsViews(Templates())
PAGES = (None, *LISTED)

minutes = st.integers(0, 7 * 24 * 60 - 1)
templates = st.text(min_size=1, max_size=MAX_TEMPLATE)
ids = st.lists(st.text("UWABC0123456789", min_size=3, max_size=12), min_size=1, max_size=8, unique=True).map(tuple)
asked = st.builds(
    Question,
    st.text("abc-", min_size=1, max_size=40),
    st.text(min_size=1, max_size=MAX_ASK),
    st.text(max_size=MAX_HEADING),
    st.sampled_from(Shape),
    st.booleans(),
)
forms = st.builds(
    SeriesForm,
    channel_id=st.just("C_TEAM"),
    name=st.text(min_size=1, max_size=MAX_NAME),
    contributors=ids,
    editors=ids,
    zone=st.just("Europe/London"),
    every_weeks=st.sampled_from(EVERY_WEEKS),
    layout=st.sampled_from(Layout),
    number_template=templates,
    title_template=templates,
    needs_approval=st.booleans(),
    reminder_limit=st.integers(0, 3),
    grace_days=st.integers(0, 28),
    asks_guests=st.booleans(),
    follows_channel=st.booleans(),
    draws_question=st.booleans(),
    bank=st.text(min_size=1, max_size=MAX_BANK),  # an empty one shows the one that is shipped
    asks_in=st.sampled_from(AsksIn),
)


def shown(view: dict[str, Any]) -> dict[str, Any]:
    """Return a view as Slack gives it back when nothing was touched."""
    blocks = [{"block_id": f"b{place}", **block} for place, block in enumerate(view["blocks"])]
    return {**view, "state": {"values": values(blocks, {}, None)}}


def page(key: str | None) -> dict[str, Any]:
    """Return a page of the settings; None is the overview."""
    return VIEWS.overview(OPENED, "Saved.") if key is None else VIEWS.section(OPENED, key)


@settings(max_examples=15, deadline=None)
@given(
    forms,
    st.tuples(minutes, minutes).filter(lambda times: times[0] + 1 < times[1]),
    st.sampled_from(list(STYLES.values())),
)
def test_an_untouched_setup_form_reads_as_it_was_filled(form: SeriesForm, times: tuple[int, int], style: str) -> None:
    """Whatever is in the form, Slack accepts it, and what it asks for comes back; the steps between follow."""
    ask, publish = (Moment(at // 1440, time(at % 1440 // 60, at % 60)) for at in times)
    form = replace(form, ask=ask, publish=publish, number_template=style)
    view = setup_view(Templates(), form)
    read = setup_form(shown(view), Templates())

    assert check_view(view) == []
    assert (ask, publish) == (read.ask, read.publish)
    for field in ("name", "contributors", "follows_channel", "layout", "number_template", "season", "next_number"):
        assert getattr(form, field) == getattr(read, field)
    assert [question.key for question in DEFAULT_QUESTIONS] == [question.key for question in read.questions]
    in_order = [(moment.weekday, moment.at) for moment in (read.ask, read.draft, read.publish)]
    assert in_order == sorted(set(in_order))
    assert (ask.weekday, ask.at) < (read.remind.weekday, read.remind.at) < (publish.weekday, publish.at)


def test_the_usual_steps_are_the_defaults() -> None:
    """Where asking and publishing are as suggested, so are the reminder and the draft."""
    form = form_of(SERIES)

    assert (form.remind, form.draft) == usual_steps_between(form.ask, form.publish)


@settings(max_examples=20, deadline=None)
@given(forms, st.sampled_from(tuple(SECTIONS)))
def test_an_untouched_section_reads_as_it_was_filled(form: SeriesForm, key: str) -> None:
    """Whatever is in a section, Slack accepts it, and saving it untouched changes nothing."""
    view = VIEWS.section(OPENED, key, form=form)
    read = SECTIONS[key].read(Typed.of(shown(view)))

    assert check_view(view) == []
    assert set(SECTIONS[key].fields) == set(read)
    assert form == replace(form, **read)


@settings(max_examples=15, deadline=None)
@given(st.lists(asked, min_size=1, max_size=MAX_QUESTIONS, unique_by=lambda question: question.key))
def test_any_questions_are_listed_and_read_back(given_questions: list[Question]) -> None:
    """The list takes as many as there may be, and the form of each reads as it was filled."""
    series = replace(SERIES, questions=tuple(given_questions))
    listed = VIEWS.section(replace(OPENED, series=series), questions.KEY)
    form = VIEWS.question(replace(OPENED, series=series), given_questions[-1])

    assert [] == [*check_view(listed), *check_view(form)]
    assert given_questions[-1] == questions.read(Typed.of(shown(form)), given_questions[-1].key)
    assert (questions.ADD in json.dumps(listed)) == (len(given_questions) < MAX_QUESTIONS)


@pytest.mark.parametrize("key", PAGES, ids=str)
def test_each_page_is_as_it_was_found_good(key: str | None, golden: Any) -> None:  # noqa: ANN401
    """The overview and each section, letter for letter; a second opinion has nothing against them."""
    view = page(key)
    rendered = json.dumps(view, ensure_ascii=False, indent=2) + "\n"

    assert golden(f"settings/{key or 'overview'}.json", rendered) == rendered
    assert [] == check_view(view)
    assert [] == objections([{"view": view}])


def test_the_first_question_has_nowhere_to_go_but_down() -> None:
    """The menu offers what can be done; the only question cannot be taken out."""
    first, *_, last = (block["accessory"] for block in page(questions.KEY)["blocks"] if "accessory" in block)
    alone = VIEWS.section(replace(OPENED, series=replace(SERIES, questions=DEFAULT_QUESTIONS[:1])), questions.KEY)

    assert ["Change", "Move down", "Take out"] == [option["text"]["text"] for option in first["options"]]
    assert ["Change", "Move up", "Take out"] == [option["text"]["text"] for option in last["options"]]
    assert "Take out" not in json.dumps(alone)
