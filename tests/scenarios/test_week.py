"""A whole week, over the wire."""

from tests.support.world import CHANNEL, World, words_of


def test_a_week_from_asking_to_the_digest(everywhere: World) -> None:
    """Asked on Thursday in each zone, answered in the thread, drafted at three, posted at four on Friday."""
    everywhere.series()

    everywhere.at(5, 9, 59)
    assert everywhere.dms("U_ANA") == []
    everywhere.at(5, 10)
    opening = everywhere.dms("U_ANA")[-1]
    assert "It’s time for *Digital weeknotes*, week 10" in opening["text"]
    assert "Friday 6 March at 16:00" in opening["text"]
    assert "What were the highlights of your week?" in words_of(opening)

    said = everywhere.reply("U_ANA", "We opened the new library.\n\nForty people came.")
    ticked = next(
        m
        for m in everywhere.messages(everywhere.person("U_ANA").dm(), everywhere.thread_of("U_ANA"))
        if m["ts"] == said["ts"]
    )
    assert [reaction["name"] for reaction in ticked["reactions"]] == ["white_check_mark"]
    everywhere.reply("U_ANA", "next")
    assert "one line for each thing" in words_of(everywhere.in_thread("U_ANA")[-1])
    everywhere.reply("U_ANA", "Met Tom about the photos\nFixed the projector")
    everywhere.person("U_ANA").click(
        everywhere.person("U_ANA").dm(), everywhere.in_thread("U_ANA")[-1]["ts"], "prompt.next"
    )
    everywhere.settle()
    everywhere.reply("U_ANA", "skip")
    everywhere.reply("U_ANA", "Nina Simone — Feeling Good (live)")
    wrap_up = everywhere.in_thread("U_ANA")[-1]
    assert "I have 3 answers from you" in wrap_up["text"]
    assert "Feeling Good" in words_of(wrap_up)

    everywhere.at(6, 10)
    reminded = {user for user in ("U_ANA", "U_DEE") if "gentle nudge" in everywhere.dms(user)[-1]["text"]}
    assert reminded == {"U_DEE"}

    everywhere.at(6, 15)
    draft = everywhere.dms("U_DEE")[-1]
    assert "The draft of Digital weeknotes, week 10." in draft["text"]
    assert "1 of 4 has given something" in draft["text"]
    assert "We opened the new library." in words_of(draft)

    everywhere.at(6, 16)
    digest = everywhere.messages(CHANNEL)[-1]
    assert "1.1 — weeknotes" in words_of(digest)
    for words in ("We opened the new library.", "Forty people came.", "Fixed the projector", "Feeling Good"):
        assert words in words_of(digest)
    notes = [message for message in everywhere.messages(CHANNEL) if "1.1" in message["text"]]
    assert len(notes) == 1
