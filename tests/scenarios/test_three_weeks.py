"""A team of twelve from an empty channel to its third note: one held, one of a fortnight, one late and edited since."""

from collections.abc import Callable

from bot.rendering import documents
from bot.services.composing import whole_note
from storage import editions
from storage import series as stored_series
from tests.scenarios.test_editing import draft_ts
from tests.scenarios.test_entries import choose, edited
from tests.support.twelve import TEAM, WEEK_10, WEEK_11, WEEK_12, WEEK_13, Said
from tests.support.world import World, words_of

TEAM_CHANNEL = "C_TWELVE"
VALUE = "value"
Golden = Callable[[str, str], str]


def set_up(team: World) -> None:
    """Let Dee come to a channel in which nobody else is, bring everybody and the bot, and set up the series."""
    for user_id, name in TEAM.items():
        team.slack.add_user(user_id, real_name=name, tz="Europe/London")
    team.slack.add_channel(TEAM_CHANNEL, name="weeknotes-of-twelve", members=["U_DEE"], creator="U_DEE", private=True)
    dee = team.person("U_DEE")
    for user_id in [*TEAM, "U_BOT"]:
        if user_id != "U_DEE":
            dee.invite(user_id, TEAM_CHANNEL)
    team.settle()
    dee.command("/weeknotes", "setup", TEAM_CHANNEL)
    team.settle()
    assert dee.submit({"contributors": {VALUE: list(TEAM)}, "name": {VALUE: "Library weeknotes"}}) == {}
    team.settle()
    assert "Library weeknotes" in words_of(team.messages(TEAM_CHANNEL)[-1])


def week(team: World, thursday: int, said: Said) -> None:
    """Let everybody be asked, say what they say, and the editor have the draft."""
    team.at(thursday, 10)
    for user_id, (text, *_) in said.items():
        person = team.person(user_id)
        person.say(person.dm(), text, thread_ts=team.thread_of(user_id))
    team.settle()
    for user_id, (_, *replies) in said.items():
        for text in replies:
            team.reply(user_id, text)
    team.at(thursday + 1, 15)


def press(team: World, action_id: str) -> None:
    """Have Dee press a button of her latest draft."""
    dee = team.person("U_DEE")
    dee.click(dee.dm(), draft_ts(team), action_id)
    team.settle()


def retitle(team: World, headline: str, introduction: str) -> None:
    """Have Dee give the note its title and introduction."""
    press(team, "note.title")
    given = {"headline": {"headline": headline}, "introduction": {"introduction": introduction}}
    assert team.person("U_DEE").submit(given) == {}
    team.settle()


def markdown(team: World, monday: int) -> str:
    """Return the note that is out, of the week that begins on this day of March, as a document."""
    with team.bot.database.session() as session:
        series = stored_series.in_channel(session, "T_TEAM", TEAM_CHANNEL)
        assert series
        found = editions.latest_published(session, "T_TEAM", series.id, 9)
        edition = next(each for each in found if each.period.end.day == monday + 6)
        return documents.markdown(whole_note(session, series, edition))


def test_twelve_people_and_three_notes(small: World, golden: Golden) -> None:
    """Set up by one form; a note held and released, one of two weeks, and a late one edited since."""
    set_up(small)
    dee = small.person("U_DEE")

    week(small, 5, WEEK_10)
    introduction = "Welcome to the first one. It is *long*; the next ones are shorter."
    retitle(small, "reading rooms, lifts and a quiet move", introduction)
    press(small, "note.hold")
    small.at(6, 16)
    assert posted(small) == []
    small.at(9, 9)
    press(small, "note.release")
    assert ["1.1 — weeknotes — reading rooms, lifts and a quiet move"] == posted(small)

    week(small, 12, WEEK_11)
    dee.command("/weeknotes", "merge", TEAM_CHANNEL)
    small.settle()
    dee.click(TEAM_CHANNEL, dee.ephemerals(TEAM_CHANNEL)[-1]["ts"], "note.merge")
    small.settle()
    small.at(13, 16)
    assert 1 == len(posted(small))
    week(small, 19, WEEK_12)
    retitle(small, "half term", "")
    small.at(20, 16)
    assert "1.2 — weeknotes — half term" == posted(small)[-1]
    status = small.person("U_BEA").command("/weeknotes", "status", TEAM_CHANNEL) or {}
    assert "*2 notes* in a row" in words_of(status)  # of three weeks, two were one note

    week(small, 26, WEEK_13)
    press(small, "note.hold")
    small.reply("U_LEA", "Just in time for the draft.")
    small.at(27, 15, 5)
    draft = next(message for message in small.dms("U_DEE") if message["ts"] == draft_ts(small))
    assert "Just in time for the draft." in words_of(draft)
    small.at(31, 11)
    dee.command("/weeknotes", "publish now", TEAM_CHANNEL)
    small.settle()
    edit_afterwards(small)
    assert "1.3 — weeknotes — went home on time" == posted(small)[-1]
    assert 3 == len(posted(small))

    for name, monday in (("held", 2), ("fortnight", 16), ("late", 23)):
        rendered = markdown(small, monday)
        assert golden(f"three-weeks/{name}.md", rendered) == rendered


def edit_afterwards(team: World) -> None:
    """Have Ana mend a word of what is out, and Dee reword one entry, move another and give the note its title."""
    ana = team.person("U_ANA")
    said = next(m for m in team.messages(ana.dm()) if "reading rom" in m["text"])
    ana.edit(ana.dm(), said["ts"], said["text"].replace("rom.", "room."))
    team.settle()
    edited(team)
    choose(team, "The lift has been replaced by stairs, and I by a plumber.", "Change the wording…")
    assert team.person("U_DEE").submit({"words": {"words": "The lift is being mended by somebody who can."}}) == {}
    team.settle()
    choose(team, "Nothing broke. I went home on time on Thursday.", "Move Kit Lindqvist’s part up")
    team.person("U_DEE").close_view()
    retitle(team, "went home on time", "")
    team.at(31, 12)


def posted(team: World) -> list[str]:
    """Return the titles of the notes in the channel."""
    titles = [message["text"].splitlines()[0] for message in team.messages(TEAM_CHANNEL)]
    return [title for title in titles if title[:1].isdigit()]
