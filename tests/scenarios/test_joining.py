"""People who join and leave, and newcomers to the channel, who are told once and enrolled never."""

from collections.abc import Callable

import pytest

from bot.domain.errors import NoSeriesHereError, NotAllowedError
from tests.scenarios.test_away import home, press_in_home
from tests.support.asking import configure, newcomer, openings, present, press, tell
from tests.support.world import CHANNEL, World, words_of


def test_a_newcomer_is_told_once_and_joins_by_the_button(team: World) -> None:
    """Eve comes to the channel, reads of the weeknotes, joins, and is asked on Thursday like everybody."""
    team.series()
    newcomer(team)
    told = team.dms("U_EVE")
    before = set(present(team).contributors)
    press(team, "U_EVE", told[0], "contributor.join")
    team.person("U_EVE").leave(CHANNEL)
    team.settle()
    team.person("U_EVE").join(CHANNEL)
    team.settle()
    joined = team.dms("U_EVE")
    team.at(5, 10)

    assert "Would you like to take part?" in told[0]["text"]
    assert "U_EVE" not in before
    assert ["Welcome to *Digital weeknotes*"] == [message["text"][:30] for message in joined]
    assert "I ask you on *Thursday 5 March at 10:00*, your time" in joined[0]["text"]
    assert 1 == len(openings(team, "U_EVE"))


def test_who_does_not_want_to_is_left_alone(small: World) -> None:
    """*No thanks* is taken at its word, whatever comes and goes; the command opens the door again."""
    small.series()
    newcomer(small)
    press(small, "U_EVE", small.dms("U_EVE")[0], "contributor.decline")
    small.at(5, 10)
    refused = small.dms("U_EVE")
    said = tell(small, "U_EVE", "join")

    assert ["That’s fine: I won’t ask you."] == [message["text"][:29] for message in refused]
    assert "in a moment" in said
    assert 1 == len(openings(small, "U_EVE"))


def test_nobody_is_told_who_need_not_be(small: World) -> None:
    """No bot, nobody deactivated, nobody in the series, nor who set it up, nor who was there already, is told."""
    small.slack.add_user("U_GUS", real_name="Gus Wahl")
    small.person("U_GUS").join(CHANNEL)
    small.settle()
    small.series(contributors=("U_ANA",))
    for user_id in ("U_ANA", "U_DEE", "U_GUS"):
        small.person(user_id).leave(CHANNEL)
        small.settle()
        small.person(user_id).join(CHANNEL)
    newcomer(small, "U_ROBOT", is_bot=True)
    newcomer(small, "U_GONE", deleted=True)
    small.settle()

    told = [
        user_id
        for user_id in ("U_ANA", "U_DEE", "U_GUS")
        for each in small.dms(user_id)
        if "take part?" in each["text"]
    ]
    assert [] == told
    posted = [call.args.get("channel") for call in small.slack.calls if call.method == "chat.postMessage"]
    assert not {"U_ROBOT", "U_GONE"} & set(posted)


def test_many_newcomers_at_once_are_each_told_once(small: World) -> None:
    """Six people join together, every event comes twice, and each of them has one message."""
    small.series()
    names = [f"U_NEW{n}" for n in range(6)]
    for name in names:
        small.slack.add_user(name, real_name=name)
    small.slack.faults.events(duplicate=6)
    for name in names:
        small.person(name).join(CHANNEL)
    small.settle()

    assert [1] * 6 == [len(small.dms(name)) for name in names]


def test_joining_while_it_is_asked_is_being_asked_at_once(team: World) -> None:
    """On Friday morning somebody joins by the button in the channel, answers, and is in the note."""
    team.series(contributors=("U_DEE",))
    introduction = team.messages(CHANNEL)[-1]
    team.at(6, 9)
    ana = team.person("U_ANA")
    ana.click(CHANNEL, introduction["ts"], "contributor.join")
    team.settle()
    again = tell(team, "U_ANA", "join")
    team.reply("U_ANA", "The library opened.")
    team.at(6, 16)

    assert "in a moment" in words_of(ana.ephemerals(CHANNEL)[0])
    assert "already" in again
    assert 1 == len(openings(team, "U_ANA"))
    assert "The library opened." in words_of(team.messages(CHANNEL)[-1])


def test_joining_at_night_is_being_asked_in_the_morning(small: World) -> None:
    """Late on Thursday nobody is asked any more; the answer says that it will be Friday at eight, and so it is."""
    small.series(contributors=("U_DEE",))
    small.at(5, 22)
    said = tell(small, "U_ANA", "join")
    at_night = openings(small, "U_ANA")
    small.at(6, 8)

    assert "I ask you on *Friday 6 March at 08:00*" in said
    assert [] == at_night
    assert 1 == len(openings(small, "U_ANA"))


