"""Answers that come late."""

from tests.support.world import CHANNEL, World, words_of


def test_a_reply_after_the_grace_period_is_kept_for_the_next_note(team: World) -> None:
    """In the old thread the receipt says for which week it is kept; the old note stays as it is."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    team.at(6, 16)
    posted = words_of(team.messages(CHANNEL)[-1])
    team.at(16, 9)
    thread = next(message["ts"] for message in team.dms("U_ANA") if "week 10" in message["text"])
    ana = team.person("U_ANA")

    ana.say(ana.dm(), text="I forgot the projector.", thread_ts=thread)
    team.settle()

    receipt = [m for m in team.messages(ana.dm(), thread) if m.get("bot_id")][-1]["text"]
    assert "the thread of week 10, which takes no more answers" in receipt
    assert "Saved for Digital weeknotes, week 12" in receipt
    team.at(16, 10)
    assert posted == words_of(team.messages(CHANNEL)[-1])
    team.at(19, 10)
    assert "I forgot the projector." in words_of(team.dms("U_ANA")[-1])


def test_a_plain_word_in_an_old_thread_steers_nothing(small: World) -> None:
    """`next` in a thread that is over does not move on the week that is being asked."""
    small.series()
    small.at(5, 10)
    thread = small.thread_of("U_ANA")
    small.reply("U_ANA", "The library opened.")
    small.at(6, 16)
    small.at(19, 10)
    ana = small.person("U_ANA")
    ana.say(ana.dm(), text="next", thread_ts=thread)
    small.settle()

    assert "I am not asking you anything just now" in small.messages(ana.dm(), thread)[-1]["text"]
    assert small.in_thread("U_ANA") == []


def test_an_answer_changed_in_the_form_after_publishing_changes_the_note(team: World) -> None:
    """The form says that the note is out; what is changed, added and removed in it, the posted note follows."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The libary opened.")
    team.reply("U_ANA", "Not this.")
    team.at(6, 16)
    ana, before = team.person("U_ANA"), len(team.messages(CHANNEL))
    ana.click(ana.dm(), team.thread_of("U_ANA"), "answer.form")
    team.settle()
    view = ana.view() or {}
    assert "The note is out already" in words_of({"blocks": view["blocks"][:1]})

    typed = {"answer:1": "The library opened.", "answer:2": "", "new:also": "Bagels"}
    assert ana.submit({name: {"words": words} for name, words in typed.items()}) == {}
    team.settle()
    team.at(6, 17)

    note = words_of(team.messages(CHANNEL)[-1])
    assert len(team.messages(CHANNEL)) == before
    assert [True, False, True] == [words in note for words in ("The library opened.", "Not this.", "Bagels")]
    assert "the note is out already" in team.in_thread("U_ANA")[-1]["text"]


def test_what_was_never_answered_can_be_left_late_and_says_when_it_is_over(small: World) -> None:
    """Last week's question loses its buttons when this week's comes; a button that still stands says what is so."""
    small.series()
    small.at(5, 10)
    small.reply("U_DEE", "The library opened.")
    small.at(6, 10)
    ana, cai = small.person("U_ANA"), small.person("U_CAI")
    reminder = small.dms("U_ANA")[-1]
    small.at(6, 16)
    cai.click(cai.dm(), small.thread_of("U_CAI"), "edition.nothing")
    small.settle()
    passed = small.in_thread("U_CAI")[-1]["text"]
    small.at(12, 10)
    left, asked = small.threads_of("U_ANA")
    small.at(16, 9)
    ana.click(ana.dm(), reminder["ts"], "edition.nothing")
    small.settle()

    assert "nothing from you this week. The note is out already" in passed
    assert "March" not in passed
    assert "The note is out." in left["text"]
    assert ["answer.form"] == [each["action_id"] for each in left["blocks"][-1]["elements"]]
    assert "edition.nothing" in words_of(asked)
    assert "That week takes no more answers." in ana.ephemerals(ana.dm())[-1]["text"]
