"""Which notes an editor takes away, and whom they speak of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.editions import Edition
from bot.domain.errors import InvalidInputError
from bot.domain.exports import Format
from bot.domain.note_exports import (
    WantedNotes,
    chosen,
    file_name,
    fingerprint_of,
    read_wanted_notes,
    spoken_of,
)
from bot.domain.notes import Section
from bot.domain.quoting import quoted
from bot.domain.richtext import parse
from bot.domain.series import Layout
from bot.domain.weeks import period_of_weeks
from tests.support import note_samples, weeks

TODAY = date(2026, 3, 20)
MONDAY = date(2025, 12, 15)


def published() -> list[Edition]:
    """Return the editions of fourteen weeks on end, the last of which covers two."""
    found = [
        replace(
            weeks.edition(number=f"1.{n}"), id=n, period=period_of_weeks(MONDAY + timedelta(weeks=n), 1 + (n == 11))
        )
        for n in range(12)
    ]
    return [*found, replace(weeks.edition(number="#217"), id=99, period=period_of_weeks(date(2025, 3, 3), 1))]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    (
        ("", WantedNotes()),
        ("html", WantedNotes(format=Format.HTML)),
        ("Week 10 MD inside", WantedNotes("Week 10", Format.MARKDOWN, is_inside=True)),
        ("atom 3.24", WantedNotes("3.24", Format.ATOM)),
        ("inside csv 1 Mar – 8 Mar", WantedNotes("1 Mar to 8 Mar", Format.CSV, is_inside=True)),
    ),
)
def test_a_format_and_which_notes_are_read(typed: str, wanted: WantedNotes) -> None:
    """The words may come in any order."""
    assert wanted == read_wanted_notes(typed)


@pytest.mark.parametrize("typed", ("html csv", "atom inside"))
def test_two_formats_and_an_entry_for_inside_are_refused(typed: str) -> None:
    """An Atom entry is for outside, and a document has one format."""
    with pytest.raises(InvalidInputError):
        read_wanted_notes(typed)


@pytest.mark.parametrize(
    ("which", "ids"),
    (
        ("", [11]),
        ("1.3", [3]),
        ("217", [99]),
        ("#217", [99]),
        ("week 10", [11]),
        ("week 11", [11]),
        ("WEEK 51", [0]),
        ("week 10 2025", [99]),
        ("2025-W10", [99]),
        ("w2", [3]),
        ("6 March", [11]),
        ("2026-03-06", [11]),
        ("from 1 jan to 12 jan", [4, 3, 2]),
    ),
)
def test_notes_are_found_by_number_week_and_days(which: str, ids: list[int]) -> None:
    """A number comes first, a week without its year is the latest such, days find every note that touches them."""
    assert ids == [edition.id for edition in chosen(published(), which, TODAY)]


@pytest.mark.parametrize(
    "which", ("week 40", "9.9", "1 Jun 2025", "whenever", "2026-03-08 to 2026-03-01", "1 Mar 2025 to today", "to")
)
def test_what_is_not_there_gets_a_sentence(which: str) -> None:
    """No note is guessed, and not more are sent than anybody reads."""
    with pytest.raises(InvalidInputError):
        chosen(published(), which, TODAY)


def test_before_the_first_note_there_is_none() -> None:
    """A series without a note says so."""
    with pytest.raises(InvalidInputError, match="no_note_yet"):
        chosen([], "", TODAY)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    """Nothing that somebody types breaks it."""
    try:
        found = chosen(published(), read_wanted_notes(typed).which, TODAY)
    except InvalidInputError:
        return
    assert found


def test_a_file_for_inside_is_named_so() -> None:
    """Nobody takes it for the other."""
    period = weeks.WEEK_47

    assert "weeknotes-2025-11-17-to-2025-11-23.md" == file_name(period, Format.MARKDOWN, is_inside=False)
    assert "weeknotes-2025-11-17-to-2025-11-23-inside.csv" == file_name(period, Format.CSV, is_inside=True)


def test_those_who_wrote_and_those_who_are_mentioned_are_named() -> None:
    """Each once, whether in a paragraph, a list or a heading; who is only in what stays inside is not."""
    assert ("Ana Okafor", "Ben Lindqvist") == spoken_of(note_samples.in_stories())
    assert ("Ana Okafor", "Ben Lindqvist", "Cy Marsh") == spoken_of(note_samples.of_team(Layout.BY_QUESTION))
    hushed = weeks.note({"U_ANA": {"highlights": ("Quiet.\n🔒 <@U_BEN> is leaving.",)}})
    assert ("Ana Okafor",) == spoken_of(hushed.outside())


def test_those_whose_words_were_saved_are_named() -> None:
    """The author of a quote is in the list that an editor confirms."""
    saved = quoted(parse("We shipped it"), "Cai Tran", "https://team.slack.com/archives/C1/p1")
    note = note_samples.of_team(Layout.BY_PERSON)
    with_quote = replace(note, sections=(*note.sections, Section(blocks=saved.blocks)))

    assert "Cai Tran" not in spoken_of(note)
    assert "Cai Tran" in spoken_of(with_quote)


def test_other_names_have_another_fingerprint() -> None:
    """Their order does not matter."""
    assert fingerprint_of(["Ana", "Ben"]) == fingerprint_of(["Ben", "Ana"])
    assert fingerprint_of(["Ana", "Ben"]) != fingerprint_of(["Ana"])
