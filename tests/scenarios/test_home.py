"""The Home: what a person gave and where, their run, past notes, and what they may do with their data."""

import json
from typing import Any

from bot.domain.homes import Leaf
from bot.listeners.actions.home_turned import page_of
from bot.listeners.payloads import carried
from fakeslack import Fault
from tests.scenarios.test_away import home, press_in_home, tell
from tests.support.world import CHANNEL, World, words_of
from tests.support.years import Years


def links(view: Any) -> dict[str, str]:  # noqa: ANN401 - blocks, and whatever is in them
    """Return the links in a view's rich text, by what they say."""
    if isinstance(view, list):
        return {label: url for each in view for label, url in links(each).items()}
    if not isinstance(view, dict):
        return {}
    if view.get("type") == "link":
        return {str(view.get("text")): str(view["url"])}
    return {label: url for each in view.values() for label, url in links(each).items()}


def permalink(team: World, channel: str, ts: str) -> str:
    """Return what Slack says a message's permalink is."""
    return str(team.bot.clients.of("T_TEAM").chat_getPermalink(channel=channel, message_ts=ts)["permalink"])


def escaped(url: str) -> str:
    """Return an address as it stands in mrkdwn."""
    return url.replace("&", "&amp;")


def test_what_was_given_is_linked_to_where_it_was_given(team: World) -> None:
    """A jot, a reply in the thread and the thread itself lead to their messages; so does the note once it is out."""
    team.series(contributors=("U_ANA", "U_DEE"))
    ana = team.person("U_ANA")
    jot = ana.say(ana.dm(), text="Fixed the bins")
    team.settle()
    before = home(team, "U_ANA")
    team.at(5, 10)
    reply = team.reply("U_ANA", "The library opened.")
    asked = home(team, "U_ANA")
    team.at(6, 16)
    after = home(team, "U_ANA")
    digest = team.messages(CHANNEL)[-1]

    assert "I ask you on *Thursday 5 March at 10:00*, and the note goes out *Friday 6 March at 16:00*" in before
    assert f"<{permalink(team, ana.dm(), jot['ts'])}|Wednesday at 09:00>" in asked
    assert f"<{escaped(permalink(team, ana.dm(), reply['ts']))}|Thursday at 10:00>" in asked
    assert f"<{permalink(team, ana.dm(), team.thread_of('U_ANA'))}|Your thread>" in asked
    assert "The library opened." in asked
    assert {"1.1 — weeknotes": permalink(team, CHANNEL, digest["ts"])} == links(ana.home())
    assert "I ask you on *Thursday 12 March at 10:00*" in after


def test_only_silence_breaks_a_run(small: World) -> None:
    """Away and *nothing this week* leave a run as it is; an edition left standing ends it; an answer begins anew."""
    small.series()
    ana, ben = small.person("U_ANA"), small.person("U_BEN")
    small.at(5, 16)
    small.reply("U_ANA", "One.")
    small.reply("U_BEN", "One.")
    small.at(6, 16)
    tell(small, "U_ANA", "away 9 to 15 March")
    small.at(12, 16)
    small.reply("U_DEE", "Two.")
    small.at(13, 16)
    small.at(19, 16)
    ana.click(ana.dm(), small.thread_of("U_ANA"), "edition.nothing")
    small.reply("U_DEE", "Three.")
    small.at(20, 16)
    small.at(26, 16)
    in_between = home(small, "U_BEN")
    small.reply("U_ANA", "Four.")
    ben.say(ben.dm(), text="Four.")
    small.settle()

    assert "After a break, your next answer begins a new run" in in_between
    assert "Back after a break" in home(small, "U_BEN")
    assert "*2 notes* in a row" in home(small, "U_ANA")
    assert "*2 notes* in a row" in tell(small, "U_ANA", "status")


