"""From the form to the series."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.domain.cadence import Moment
from bot.domain.errors import ChangedMeanwhileError, InvalidInputError
from bot.domain.people import Person
from bot.domain.series import DEFAULT_QUESTIONS, Layout, Question, Shape
from bot.domain.series_forms import SeriesForm, changed_series, filled_in, fingerprint, form_of, new_series
from tests.support.told import told

TODAY = date(2026, 3, 4)
PEOPLE = {
    "U_ANA": Person("U_ANA", "Ana"),
    "U_BEN": Person("U_BEN", "Ben"),
    "U_ROBOT": Person("U_ROBOT", "Robot", is_bot=True),
    "U_GONE": Person("U_GONE", "Gwen", is_deactivated=True),
}
FORM = SeriesForm("C_TEAM", " Team   weeknotes ", ("U_ANA", "U_BEN", "U_ANA"), zone="europe/london")


def question(ask: str, heading: str = "", key: str = "") -> Question:
    """Return a question as the form gives it."""
    return Question(key, ask, heading, Shape.STORIES)


def test_a_form_becomes_a_series() -> None:
    """What was typed loosely is stored strictly; the creator edits; the run starts in this week."""
    series = new_series("T", "U_BEN", FORM, PEOPLE, TODAY)

    assert ("T", "C_TEAM", "Team weeknotes") == (series.workspace_id, series.channel_id, series.name)
    assert (("U_ANA", "U_BEN"), ("U_BEN",)) == (series.contributors, series.editors)
    assert ("Europe/London", date(2026, 3, 2)) == (series.cadence.zone, series.cadence.anchor)
    assert DEFAULT_QUESTIONS == series.questions


def test_the_form_of_a_series_changes_nothing() -> None:
    """Opening the form and saving it leaves the series as it was."""
    series = new_series("T", "U_BEN", replace(FORM, layout=Layout.PERSONAL, needs_approval=True), PEOPLE, TODAY)

    assert series == changed_series(series, form_of(series), PEOPLE, date(2026, 6, 3))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    (
        ({"channel_id": ""}, "channel", "choose the channel"),
        ({"name": "  "}, "name", "give these weeknotes a name"),
        ({"name": "x" * 81}, "name", "80 characters"),
        ({"contributors": ()}, "contributors", "at least one person"),
        ({"contributors": ("U_ROBOT",)}, "contributors", "I can’t ask Robot, who is a bot or has left"),
        ({"contributors": ("U_ROBOT", "U_GONE")}, "contributors", "I can’t ask Robot and Gwen, who are bots or have"),
        ({"contributors": ("U_NOBODY",)}, "contributors", "U_NOBODY"),
        ({"editors": ("U_GONE",)}, "editors", "Gwen"),
        ({"zone": "Nowhere"}, "zone", "no time zone"),
        ({"every_weeks": 3}, "every_weeks", "every four weeks"),
        ({"questions": (question(" "), question(""))}, "question.ask", "at least one question"),
        ({"questions": (question(""), question("x" * 501))}, "question.ask", "500 characters"),
        ({"questions": (question("x", "y" * 151),)}, "question.heading", "150 characters"),
        ({"questions": tuple(question(f"q{n}") for n in range(21))}, "question.ask", "20 at most"),
        ({"draft": Moment(3, time(9))}, "draft.at", "after the questions"),
        ({"publish": Moment(4, time(15))}, "publish.at", "after its draft"),
        ({"remind": Moment(3, time(9))}, "remind.at", "after the questions"),
        ({"remind": Moment(6, time(9))}, "remind.at", "before the note"),
        ({"season": "three"}, "season", "whole number"),
        ({"next_number": "-1"}, "next_number", "whole number"),
        ({"next_number": "٣"}, "next_number", "whole number"),
        ({"next_number": "9" * 200}, "next_number", "whole number"),
        ({"reminder_limit": 4}, "reminder_limit", "between 0 and 3"),
        ({"grace_days": -1}, "grace_days", "between 0 and 28"),
        ({"number_template": "{nonsense}"}, "number_template", "{nonsense}"),
        ({"title_template": "{number"}, "title_template", "braces"),
    ),
)
def test_mistakes_are_said_at_their_field(changes: dict[str, Any], field: str, words: str) -> None:
    """Each thing that cannot be used gets a sentence, at the input it came from."""
    with pytest.raises(InvalidInputError) as refused:
        new_series("T", "U_BEN", replace(FORM, **changes), PEOPLE, TODAY)

    assert field == refused.value.field
    assert words in told(refused.value)


def test_new_questions_get_keys_of_their_own() -> None:
    """A new question's key is made of its words, and never one that is taken."""
    given = (
        question("What next?", "Next week", key="next-week"),
        question("And?", "Next week!"),
        question("¿Qué?", "…"),
    )
    series = new_series("T", "U_BEN", replace(FORM, questions=given), PEOPLE, TODAY)

    assert ["next-week", "next-week-2", "question"] == [each.key for each in series.questions]


def test_who_has_left_keeps_no_setting_from_being_saved() -> None:
    """Somebody who left the workspace stays in the list until they are taken out; nobody like them is added."""
    series = replace(new_series("T", "U_BEN", FORM, PEOPLE, TODAY), contributors=("U_ANA", "U_GONE"))
    renamed = changed_series(series, replace(form_of(series), name="Other"), PEOPLE, TODAY)

    assert ("U_ANA", "U_GONE") == renamed.contributors
    with pytest.raises(InvalidInputError, match="people_cannot_be_asked"):
        changed_series(series, replace(form_of(series), contributors=("U_GONE", "U_ROBOT")), PEOPLE, TODAY)


def test_what_somebody_else_changed_meanwhile_is_noticed() -> None:
    """A section is filled in only where it stands as it was shown, or says the same already."""
    form = form_of(new_series("T", "U_BEN", FORM, PEOPLE, TODAY))
    mine, shown = {"name": "Mine", "channel_id": "C_TEAM"}, fingerprint(form, ("name", "channel_id"))

    assert "Mine" == filled_in(replace(form, grace_days=1), mine, shown).name
    assert "Mine" == filled_in(replace(form, name="Mine"), mine, shown).name
    with pytest.raises(ChangedMeanwhileError):
        filled_in(replace(form, name="Theirs"), mine, shown)


def test_another_rhythm_starts_this_week() -> None:
    """Changing how often anchors the weeks anew; changing anything else does not."""
    series = new_series("T", "U_BEN", FORM, PEOPLE, TODAY)
    later = date(2026, 3, 18)
    same = changed_series(series, replace(form_of(series), name="Other"), PEOPLE, later)
    fortnightly = changed_series(series, replace(form_of(series), every_weeks=2), PEOPLE, later)

    assert (date(2026, 3, 2), date(2026, 3, 16)) == (same.cadence.anchor, fortnightly.cadence.anchor)


@pytest.mark.parametrize(
    ("template", "episode", "count"), (("{season}.{episode}", 9, 1), ("#{count}", 1, 9), ("{episode} (#{count})", 9, 1))
)
def test_the_next_number_is_the_one_the_template_shows(template: str, episode: int, count: int) -> None:
    """“Number of the next note” sets the episode, or the running count without episodes."""
    series = new_series("T", "U_BEN", replace(FORM, number_template=template, next_number="9"), PEOPLE, TODAY)

    assert (episode, count) == (series.numbering.episode, series.numbering.count)
