"""Reading the days people are away."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.away import Days, read_days
from bot.domain.errors import InvalidInputError
from tests.support.told import told

WEDNESDAY = date(2026, 3, 4)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FORMS = ("{0.day} {0:%b}", "{0:%B} {0.day}", "{0:%Y-%m-%d}", "{0:%a} {0.day} {0:%b} {0.year}")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    (
        ("today", (2026, 3, 4), (2026, 3, 4)),
        ("Tomorrow.", (2026, 3, 5), (2026, 3, 5)),
        ("until Monday", (2026, 3, 4), (2026, 3, 9)),
        ("UNTIL  mon", (2026, 3, 4), (2026, 3, 9)),
        ("till Wednesday", (2026, 3, 4), (2026, 3, 11)),
        ("wednesday", (2026, 3, 4), (2026, 3, 4)),
        ("Thursday to Monday", (2026, 3, 5), (2026, 3, 9)),
        ("tue-thu", (2026, 3, 10), (2026, 3, 12)),
        ("until next Friday", (2026, 3, 4), (2026, 3, 13)),
        ("until 14 Aug", (2026, 3, 4), (2026, 8, 14)),
        ("3 Aug to 14 Aug", (2026, 8, 3), (2026, 8, 14)),
        ("from 3 Aug until 14 August", (2026, 8, 3), (2026, 8, 14)),
        ("3 Aug-14 Aug", (2026, 8, 3), (2026, 8, 14)),
        ("3–14 August", (2026, 8, 3), (2026, 8, 14)),
        ("3-14 Aug 2027", (2027, 8, 3), (2027, 8, 14)),
        ("Aug 3-14", (2026, 8, 3), (2026, 8, 14)),
        ("3rd to 14th of August", (2026, 8, 3), (2026, 8, 14)),
        ("Mon, 3 Aug – Fri, 14 Aug", (2026, 8, 3), (2026, 8, 14)),
        ("August 3rd, 2026 to 14 Aug", (2026, 8, 3), (2026, 8, 14)),
        ("2026-08-03 to 2026-08-14", (2026, 8, 3), (2026, 8, 14)),
        ("2026-08-03 – 2026-08-14", (2026, 8, 3), (2026, 8, 14)),
        ("until 14/08", (2026, 3, 4), (2026, 8, 14)),
        ("8/14/2026", (2026, 8, 14), (2026, 8, 14)),
        ("8.8.", (2026, 8, 8), (2026, 8, 8)),
        ("next week", (2026, 3, 9), (2026, 3, 15)),
        ("this week", (2026, 3, 4), (2026, 3, 8)),
        ("20 Dec to 5 Jan", (2026, 12, 20), (2027, 1, 5)),
        ("2 Mar to 6 Mar", (2026, 3, 2), (2026, 3, 6)),
        ("1 Mar", (2027, 3, 1), (2027, 3, 1)),
        ("29 Feb", (2028, 2, 29), (2028, 2, 29)),
    ),
)
def test_days_are_read_as_people_write_them(
    typed: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    """On Wednesday 4 March 2026 these words mean these days."""
    assert Days(date(*first), date(*last)) == read_days(typed, WEDNESDAY)


def test_a_stretch_that_has_begun_is_this_years() -> None:
    """In January `20 Dec to 5 Jan` began last year."""
    assert Days(date(2025, 12, 20), date(2026, 1, 5)) == read_days("20 Dec to 5 Jan", date(2026, 1, 2))


@pytest.mark.parametrize(("typed", "first"), (("from Monday", (2026, 3, 9)), ("from 3 Aug", (2026, 8, 3))))
def test_days_without_an_end_last_until_they_are_back(typed: str, first: tuple[int, int, int]) -> None:
    """Somebody may not know yet when they will be back."""
    assert Days(date(*first)) == read_days(typed, WEDNESDAY)


@pytest.mark.parametrize("typed", ("03/08", "until 3/8", "3.8.2026", "03/08 to 14/08"))
def test_a_date_that_could_be_either_is_asked_about(typed: str) -> None:
    """Nobody guesses whether the third of August or the eighth of March was meant."""
    with pytest.raises(InvalidInputError) as refused:
        read_days(typed, WEDNESDAY)

    assert "3 August or 8 March. Please name the month: `3 August`" in told(refused.value)


@pytest.mark.parametrize(
    "typed", ("", "soon", "a while", "31 April", "until", "to", "to to", "99/99", "0000-01-01", "3 to 14", "x" * 500)
)
def test_nonsense_gets_one_sentence_with_two_examples(typed: str) -> None:
    """What cannot be read is said so, with how to write it."""
    with pytest.raises(InvalidInputError) as refused:
        read_days(typed, WEDNESDAY)

    assert "Try `away until Monday` or `away 3 Aug to 14 Aug`." in told(refused.value)
    assert len(told(refused.value)) < 200


@pytest.mark.parametrize(
    ("typed", "why"),
    (
        ("14 Aug 2026 to 3 Aug 2026", "days_in_wrong_order"),
        ("14 Aug to 3 Aug", "days_in_wrong_order"),
        ("1 Mar 2026", "days_are_over"),
    ),
)
def test_days_that_make_no_sense_are_refused(typed: str, why: str) -> None:
    """Days the wrong way round, or over, are not kept."""
    with pytest.raises(InvalidInputError, match=why):
        read_days(typed, WEDNESDAY)


@example(today=date(2003, 11, 1), ahead=70, length=50, form="{0.day} {0:%b}")  # until 29 February
@given(today=DAYS, ahead=st.integers(0, 300), length=st.integers(0, 50), form=st.sampled_from(FORMS))
def test_what_is_written_is_what_is_read(today: date, ahead: int, length: int, form: str) -> None:
    """Whatever the date, two days within a year come out as they were written."""
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=length)

    assert Days(first, last) == read_days(f"{form.format(first)} to {form.format(last)}", today)


@given(today=DAYS, typed=st.text() | st.from_regex(r"(until |from )?[0-9a-z ./–-]{0,20}( to [0-9a-z /-]{0,12})?"))
def test_anything_typed_gives_days_to_come_or_a_sentence(today: date, typed: str) -> None:
    """Nothing that can be typed breaks the reading or gives days that are over."""
    try:
        found = read_days(typed, today)
    except InvalidInputError:
        return
    assert found.last is None or max(found.first, today) <= found.last


@given(today=DAYS, length=st.integers(0, 30), offset=st.integers(-5, 40))
def test_days_hold_their_first_and_last(today: date, length: int, offset: int) -> None:
    """A day is among them from the first to the last; without a last, for good."""
    last = today + timedelta(days=length)
    day = today + timedelta(days=offset)

    assert (0 <= offset <= length) == (day in Days(today, last))
    assert (offset >= 0) == (day in Days(today))
