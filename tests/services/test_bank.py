"""The question drawn for each edition."""

from datetime import UTC, datetime

from bot.domain.bank import bank_question, written_bank
from bot.domain.series import DEFAULT_QUESTIONS, Series
from tests.support.staff import Staff

BANK = tuple(bank_question(f"{letter * 8} {letter}?") for letter in "ABC")


def drawing(staff: Staff, *, draws: bool = True, bank: tuple[object, ...] = BANK) -> Series:
    """Have the series draw from a bank, or not."""
    return staff.change(draws_question=draws, bank=written_bank(bank)).series  # type: ignore[arg-type]


def extras(staff: Staff) -> list[str]:
    """Return what each edition under way or planned asks beside the series' own questions."""
    return [
        question.ask for each in staff.editions() for question in each.questions if question.key.startswith("bank.")
    ]


def test_each_edition_draws_one_question_in_turn(staff: Staff) -> None:
    """Two editions running ask different questions, after the series' own, and planning again changes nothing."""
    staff.series()
    drawing(staff)
    first = extras(staff)
    drawing(staff)
    staff.at(datetime(2026, 3, 9, 9, tzinfo=UTC))

    assert [BANK[0].ask, BANK[1].ask] == first
    assert [BANK[1].ask, BANK[2].ask] == extras(staff)
    assert BANK[1] == staff.editions()[0].questions[len(DEFAULT_QUESTIONS)]


def test_what_is_drawn_stays_whatever_becomes_of_the_bank(staff: Staff) -> None:
    """A question taken out of the bank, or reworded, is still the edition's; the asking freezes it with the others."""
    staff.series()
    drawing(staff)
    other = (bank_question("Something else entirely?"),)
    drawing(staff, bank=other)
    staff.at(datetime(2026, 3, 5, 10, tzinfo=UTC))
    drawing(staff, draws=False)

    assert [BANK[0].ask] == extras(staff)


def test_drawing_can_be_ended_and_begun_again(staff: Staff) -> None:
    """Without drawing, editions that have not begun ask no more than the series' own questions."""
    staff.series()
    drawing(staff)
    drawing(staff, draws=False)
    without = extras(staff)
    drawing(staff)

    assert [] == without
    assert [BANK[0].ask, BANK[1].ask] == extras(staff)
