"""Jotting, without Slack: which series a jot is kept for, and what happens when the same thing comes twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.editions import Answer
from bot.domain.errors import NotAllowedError, NothingToKeepError
from bot.domain.incoming import Jot
from bot.domain.series import Series
from storage import answers, editions
from storage import series as series_store
from tests.support.staff import CHANNEL, Staff, T

MORE = "C_MORE"
THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)


@pytest.fixture
def two(staff: Staff) -> tuple[Series, Series]:
    """Set up two series in which Ana and Dee are asked."""
    return staff.series(), staff.series(channel_id=MORE, name="More")


def kept(staff: Staff, user_id: str = "U_ANA") -> list[tuple[str, str]]:
    """Return what is kept of a person: the name of the series, and the words."""
    with staff.database.session() as session:
        return [(_series_of(session, answer), answer.text) for answer in answers.of_person(session, T, user_id)]


def _series_of(session: object, answer: Answer) -> str:
    edition = editions.get(session, T, answer.edition_id)  # type: ignore[arg-type]
    series = series_store.get(session, T, edition.series_id) if edition else None  # type: ignore[arg-type]
    return series.name if series else ""


def saved(occasion: str, text: str = "Well done", user_id: str = "U_ANA") -> Jot:
    """Return a message saved by the shortcut on an occasion."""
    return Jot(T, user_id, "C_ELSEWHERE", "saved:1", occasion, text, ts="1.000100")


@pytest.mark.usefixtures("two")
def test_where_it_is_not_sure_a_jot_is_kept_and_asked_about(staff: Staff) -> None:
    """Nothing waits for an answer: it is in the first series until its author says otherwise."""
    told = staff.jot("Fixed the projector", channel_id="C_ELSEWHERE")

    assert "Which of your weeknotes is it for?" in told
    assert [("Team", "Fixed the projector")] == kept(staff)


def test_the_channel_of_a_series_decides(staff: Staff, two: tuple[Series, Series]) -> None:
    """What is jotted in the channel of a series that asks somebody is for that one, whatever was chosen before."""
    staff.jot("One")
    staff.services.jotting.move(T, "U_ANA", 1, "2", series_id=two[0].id)
    told = staff.jot("Two", channel_id=MORE, occasion="3")

    assert "Which" not in told
    assert [("Team", "One"), ("More", "Two")] == kept(staff)


def test_a_choice_is_remembered_for_the_day_and_can_be_changed(staff: Staff, two: tuple[Series, Series]) -> None:
    """The rest of the day nothing is asked; the next morning it is, with the same series as the likeliest."""
    staff.clock.jump(THURSDAY)
    staff.jot("One", channel_id="C_ELSEWHERE")
    receipt = staff.services.jotting.move(T, "U_ANA", 1, "2", series_id=two[1].id)
    staff.clock.jump(THURSDAY + timedelta(hours=13, minutes=59))
    later = staff.jot("Two", channel_id="C_ELSEWHERE", occasion="3")
    staff.clock.jump(THURSDAY + timedelta(hours=14))
    tomorrow = staff.jot("Three", channel_id="C_ELSEWHERE", occasion="4")

    assert receipt
    assert "What else you jot today goes there too." in receipt.text
    assert ("Which" not in later, "Which" in tomorrow) == (True, True)
    assert [("More", "One"), ("More", "Two"), ("More", "Three")] == kept(staff)


def test_a_jot_goes_to_no_series_of_somebody_elses(staff: Staff, two: tuple[Series, Series]) -> None:
    """A forged series, answer or workspace changes nothing."""
    theirs = staff.series(channel_id="C_DEE", name="Dee's", contributors=("U_DEE",))
    staff.jot("Mine")

    assert staff.services.jotting.move(T, "U_ANA", 1, "2", series_id=theirs.id) is None
    assert staff.services.jotting.move(T, "U_DEE", 1, "3", series_id=two[1].id) is None
    assert staff.services.jotting.move("T_OTHER", "U_ANA", 1, "4", series_id=two[1].id) is None
    assert "gone already" in staff.services.jotting.remove(T, "U_DEE", 1, "5").text
    assert [("Team", "Mine")] == kept(staff)


@pytest.mark.usefixtures("two")
def test_what_is_saved_twice_is_kept_once_and_what_was_removed_only_anew(staff: Staff) -> None:
    """Saving the same message says that it is there; Slack repeating it after it was removed brings nothing back."""
    staff.services.jotting.keep(saved("first"))
    again = staff.services.jotting.keep(saved("second"))
    assert "I have this one already" in again.text
    assert [("Team", "Well done")] == kept(staff)

    staff.services.jotting.remove(T, "U_ANA", 1, "third")
    repeated = [staff.services.jotting.keep(saved(occasion)).text for occasion in ("first", "second")]
    assert [True, True] == ["gone already" in told for told in repeated]
    assert [] == kept(staff)

    staff.services.jotting.keep(saved("fourth"))
    staff.services.jotting.keep(saved("fourth"))
    assert [("Team", "Well done")] == kept(staff)


def test_a_removed_message_does_not_come_back_by_its_edit(staff: Staff) -> None:
    """Neither a redelivery nor an edit of what was removed adds it again."""
    staff.series()
    staff.say("Met Tom", "1772600000.000100")
    staff.services.jotting.remove(T, "U_ANA", 1, "2")
    staff.say("Met Tom", "1772600000.000100")
    staff.say("Met Tom again", "1772600000.000100", version="1772600009.000100")

    assert [] == kept(staff)


def test_an_empty_message_is_refused_and_so_is_who_is_not_asked(staff: Staff) -> None:
    """Each gets an error that says why, and nothing is kept."""
    staff.series(contributors=("U_ANA",))

    with pytest.raises(NothingToKeepError):
        staff.services.jotting.keep(saved("1", text="  "))
    with pytest.raises(NotAllowedError):
        staff.services.jotting.keep(saved("2", user_id="U_DEE"))
    assert [] == kept(staff)


def test_a_jot_kept_before_a_crash_is_asked_about_when_slack_repeats_it(
    staff: Staff, two: tuple[Series, Series]
) -> None:
    """The process may die between keeping and answering: the repeated shortcut gets the answer that was missing."""
    staff.services.jotting.keep(saved("first"))
    repeated = staff.services.jotting.keep(saved("first"))

    assert "Which of your weeknotes is it for?" in repeated.text
    assert [two[0].name] == [name for name, _ in kept(staff)]


def test_moving_out_of_a_posted_note_brings_it_up_to_date(staff: Staff, two: tuple[Series, Series]) -> None:
    """A jot that went out in the wrong note leaves it, and joins the other series' next."""
    staff.jot("In the wrong note", channel_id=CHANNEL)
    staff.services.publishing.publish(T, two[0].id, "U_DEE")
    staff.services.jotting.move(T, "U_ANA", 1, "2", series_id=two[1].id)
    staff.at(staff.clock.now() + timedelta(minutes=1))

    assert [("More", "In the wrong note")] == kept(staff)
    assert any("wrong note" not in str(change.payload) for change in staff.owed("change"))