def test_a_run_is_nobody_elses_and_can_be_hidden(small: World) -> None:
    """An editor sees their own run and nobody's besides; hidden, it is neither in the Home nor in the status."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "One.")
    editor = tell(small, "U_DEE", "status") + home(small, "U_DEE")
    shown = home(small, "U_ANA")
    press_in_home(small, "U_ANA", "contributor.run")
    hidden = words_of(small.person("U_ANA").home() or {}) + tell(small, "U_ANA", "status")
    press_in_home(small, "U_ANA", "contributor.run")

    assert "that’s one note" not in editor
    assert "that’s one note" in shown
    assert "🌱" not in hidden
    assert "seedling" not in hidden
    assert "that’s one note" in words_of(small.person("U_ANA").home() or {})


def test_past_notes_are_turned_page_by_page(small: World) -> None:
    """Five are listed, the others behind a button, twenty to a page; and what was given a year ago is there."""
    Years(series=1, editions=60).write(small.bot.database)
    ana = small.person("U_ANA")
    brief = home(small, "U_ANA")
    seen = []
    for action_id in ("home.notes", "home.older", "home.older", "home.newer", "home.overview"):
        press_in_home(small, "U_ANA", action_id)
        seen.append([label.split(" ")[0] for label in links(ana.home())])

    assert "This week last year" in brief
    assert "3–9 March 2025" in brief
    assert ["1.59", "1.40"] == [seen[0][0], seen[0][-1]]
    assert ["1.39", "1.20"] == [seen[1][0], seen[1][-1]]
    assert ["1.19", "1.1"] == [seen[2][0], seen[2][-1]]
    assert seen[1] == seen[3]
    assert "1.59" in seen[4]


def test_a_button_that_nobody_made_shows_nothing_of_others(small: World) -> None:
    """Whatever a forged button asks for, somebody in no series sees no series."""
    Years(series=1, editions=3, words="SECRET", headline="SECRET").write(small.bot.database)
    forged = (
        "{",
        {"leaf": "nowhere", "start": "many"},
        {"leaf": Leaf.WEEK.value, "edition": 1_001},
        {"leaf": Leaf.SERIES.value, "start": 10**30},
        {"leaf": Leaf.NOTES.value, "start": -5},
    )
    for n, value in enumerate(forged):
        page = page_of(carried({"value": value if isinstance(value, str) else json.dumps(value)}))
        small.bot.services.homes.show("T_TEAM", "U_DEE", f"forged{n}", page)
        small.settle()

        assert "SECRET" not in json.dumps(small.person("U_DEE").home())


def test_taking_ones_words_along(small: World) -> None:
    """The button says in a modal that they are on their way; they come once, even if Slack sends the press twice."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    home(small, "U_ANA")
    press_in_home(small, "U_ANA", "export.mine")
    small.slack.repeat(small.slack.sent()[-1])
    small.settle()
    ana = small.person("U_ANA")

    assert "on the way to you" in words_of(ana.view() or {})
    assert 1 == sum(bool(message.get("files")) for message in small.messages(ana.dm()))


def test_being_forgotten_from_the_home(small: World) -> None:
    """The button asks in a modal, saying what goes; there it is done, and the Home is empty afterwards."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    home(small, "U_ANA")
    press_in_home(small, "U_ANA", "forget.ask")
    ana = small.person("U_ANA")
    asked = ana.view() or {}
    ana.click_view(asked["id"], "forget.words")
    small.settle()

    assert "1 answer not published yet" in words_of(asked)
    assert "I have forgotten you" in words_of(ana.view() or {})
    assert "You are not in any weeknotes yet" in words_of(ana.home() or {})


def test_an_editor_sees_how_their_series_stand(small: World) -> None:
    """Who has given something is a count; what comes next has its time; what Slack refused last is said."""
    small.series()
    small.at(5, 16)
    small.reply("U_ANA", "The library opened.")
    before = home(small, "U_DEE")
    small.slack.faults.add(Fault("chat.postMessage", "error:is_archived", times=4))
    small.at(6, 16)
    after = home(small, "U_DEE")

    assert "*Digital weeknotes*, week 10: 1 of 4 have given something." in before
    assert "a reminder to those who have given nothing, *Thursday 5 March at 21:00*" in before
    assert f"<#{CHANNEL}> is archived" in after
    assert "Series you edit" not in home(small, "U_ANA")
