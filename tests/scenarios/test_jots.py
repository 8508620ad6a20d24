"""What people jot all week: where it goes, how it is listed, and how it is taken back."""

from typing import Any

from slack_sdk import WebClient

from storage import answers, editions
from storage import series as series_store
from tests.support.world import BOT_TOKEN, CHANNEL, Json, World, words_of

MORE, SECRET = "C_MORE", "C_SECRET"


def two_series(team: World) -> None:
    """Set up two series that ask the same people."""
    team.slack.add_channel(MORE, name="more", members=["U_ANA", "U_DEE", "U_BOT"], creator="U_DEE")
    team.series()
    team.series(channel_id=MORE, name="More weeknotes")


def kept(team: World) -> list[tuple[str, str]]:
    """Return what is kept of Ana: the series and the words."""
    with team.bot.database.session() as session:
        found = []
        for answer in answers.of_person(session, "T_TEAM", "U_ANA"):
            edition = editions.get(session, "T_TEAM", answer.edition_id)
            series = series_store.get(session, "T_TEAM", edition.series_id) if edition else None
            found.append((series.name if series else "", answer.text))
        return found


def opening(team: World) -> Json:
    """Return the message that opened Ana's thread, as it is now."""
    thread_ts = team.thread_of("U_ANA")
    return next(message for message in team.dms("U_ANA") if message["ts"] == thread_ts)


def told(team: World, channel: str) -> str:
    """Return the last thing that only Ana was told in a channel."""
    return words_of(team.person("U_ANA").ephemerals(channel)[-1])


def test_in_several_series_a_jot_is_kept_at_once_and_goes_where_its_author_says(team: World) -> None:
    """The receipt asks which it is for, remembers it for the day, and offers to change; the next day it asks again."""
    two_series(team)
    ana = team.person("U_ANA")
    ana.say(ana.dm(), text="Met Tom")
    team.settle()
    receipt = team.dms("U_ANA")[-1]
    assert "for now. Which of your weeknotes is it for?" in receipt["text"]
    assert [("Digital weeknotes", "Met Tom")] == kept(team)

    ana.click(ana.dm(), receipt["ts"], "jot.choose.1")
    ana.click(ana.dm(), receipt["ts"], "jot.choose.1")
    team.settle()
    ana.say(ana.dm(), text="Met Ann")
    team.settle()
    first, second = team.dms("U_ANA")[-2:]
    assert "More weeknotes, week 10, under “I also…”. What else you jot today goes there too." in first["text"]
    assert "Saved for More weeknotes, week 10, under “I also…”" in second["text"]

    ana.click(ana.dm(), second["ts"], "answer.move", selected="2::1")
    team.settle()
    assert "this is now in Digital weeknotes" in team.dms("U_ANA")[-1]["text"]
    assert "What else you jot today goes there too." in team.dms("U_ANA")[-1]["text"]
    team.at(5, 9)
    said = words_of(ana.command("/weeknotes", "jot Met Kim", ana.dm()) or {})
    team.settle()

    assert "Which of your weeknotes is it for?" in said
    ana.click(ana.dm(), ana.ephemerals(ana.dm())[-1]["ts"], "jot.choose.1")
    team.settle()
    assert "this is now in More weeknotes" in told(team, ana.dm())
    assert [("More weeknotes", "Met Tom"), ("Digital weeknotes", "Met Ann"), ("More weeknotes", "Met Kim")] == kept(
        team
    )


def test_the_opening_message_lists_what_was_jotted_and_each_can_be_removed(team: World) -> None:
    """Removed, it leaves the list, the form and the note, is told of, and does not come back by its edit."""
    team.series()
    ana = team.person("U_ANA")
    said = ana.say(ana.dm(), text="Met *Tom*")
    team.settle()
    ana.command("/weeknotes", "jot Fixed the <projector>", CHANNEL)
    team.at(5, 10)
    assert "You saved 2 things for it already:\n• " in opening(team)["text"]
    assert "\n• Met Tom\n" in opening(team)["text"]

    ana.click(ana.dm(), opening(team)["ts"], "jot.remove", block_id="jot:1")
    ana.edit(ana.dm(), said["ts"], "Met *Tom* again")
    team.settle()

    shown = next(message for message in team.messages(ana.dm()) if message["ts"] == said["ts"])
    assert not shown.get("reactions")
    assert "Removed from Digital weeknotes, week 10. You have 1 thing in it." in told(team, ana.dm())
    assert "You saved 1 thing for it already:\n• Fixed the" in opening(team)["text"]
    assert "Tom" not in words_of(opening(team))
    ana.click(ana.dm(), opening(team)["ts"], "answer.form")
    team.settle()
    assert "Tom" not in words_of(ana.view() or {})
    team.at(6, 16)
    assert "projector" in words_of(team.messages(CHANNEL)[-1])
    assert "Tom" not in words_of(team.messages(CHANNEL)[-1])


def test_the_list_follows_what_is_jotted_edited_and_deleted_later(small: World) -> None:
    """The opening message shows what there is: one more by command, one edited, one deleted."""
    small.series()
    ana = small.person("U_ANA")
    one, two = (ana.say(ana.dm(), text=words) for words in ("Met Tom", "Met Ann"))
    small.settle()
    small.at(5, 10)

    ana.command("/weeknotes", "jot Met Kim", CHANNEL)
    ana.edit(ana.dm(), one["ts"], "Met Thomas")
    ana.delete(ana.dm(), two["ts"])
    small.settle()

    assert "You saved 2 things for it already:\n• Met Thomas\n• Met Kim\n" in opening(small)["text"]


