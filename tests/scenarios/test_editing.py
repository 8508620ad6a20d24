"""What an editor does with a week."""

from bot.domain.series import Layout
from tests.support.world import CHANNEL, Json, World, words_of


def notes(team: World) -> list[Json]:
    """Return the digests in the channel."""
    return [
        message
        for message in team.messages(CHANNEL)
        if "weeknotes" in message["text"].splitlines()[0] and message["text"][0].isdigit()
    ]


def draft_ts(team: World) -> str:
    """Return the `ts` of the draft that the editor has."""
    return str(
        next(m["ts"] for m in reversed(team.dms("U_DEE")) if "The draft of" in m["text"] or " is out" in m["text"])
    )


def test_an_editor_publishes_early_and_pressing_twice_posts_once(team: World) -> None:
    """*Publish now* posts at once; a second press, and Friday at four, post nothing more."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    team.at(6, 15)
    dee = team.person("U_DEE")

    dee.click(dee.dm(), draft_ts(team), "note.publish")
    dee.click(dee.dm(), draft_ts(team), "note.publish")
    team.settle()
    team.at(6, 16)

    assert len(notes(team)) == 1
    assert "is out" in team.dms("U_DEE")[-1]["text"]


def test_the_title_and_introduction_come_from_the_editor(team: World) -> None:
    """The draft shows them at once, and so does the digest."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    team.at(6, 15)
    dee = team.person("U_DEE")
    dee.click(dee.dm(), draft_ts(team), "note.title")
    team.settle()
    values = {"headline": {"headline": "a library at last"}, "introduction": {"introduction": "What a *week*."}}

    refused = dee.submit(values)
    team.settle()
    assert refused == {}
    assert "a library at last" in words_of(team.dms("U_DEE")[-1])
    team.at(6, 16)

    assert "1.1 — weeknotes — a library at last" in words_of(team.messages(CHANNEL)[-1])
    assert "What a " in words_of(team.messages(CHANNEL)[-1])


def test_a_held_edition_waits_until_the_editor_publishes(small: World) -> None:
    """On hold nothing goes out by itself, and the editor is told at four."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 15)
    dee = small.person("U_DEE")
    dee.click(dee.dm(), draft_ts(small), "note.hold")
    small.settle()
    small.at(6, 16)
    assert notes(small) == []
    assert "on hold" in small.dms("U_DEE")[-1]["text"]

    small.at(9, 9)
    dee.command("/weeknotes", "publish now", CHANNEL)
    small.settle()

    assert len(notes(small)) == 1


def test_a_series_with_approval_waits_for_an_editor(small: World) -> None:
    """Where approval is required, four o'clock alone posts nothing."""
    small.series(needs_approval=True)
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 16)
    assert notes(small) == []
    assert "waits for your approval" in small.dms("U_DEE")[-1]["text"]

    dee = small.person("U_DEE")
    dee.click(dee.dm(), draft_ts(small), "note.publish")
    small.settle()

    assert len(notes(small)) == 1


def test_an_empty_edition_posts_nothing_and_keeps_its_number(team: World) -> None:
    """Nobody gave anything: the editor is told, the draft says so too, and next week takes the number."""
    team.series()
    team.at(5, 10)
    team.at(6, 15)
    draft = draft_ts(team)
    team.at(6, 16)
    assert notes(team) == []
    assert "Nobody gave anything" in team.dms("U_DEE")[-1]["text"]
    over = next(message for message in team.dms("U_DEE") if message["ts"] == draft)
    assert ("so nothing was posted" in over["text"], "note.hold" in words_of(over)) == (True, False)

    team.at(12, 10)
    team.reply("U_ANA", "The library opened.")
    team.at(13, 16)

    assert "1.1 — weeknotes" in words_of(team.messages(CHANNEL)[-1])


def test_a_note_that_everything_was_taken_out_of_says_so(small: World) -> None:
    """Who finds the post later reads why it is empty."""
    small.series()
    small.at(5, 10)
    said = small.reply("U_ANA", "The library opened.")
    small.at(6, 16)
    before = notes(small)[-1]
    ana = small.person("U_ANA")
    ana.delete(ana.dm(), said["ts"])
    small.settle()
    small.at(6, 16, 1)

    assert "taken back" not in words_of(before)
    assert "What stood here was taken back. Next weeknotes: Friday 13 March." in words_of(notes(small)[-1])


def test_only_an_editor_publishes(team: World) -> None:
    """Somebody else gets a sentence, by command and by a button that was never theirs."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")

    told = team.person("U_ANA").command("/weeknotes", "publish now", CHANNEL)
    team.settle()

    assert notes(team) == []
    assert "Dee Roy" in (told or {}).get("text", "")


def test_the_draft_command_shows_editors_the_note_and_others_their_own_part(team: World) -> None:
    """A contributor sees their own answers; the editor everything, who is missing, and that it stays as it is."""
    team.series()
    team.at(5, 10, zone="America/New_York")
    team.reply("U_ANA", "The library opened.")
    team.reply("U_BEN", "Bagels for everyone.")

    own = words_of(team.person("U_ANA").command("/weeknotes", "draft", CHANNEL) or {})
    whole = words_of(team.person("U_DEE").command("/weeknotes", "draft", CHANNEL) or {})

    assert "The library opened." in own
    assert "Bagels" not in own
    assert "Bagels for everyone." in whole
    assert "Cai Tran" in whole
    assert ["So it stands now." in words for words in (own, whole)] == [False, True]  # as the draft they get does not


def test_a_note_too_long_for_one_message_goes_on_in_its_thread(team: World) -> None:
    """Nothing is cut: what does not fit in the digest is in the thread below it."""
    team.series()
    team.at(5, 10)
    words = [f"word{n}" for n in range(4000)]
    for start in range(0, 4000, 400):
        team.reply("U_ANA", " ".join(words[start : start + 400]))
    team.at(6, 16)

    head = notes(team)[0]
    whole = " ".join(words_of(part) for part in team.messages(CHANNEL, str(head["ts"])))

    assert len(team.messages(CHANNEL, str(head["ts"]))) > 1
    assert [word for word in words if word not in whole] == []


def test_numbers_follow_each_other_and_a_personal_series_has_no_names(small: World) -> None:
    """Two weeks of a series of one: 3.24 and 3.25, headings and prose without the writer's name."""
    small.series(contributors=("U_ANA",), editors=("U_ANA",), layout=Layout.PERSONAL, season="3", next_number="24")
    for day in (5, 12):
        small.at(day, 10)
        small.reply("U_ANA", "Community libraries\nEarlier in the year I spent some time with the team.")
        small.at(day + 1, 16)

    titles = [message["text"].splitlines()[0] for message in notes(small)]

    assert titles == ["3.24 — weeknotes", "3.25 — weeknotes"]
    assert "Ana Okafor" not in " ".join(words_of({"blocks": message["blocks"][2:]}) for message in notes(small))


def test_the_draft_on_monday_is_of_the_week_that_began(small: World) -> None:
    """Last week's note is out; looking at the draft shows the week to come, still empty."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    small.at(6, 16)
    friday = words_of(small.person("U_DEE").command("/weeknotes", "draft", CHANNEL) or {})
    small.at(9, 9)

    monday = words_of(small.person("U_DEE").command("/weeknotes", "draft", CHANNEL) or {})

    assert "The library opened." in friday
    assert "week 11" in monday
    assert "The library opened." not in monday
