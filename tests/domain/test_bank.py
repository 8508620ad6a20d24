"""The question bank: what is typed, and what is drawn."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank import bank_question, draw, read_bank, written_bank
from bot.domain.errors import InvalidInputError
from bot.domain.series import Question

LAUGH = bank_question("What made you laugh?", "Made me laugh")
READ = bank_question("What are you reading at the moment?")
PLACE = bank_question("Which place would you like to go back to?")
BANK = (LAUGH, READ, PLACE)


def test_a_bank_is_a_question_a_line() -> None:
    """A line is a question, after a bar its heading; empty lines and what is there twice are left out."""
    typed = " What made you laugh? |Made me laugh\n\nWhat are you reading at the moment?\nWhat made you laugh?\n"

    assert (LAUGH, READ) == read_bank(typed)


def test_a_question_without_a_heading_is_its_own() -> None:
    """In the note the question stands above its answers where no heading was given."""
    assert READ.ask == READ.heading


@given(st.lists(st.text(max_size=40)))
def test_what_is_read_is_written_as_it_was_meant(lines: list[str]) -> None:
    """Whatever was typed, the bank written out reads as the same bank."""
    bank = read_bank("\n".join(lines))

    assert bank == read_bank(written_bank(bank))


def test_a_long_question_is_refused_at_its_field() -> None:
    """A question that no message could hold well is named in a sentence."""
    with pytest.raises(InvalidInputError) as refused:
        read_bank("Why?\n" + "so " * 100)

    assert refused.value.field == "bank"
    assert str(refused.value.values["beginning"]).startswith("so so")


@given(st.integers(2, 6), st.integers(1, 30))
def test_never_the_same_twice_running_and_all_in_turn(size: int, weeks: int) -> None:
    """Of two or more questions no two editions running have the same, and each comes before any comes again."""
    bank = [bank_question(f"{letter * 9} number {letter}?") for letter in "abcdef"[:size]]
    drawn: list[Question] = []
    for _ in range(weeks):
        question = draw(bank, drawn)
        assert question
        drawn.append(question)

    assert all(one != other for one, other in pairwise(drawn))
    assert len(set(drawn)) == min(size, weeks)
    assert bank[: len(drawn)] == drawn[:size]


def test_the_next_edition_counts_as_a_neighbour() -> None:
    """What is planned already for the week after is not drawn for the week before it."""
    assert draw(BANK, [], LAUGH) == READ
    assert draw(BANK, [LAUGH], READ) == PLACE


def test_one_question_is_not_asked_two_weeks_running() -> None:
    """A bank of one question gives it every other week; an empty one gives none."""
    assert draw([LAUGH], []) == LAUGH
    assert draw([LAUGH], [LAUGH]) is None
    assert draw([], []) is None


def test_a_spelling_put_right_makes_no_other_question() -> None:
    """Last week's question does not come again because somebody has mended a word of it."""
    mended = bank_question("What made you laugh?!")

    assert draw([mended, READ], [LAUGH]) == READ
