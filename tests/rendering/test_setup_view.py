"""The setup form as Slack takes it."""

import json
from dataclasses import replace
from datetime import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cadence import Moment
from bot.domain.series import Layout, Question, Shape
from bot.domain.series_forms import EVERY_WEEKS, MAX_ASK, MAX_HEADING, MAX_NAME, MAX_QUESTIONS, SeriesForm
from bot.listeners.views.setup_state import setup_state
from bot.rendering.setup_view import ADD_QUESTION, VALUE, setup_view
from fakeslack.blocks import check_view
from fakeslack.inputs import values

moments = st.builds(
    Moment, st.integers(0, 6), st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))
)
ids = st.lists(st.text("UWABC0123456789", min_size=3, max_size=12), min_size=1, max_size=8, unique=True).map(tuple)
questions = st.builds(
    Question,
    st.text("abc-", max_size=40),
    st.text(max_size=MAX_ASK),
    st.text(max_size=MAX_HEADING),
    st.sampled_from(Shape),
)
forms = st.builds(
    SeriesForm,
    channel_id=st.just("C_TEAM"),
    name=st.text(min_size=1, max_size=MAX_NAME),
    contributors=ids,
    editors=ids,
    questions=st.lists(questions, max_size=MAX_QUESTIONS).map(tuple),
    zone=st.just("Europe/London"),
    ask=moments,
    remind=moments,
    draft=moments,
    publish=moments,
    every_weeks=st.sampled_from(EVERY_WEEKS),
    layout=st.sampled_from(Layout),
    needs_approval=st.booleans(),
)


def shown(view: dict[str, Any]) -> dict[str, Any]:
    """Return a view as Slack gives it back when nothing was touched."""
    return {**view, "state": {"values": values(view["blocks"], {}, None)}}


def only_buttons_lack_ids(view: dict[str, Any]) -> dict[str, Any]:
    """Give blocks without an id one, as Slack does."""
    blocks = [{"block_id": f"b{place}", **block} for place, block in enumerate(view["blocks"])]
    return {**view, "blocks": blocks}


@settings(max_examples=60, deadline=None)
@given(forms)
def test_any_form_is_taken_by_slack_and_read_back(form: SeriesForm) -> None:
    """Whatever is in the form, Slack accepts the view, and an untouched form reads as it was filled."""
    view = setup_view(form)
    kept = tuple(replace(question, is_optional=True) for question in form.questions)

    assert check_view(view) == []
    assert replace(form, questions=kept) == setup_state(shown(only_buttons_lack_ids(view))).form


def test_a_full_form_takes_no_more_questions() -> None:
    """With as many questions as there may be the button is gone, and Slack still accepts the view."""
    question = Question("q", "x" * MAX_ASK, "y" * MAX_HEADING, Shape.LINE)
    full = setup_view(SeriesForm("C_TEAM", "Name", ("U1",), ("U1",), questions=(question,) * MAX_QUESTIONS))
    one_less = setup_view(SeriesForm("C_TEAM", "Name", ("U1",), ("U1",), questions=(question,) * (MAX_QUESTIONS - 1)))

    assert check_view(full) == []
    assert ADD_QUESTION not in json.dumps(full)
    assert ADD_QUESTION in json.dumps(one_less)


def test_settings_do_not_offer_another_channel() -> None:
    """The form of a series that exists names its channel, and carries which series it changes."""
    view = setup_view(SeriesForm("C_TEAM", "Name", ("U1",), ("U1",)), series_id=7)
    state = setup_state(shown(only_buttons_lack_ids(view)))

    assert check_view(view) == []
    assert "conversations_select" not in json.dumps(view)
    assert (7, "C_TEAM") == (state.series_id, state.form.channel_id)


def test_an_emptied_time_does_not_break_the_form() -> None:
    """While a time is empty the form can still be drawn again with one more question."""
    view = shown(only_buttons_lack_ids(setup_view(SeriesForm("C_TEAM", "Name", ("U1",), ("U1",)))))
    view["state"]["values"]["ask.at"][VALUE]["selected_time"] = None

    assert time(10) == setup_state(view).form.ask.at
