"""What is heard in another order than it was said counts for the question that was asked when it was said."""

from storage import editions, prompts
from tests.scenarios.test_answering import given
from tests.support.world import World

HIGHLIGHT, ALSO = ("highlights", "The library opened."), ("also", "Met Tom about photos")


def lost(team: World, words: str) -> None:
    """Let Ana say something in her thread that Slack never delivers."""
    ana = team.person("U_ANA")
    team.slack.faults.events(lose=1)
    ana.say(ana.dm(), text=words, thread_ts=team.thread_of("U_ANA"))
    team.settle()


def restarted(team: World) -> None:
    """Stop the bot and start it, so that it reads what it has not heard."""
    team.stop()
    team.start()
    team.settle()


def test_an_answer_that_is_heard_before_the_word_said_before_it(team: World) -> None:
    """Once `next` is found, what was said after it is for the question that followed, and its receipt says so."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    lost(team, "next")
    ana = team.person("U_ANA")
    ana.say(ana.dm(), text="Met Tom about photos")
    team.settle()
    before, receipt = given(team, "U_ANA"), team.dms("U_ANA")[-1]["text"]
    restarted(team)

    assert [HIGHLIGHT, ("highlights", "Met Tom about photos")] == before
    assert [HIGHLIGHT, ALSO] == given(team, "U_ANA")
    assert "under “What were the highlights" in receipt
    assert "under “I also" in next(m["text"] for m in team.dms("U_ANA") if "Saved for" in m["text"])


def test_a_question_that_waits_for_one_line_is_left_when_its_line_turns_out_to_be_there(small: World) -> None:
    """The line was heard before `skip`: both questions are left, and the end is said once."""
    small.series()
    small.at(5, 10)
    for words in ("The library opened.", "next", "Met Tom about photos", "next"):
        small.reply("U_ANA", words)
    lost(small, "skip")
    small.reply("U_ANA", "Nina Simone — Feeling Good")
    restarted(small)

    assert [HIGHLIGHT, ALSO, ("tune", "Nina Simone — Feeling Good")] == given(small, "U_ANA")
    assert 1 == sum("That’s everything, thank you!" in m["text"] for m in small.in_thread("U_ANA"))
    assert "Tune of the week: Nina Simone" in small.in_thread("U_ANA")[-1]["text"]


def test_an_answer_that_is_heard_after_the_word_said_after_it(small: World) -> None:
    """It was said to the question before."""
    small.series()
    small.at(5, 10)
    lost(small, "The library opened.")
    for words in ("next", "Met Tom about photos", "done"):
        small.reply("U_ANA", words)
    restarted(small)

    assert [HIGHLIGHT, ALSO] == given(small, "U_ANA")


def test_a_button_that_is_heard_late(small: World) -> None:
    """What was said since it was pressed, by Slack's clock, is for the next question."""
    small.series()
    small.at(5, 10)
    first = small.reply("U_ANA", "The library opened.")
    small.reply("U_ANA", "Met Tom about photos")
    with small.bot.database.session() as session:
        edition = editions.unfinished(session, "T_TEAM", 1)[0]
        (asked,) = prompts.of_person(session, "T_TEAM", edition.id, "U_ANA")
    small.bot.services.answering.next("T_TEAM", "U_ANA", asked.id, first["ts"], is_skipped=False)

    assert [HIGHLIGHT, ALSO] == given(small, "U_ANA")
