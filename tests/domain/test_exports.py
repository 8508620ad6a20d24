"""What somebody may take with them: reading which days and how, and what spreadsheets may not run."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import months_before
from bot.domain.errors import InvalidInputError
from bot.domain.exports import Format, Wanted, in_pieces, read_wanted, safe_cell

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    (
        ("", Wanted(date(2025, 9, 5), TODAY)),
        ("CSV", Wanted(date(2025, 9, 5), TODAY, Format.CSV)),
        ("1 Jan to 31 Jan", Wanted(date(2026, 1, 1), date(2026, 1, 31))),
        ("from 2025-12-20 to Jan 5 html", Wanted(date(2025, 12, 20), date(2026, 1, 5), Format.HTML)),
        ("json 1 december until today", Wanted(date(2025, 12, 1), TODAY, Format.JSON)),
        ("1 Mar to 31 Mar", Wanted(date(2026, 3, 1), date(2026, 3, 31))),
        ("1 Dec to 31 Mar csv", Wanted(date(2025, 12, 1), date(2026, 3, 31), Format.CSV)),
        ("20 Dec", Wanted(date(2025, 12, 20), TODAY)),
        ("29 Feb to 1 March 2024", Wanted(date(2024, 2, 29), date(2024, 3, 1))),
        ("1 feb – yesterday", Wanted(date(2026, 2, 1), date(2026, 3, 4))),
    ),
)
def test_days_and_format_are_read(typed: str, wanted: Wanted) -> None:
    """Days without a year are the latest of the past, the last of a month that has begun; no days are six months."""
    assert wanted == read_wanted(typed, TODAY)


@pytest.mark.parametrize(
    "typed",
    (
        "yesteryear",
        "31 April to today",
        "2026-02-30",
        "2026-03-05 to 2026-03-01",
        "csv html",
        "to",
        "9999-12-31 to 1 Jan",
    ),
)
def test_nonsense_gets_a_sentence(typed: str) -> None:
    """What cannot be read is said."""
    with pytest.raises(InvalidInputError):
        read_wanted(typed, TODAY)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    """Nothing that somebody types breaks it."""
    try:
        wanted = read_wanted(typed, TODAY)
    except InvalidInputError:
        return
    assert wanted.first <= wanted.last


@pytest.mark.parametrize("words", ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1"))
def test_formulas_are_words_to_spreadsheets(words: str) -> None:
    """An apostrophe stands before what would be run, and the words after it are untouched."""
    assert f"'{words}" == safe_cell(words)


def test_other_words_are_left_alone() -> None:
    """What is no formula gets no apostrophe."""
    assert "What a week = 1" == safe_cell("What a week = 1")


@given(st.text(), st.integers(1, 50))
def test_pieces_are_the_text_again(text: str, most: int) -> None:
    """Nothing is cut out, and no piece is too long."""
    pieces = in_pieces(text, most)

    assert text == "".join(pieces)
    assert all(0 < len(piece) <= most for piece in pieces)


@pytest.mark.parametrize(
    ("day", "before"),
    ((date(2026, 8, 31), date(2026, 2, 28)), (date(2024, 8, 30), date(2024, 2, 29)), (TODAY, date(2025, 9, 5))),
)
def test_months_before(day: date, before: date) -> None:
    """Six months before a day that has no such day is the last of that month."""
    assert before == months_before(day, 6)
