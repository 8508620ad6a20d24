"""The ways in which a contributor gives, changes and takes back answers."""

from bot.domain.series import Question, Shape
from storage import answers, editions
from tests.support.world import CHANNEL, World, words_of


def given(team: World, user_id: str) -> list[tuple[str, str]]:
    """Return what the bot holds of a person, by question."""
    with team.bot.database.session() as session:
        waiting = editions.collecting(session, "T_TEAM") or editions.unfinished(session, "T_TEAM", 1)
        found = [answers.of_edition(session, "T_TEAM", edition.id, user_id) for edition in waiting]
    return [(answer.question_key, answer.text) for mine in found for answer in mine]


def test_a_reply_below_the_thread_counts_and_its_receipt_can_move_it(team: World) -> None:
    """Many people answer below the thread: it is kept for the question being asked, which the receipt says."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")

    ana.say(ana.dm(), text="The library opened.")
    team.settle()
    receipt = team.dms("U_ANA")[-1]
    assert "Saved for Digital weeknotes, week 10, under “What were the highlights of your week?”." in receipt["text"]
    assert given(team, "U_ANA") == [("highlights", "The library opened.")]

    ana.click(ana.dm(), receipt["ts"], "answer.move", selected="1:also")
    team.settle()
    assert given(team, "U_ANA") == [("also", "The library opened.")]
    assert "under “I also…”" in team.dms("U_ANA")[-1]["text"]


def test_moving_on_below_the_thread_shows_what_comes_next_there_too(small: World) -> None:
    """Somebody who never opens the thread still meets each question, by word or button, and the end."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    ana.say(ana.dm(), text="The library opened.")
    ana.say(ana.dm(), text="next")
    small.settle()

    latest = small.dms("U_ANA")[-1]

    assert "What else did you do?" in latest["text"]
    assert latest["thread_ts"] == small.thread_of("U_ANA")
    ana.click(ana.dm(), latest["ts"], "prompt.next")
    small.settle()
    assert "something you’ve learned" in small.dms("U_ANA")[-1]["text"]
    ana.say(ana.dm(), text="done")
    small.settle()
    assert "That’s everything, thank you!" in small.dms("U_ANA")[-1]["text"]


def test_a_receipt_leads_on_to_what_there_is(small: World) -> None:
    """It names the word for the next question while there is one, and for the end where there is none."""
    small.series(questions=tuple(Question(key, f"{key}?", "", Shape.STORIES) for key in ("a", "b")))
    small.at(5, 10)
    ana = small.person("U_ANA")
    told = []
    for typed in ("The library opened.", "next", "It rained."):
        ana.say(ana.dm(), text=typed)
        small.settle()
        told.append(small.dms("U_ANA")[-1]["text"])

    assert "Say `next` for the next question." in told[0]
    assert "Say `done` when that is everything." in told[2]


def test_a_jot_by_message_command_or_shortcut_is_counted_when_the_week_is_asked(team: World) -> None:
    """What is sent when nothing is being asked is kept for the week, and the opening message says so."""
    team.series()
    ana = team.person("U_ANA")
    said = ana.say(ana.dm(), text="Met Tom about the photos")
    team.settle()
    told = ana.command("/weeknotes", "jot Fixed the projector", CHANNEL)
    saved = team.person("U_DEE").say(CHANNEL, text="Well done Ana!\nThat was a *great* demo.")
    ana.shortcut("jot.save", CHANNEL, saved["ts"])
    team.settle()

    heard = next(message for message in team.messages(ana.dm()) if message["ts"] == said["ts"])
    assert [reaction["name"] for reaction in heard["reactions"]] == ["white_check_mark"]
    assert "2" in (told or {}).get("text", "")
    assert sorted(key for key, _ in given(team, "U_ANA")) == ["also", "also", "highlights"]

    team.at(5, 10)
    opening = team.dms("U_ANA")[-1]
    assert "You saved 3 things for it already" in opening["text"]
    for words in ("Met Tom about the photos", "Fixed the projector", "great"):
        assert words in words_of(opening)


