"""The question bank over the wire, and wordings that are frozen with what was answered."""

from dataclasses import replace

from tests.support.asking import configure, present, tell
from tests.support.world import CHANNEL, World, words_of

BANK = "What made you laugh? | Made me laugh\nWhat are you reading?"


def test_one_question_more_each_week_and_another_the_next(team: World) -> None:
    """Switched on in the settings, the bank's first question comes last in the thread and stands in the note."""
    configure(team, team.series(contributors=("U_ANA",)), draws_question=True, bank=BANK)
    team.at(5, 10)
    for typed in ("The library opened.", "next", "skip", "skip", "skip"):
        team.reply("U_ANA", typed)
    asked = words_of(team.in_thread("U_ANA")[-1])
    team.reply("U_ANA", "The cat on the router.")
    team.at(6, 16)
    team.at(12, 10)
    for typed in ("A quiet week.", "next", "skip", "skip", "skip"):
        team.reply("U_ANA", typed)
    note = words_of(team.messages(CHANNEL)[-1])

    assert "What made you laugh?" in asked
    assert "Made me laugh" in note
    assert "The cat on the router." in note
    assert "What are you reading?" in words_of(team.in_thread("U_ANA")[-1])


def test_a_wording_stays_with_the_answers_that_were_given_to_it(small: World) -> None:
    """Reworded while the week goes on, a question keeps its heading in this note and takes the new one in the next."""
    series = small.series(contributors=("U_ANA",))
    small.at(5, 10)
    for typed in ("next", "next"):
        small.reply("U_ANA", typed)
    small.reply("U_ANA", "Glue takes a night.")
    learned = replace(series.questions[2], ask="What was new to you?", heading="New to me")
    configure(small, series, questions=(*series.questions[:2], learned, series.questions[3]))
    form = tell(small, "U_ANA", "draft")
    small.at(6, 16)
    first = words_of(small.messages(CHANNEL)[-1])
    small.at(12, 10)
    for typed in ("next", "next"):
        small.reply("U_ANA", typed)
    asked = words_of(small.in_thread("U_ANA")[-1])

    assert "Something I’ve learned" in form
    assert "Something I’ve learned" in first
    assert "New to me" not in first
    assert "What was new to you?" in asked
    assert learned in present(small).questions