def test_joining_after_the_draft_is_being_asked_next_week(small: World) -> None:
    """On Friday afternoon the editor has the draft already: the next asking is the next edition's."""
    small.series(contributors=("U_DEE",))
    small.at(6, 15, 5)
    said = tell(small, "U_ANA", "join")
    small.at(6, 16)
    this_week = openings(small, "U_ANA")
    small.at(12, 10)

    assert "I ask you on *Thursday 12 March at 10:00*" in said
    assert [] == this_week
    assert 1 == len(openings(small, "U_ANA"))


def test_leaving_closes_kindly_and_keeps_what_was_given(team: World) -> None:
    """Ana leaves in the middle of it: her words go out, her thread says so, and she hears no more."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    said = tell(team, "U_ANA", "leave")
    closed, opening = team.in_thread("U_ANA")[-1], openings(team, "U_ANA")[0]
    before = len(team.dms("U_ANA"))
    team.at(6, 10)
    status = tell(team, "U_DEE", "status")
    team.at(6, 16)
    team.at(12, 10)

    assert "What you have given for the coming note stays in it (1 answer)" in said
    assert "The 1 answer you gave stays in the note" in closed["text"]
    assert "prompt.next" not in words_of(opening)
    assert "Left: Ana Okafor" in status
    assert "The library opened." in "".join(words_of(message) for message in team.messages(CHANNEL))
    assert before == len(team.dms("U_ANA"))


def test_leaving_from_the_home_asks_first(small: World) -> None:
    """Ana is asked, leaves, and reads how to come back; Dee, an editor, is asked what to leave, and keeps editing."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    questions, answers = [], []
    for user_id in ("U_ANA", "U_DEE"):
        home(small, user_id)
        press_in_home(small, user_id, "home.leave")
        person = small.person(user_id)
        view = person.view() or {}
        questions.append(words_of(view))
        assert user_id in present(small).contributors
        person.click_view(view["id"], "contributor.leave")
        small.settle()
        answers.append(words_of(person.view() or {}))

    assert "Shall I stop asking you for *Digital weeknotes*? What you have given" in questions[0]
    assert "You have left *Digital weeknotes*" in answers[0]
    assert "You are the only editor of *Digital weeknotes*" in questions[1]
    assert "You are still one of its editors" in answers[1]
    assert {"U_BEN", "U_CAI"} == set(present(small).contributors)
    assert "home.leave" not in words_of(small.person("U_ANA").home() or {})


def test_who_left_before_being_asked_and_comes_back_is_asked(small: World) -> None:
    """Left on Wednesday, back on Friday morning: asked at once, and only once."""
    small.series()
    tell(small, "U_ANA", "leave")
    small.at(5, 10)
    passed_over = openings(small, "U_ANA")
    small.at(6, 9)
    tell(small, "U_ANA", "join")
    small.at(6, 10)
    small.at(12, 10)

    assert [] == passed_over
    assert 2 == len(openings(small, "U_ANA"))


def test_guests_join_only_where_the_series_lets_them(team: World) -> None:
    """A guest is not told, offered it or let in where guests are left out, and is asked no more once they are."""
    series = team.series(contributors=("U_DEE",))
    newcomer(team, "U_EVE", is_restricted=True)
    offered = tell(team, "U_EVE", "help")
    tell(team, "U_EVE", "join")
    configure(team, series, contributors=("U_DEE",), asks_guests=False)
    newcomer(team, "U_FAY", is_ultra_restricted=True)
    said = tell(team, "U_FAY", "join")
    offered_now = tell(team, "U_FAY", "help")
    team.at(5, 10)

    assert "`/weeknotes join`" in offered
    assert "`/weeknotes join`" not in offered_now
    assert "leaves guests out" in said
    assert [] == team.dms("U_FAY")
    assert {"U_DEE"} == set(present(team).contributors)


def test_a_made_up_button_lets_nobody_in(small: World) -> None:
    """A series in whose channel somebody never was is none of theirs, whatever a button says."""
    small.slack.add_channel("C_SECRET", name="secret", members=["U_DEE", "U_BOT"], creator="U_DEE", private=True)
    series = small.series(channel_id="C_SECRET", contributors=("U_DEE",))
    joining, succeeding = small.bot.services.joining, small.bot.services.succeeding
    made_up: list[Callable[[], object]] = [
        lambda: joining.join("T_TEAM", "U_BEN", series_id=series.id, channel_id="D_BEN"),
        lambda: joining.decline("T_TEAM", "U_BEN", series.id),
        lambda: joining.leave("T_TEAM", "U_BEN", series.id),
        lambda: joining.stop_editing("T_TEAM", "U_BEN", series.id),
        lambda: succeeding.take_over("T_TEAM", "U_BEN", series.id, "U_DEE"),
        lambda: joining.join("T_OTHER", "U_DEE", series_id=series.id, channel_id="C_SECRET"),
    ]
    for act in made_up:
        with pytest.raises((NoSeriesHereError, NotAllowedError)):
            act()

    left = small.bot.services.administering.find_series("T_TEAM", "C_SECRET", "U_DEE")
    assert (("U_DEE",), ("U_DEE",)) == (left.contributors, left.editors)