def test_the_shortcut_keeps_words_links_files_and_where_they_were(small: World) -> None:
    """In a private channel where the bot is not, everything of a message is kept, and where it was can be looked up."""
    small.series()
    ana = small.person("U_ANA")
    small.slack.add_channel(SECRET, name="secret", members=["U_ANA", "U_DEE"], creator="U_DEE", private=True)
    photo = {"name": "demo.png", "data": b"\x89PNG", "mimetype": "image/png"}
    words = "A *great* demo: https://example.org/a?b=1&c=2"
    saved = small.person("U_DEE").say(SECRET, text=words, files=[photo])

    ana.shortcut("jot.save", SECRET, saved["ts"])
    small.settle()

    with small.bot.database.session() as session:
        answer = answers.of_person(session, "T_TEAM", "U_ANA")[0]
    address = f"/archives/{SECRET}/p{saved['ts'].replace('.', '')}"
    assert [block["type"] for block in answer.blocks] == ["rich_text"]
    assert ["demo.png"] == [file["name"] for file in answer.files]
    assert answer.permalink.endswith(address)
    assert "Saved for Digital weeknotes" in told(small, SECRET)
    assert address in told(small, SECRET)
    small.at(5, 10)
    assert address in words_of(opening(small))
    small.at(6, 16)
    assert all(part in words_of(small.messages(CHANNEL)[-1]) for part in ("great", "b=1&c=2", "demo.png"))


def test_the_shortcut_keeps_what_apps_say_and_refuses_what_says_nothing(small: World) -> None:
    """An app's message has its words in blocks; one without words or files gets a sentence, and nothing is kept."""
    small.series()
    ana = small.person("U_ANA")
    app = WebClient(BOT_TOKEN, base_url=small.slack.api_url)
    blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Build 7* passed"}}]
    built = app.api_call("chat.postMessage", json={"channel": CHANNEL, "blocks": blocks})
    empty = app.api_call("chat.postMessage", json={"channel": CHANNEL, "blocks": [{"type": "divider"}]})

    ana.shortcut("jot.save", CHANNEL, str(built["ts"]))
    small.settle()
    ana.shortcut("jot.save", CHANNEL, str(empty["ts"]))
    small.settle()

    assert [("Digital weeknotes", "*Build 7* passed")] == kept(small)
    assert "no words, and no file" in told(small, CHANNEL)


def test_saving_the_same_message_again_says_that_it_is_there_and_may_bring_it_back(small: World) -> None:
    """Pressed twice it is kept once; removed and saved anew it is there again."""
    small.series()
    ana = small.person("U_ANA")
    saved = small.person("U_DEE").say(CHANNEL, text="Well done Ana")
    for _ in range(2):
        ana.shortcut("jot.save", CHANNEL, saved["ts"])
        small.settle()
    assert "I have this one already" in told(small, CHANNEL)
    small.at(5, 10)
    ana.click(ana.dm(), opening(small)["ts"], "jot.remove")
    small.settle()
    assert [] == kept(small)

    ana.shortcut("jot.save", CHANNEL, saved["ts"])
    small.settle()

    assert [("Digital weeknotes", "Well done Ana")] == kept(small)


def test_many_long_jots_fit_the_opening_message(small: World) -> None:
    """The first ones are listed, the beginning of each; how many more there are is said, and the form has them all."""
    small.series()
    ana = small.person("U_ANA")
    words = "<&> " * 900
    for n in range(14):
        ana.say(ana.dm(), text=f"Thing {n}\n{words}")
    small.settle()

    small.at(5, 10)

    assert "And 4 things more" in words_of(opening(small))
    assert "Thing 9" in words_of(opening(small))
    assert "Thing 10" not in words_of(opening(small))
    assert all(text.count("&lt;&amp;&gt;") == 900 for _, text in kept(small))


def test_saved_words_of_somebody_else_stand_as_theirs(small: World) -> None:
    """The note quotes Ben, his name linked to his message; list and form name him; Ana's own message is hers."""
    small.series(contributors=("U_ANA",))
    ana, ben = small.person("U_ANA"), small.person("U_BEN")
    theirs = ben.say(CHANNEL, text="The demo *went* well\n- no tears")
    own = ana.say(CHANNEL, text="I fixed the bins")
    small.settle()
    for message in (theirs, own):
        ana.shortcut("jot.save", CHANNEL, message["ts"])
        small.settle()
    before = kept(small)
    small.at(5, 10)
    listed = opening(small)
    ana.click(ana.dm(), listed["ts"], "answer.form")
    small.settle()
    form = words_of(ana.view() or {})
    small.at(6, 16)
    note = small.messages(CHANNEL)[-1]
    quotes = [
        part for block in note["blocks"] for part in block.get("elements", ()) if part["type"] == "rich_text_quote"
    ]

    assert ["The demo *went* well\n• no tears", "I fixed the bins"] == [words for _, words in before]
    assert 1 == len(quotes)
    assert "no tears" in str(quotes[0])
    assert {"type": "link", "text": "Ben Marsh"} == {
        name: value for name, value in quotes[0]["elements"][-1].items() if name in {"type", "text"}
    }
    assert "I fixed the bins" in words_of(note)
    assert "> — Ben Marsh" in note["text"].replace("&gt;", ">")
    assert 1 == words_of(listed).count("The message you saved>, by Ben Marsh")
    assert "no tears — Ben Marsh" in listed["text"]
    assert 1 == form.count("Ben Marsh wrote this")