def test_a_late_reply_says_so_and_joins_the_posted_note(small: World) -> None:
    """Within the grace period an answer in the thread still gets in, by an update of the same message."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(5, 10, zone="America/New_York")
    small.at(6, 16)
    before = len(small.messages(CHANNEL))

    small.reply("U_BEN", "From New York, late.")
    assert "this joins it late" in small.in_thread("U_BEN")[-1]["text"]
    small.at(6, 17)

    assert len(small.messages(CHANNEL)) == before
    assert "From New York, late." in words_of(small.messages(CHANNEL)[-1])


def test_nothing_this_week_ends_the_asking(team: World) -> None:
    """By the button or in words, nobody who said so is asked or reminded again."""
    team.series()
    team.at(5, 10)
    ana, dee = team.person("U_ANA"), team.person("U_DEE")
    ana.click(ana.dm(), team.thread_of("U_ANA"), "edition.nothing")
    dee.say(dee.dm(), text="Nothing this week")
    team.settle()
    assert "nothing from you this week" in team.in_thread("U_ANA")[-1]["text"]

    team.at(6, 10)

    assert not any("gentle nudge" in message["text"] for user in ("U_ANA", "U_DEE") for message in team.dms(user))


def test_nothing_this_week_from_the_reminder_is_answered_below_it(small: World) -> None:
    """Who presses it there reads that it was heard; pressed again, only they read the same."""
    small.series()
    small.at(5, 10)
    small.at(6, 10)
    ana = small.person("U_ANA")
    reminder = small.dms("U_ANA")[-1]
    ana.click(ana.dm(), reminder["ts"], "edition.nothing")
    small.settle()
    told = small.dms("U_ANA")[-1]
    ana.click(ana.dm(), reminder["ts"], "edition.nothing")
    small.settle()

    assert "gentle nudge" in reminder["text"]
    assert "nothing from you this week" in told["text"]
    assert told == small.dms("U_ANA")[-1]
    assert "nothing from you this week" in ana.ephemerals(ana.dm())[-1]["text"]


def test_skip_by_command_before_the_week_is_asked(small: World) -> None:
    """Somebody who skips on Wednesday is not asked on Thursday."""
    small.series()
    small.person("U_ANA").command("/weeknotes", "skip", CHANNEL)
    small.settle()

    small.at(5, 10)

    assert small.dms("U_ANA") == []
    assert len(small.dms("U_DEE")) > 0


def test_the_form_shows_and_changes_the_same_answers(team: World) -> None:
    """What was said in the thread stands in the form; saving changes, adds and removes."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    team.reply("U_ANA", "The library *opened*.")
    team.reply("U_ANA", "To be taken out.")
    ana.click(ana.dm(), team.thread_of("U_ANA"), "answer.form")
    team.settle()
    view = ana.view()
    assert view is not None
    assert "opened" in words_of(view)

    refused = ana.submit(
        {
            "answer:1": {"words": "The library opened today."},
            "answer:2": {"words": ""},
            "new:tune": {"words": "Nina Simone — Feeling Good"},
        }
    )
    team.settle()

    assert refused == {}
    assert sorted(given(team, "U_ANA")) == [
        ("highlights", "The library opened today."),
        ("tune", "Nina Simone — Feeling Good"),
    ]


def test_a_form_saved_from_home_shows_there(small: World) -> None:
    """Home follows what the form saved."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    ana.open_home()
    small.settle()
    assert "There is nothing from you yet" in words_of(ana.home() or {})
    ana.click(ana.dm(), small.thread_of("U_ANA"), "answer.form")
    small.settle()

    ana.submit({"new:highlights": {"words": "The library opened."}})
    small.settle()

    assert "The library opened." in words_of(ana.home() or {})


def test_a_form_saved_untouched_changes_nothing(small: World) -> None:
    """Opening the form and saving it keeps every character of what Slack sent."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    small.reply("U_ANA", "*Bold* and <https://example.org/a?b=c&d=e>\n- one\n- two")
    before = given(small, "U_ANA")
    ana.click(ana.dm(), small.thread_of("U_ANA"), "answer.form")
    small.settle()

    refused = ana.submit({})
    small.settle()

    assert refused == {}
    assert before == given(small, "U_ANA")


def test_without_the_scope_for_reactions_a_receipt_is_written(small: World) -> None:
    """Where the bot may not react, it says in the thread that the answer is kept."""
    small.slack.install(small.app_with(lambda scope: scope != "reactions:write"))
    small.stop()
    small.start()
    small.series()
    small.at(5, 10)

    small.reply("U_ANA", "The library opened.")

    assert "Saved for" in small.in_thread("U_ANA")[-1]["text"]


def test_a_plain_word_with_nothing_to_move_on_from_gets_a_sentence(small: World) -> None:
    """`next` on a Wednesday is no jot."""
    small.series()
    ana = small.person("U_ANA")

    ana.say(ana.dm(), text="next")
    small.settle()

    assert "I am not asking you anything just now" in small.dms("U_ANA")[-1]["text"]
    assert given(small, "U_ANA") == []


def test_somebody_in_no_series_is_told_where_their_words_could_go(small: World) -> None:
    """Nothing is dropped in silence."""
    ana = small.person("U_ANA")

    ana.say(ana.dm(), text="Where does this go?")
    small.settle()

    assert "you are not in any weeknotes here yet" in small.dms("U_ANA")[-1]["text"]
    assert "type `/weeknotes join`" in small.dms("U_ANA")[-1]["text"]


def test_a_photo_is_kept_with_its_caption(small: World) -> None:
    """A file and the words beside it are one answer."""
    small.series()
    small.at(5, 10)
    photo = {"name": "opening.png", "data": b"\x89PNG", "mimetype": "image/png"}

    small.reply("U_ANA", "The opening", files=[photo])
    small.at(6, 16)

    assert "opening.png" in words_of(small.messages(CHANNEL)[-1])
    assert "The opening" in words_of(small.messages(CHANNEL)[-1])
