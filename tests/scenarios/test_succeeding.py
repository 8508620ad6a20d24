"""Editors who go: never without a successor, and nobody is made one."""

from tests.support.asking import configure, openings, present, press, tell
from tests.support.world import CHANNEL, World, words_of


def offers(team: World, user_id: str) -> list[dict[str, object]]:
    """Return the messages that ask somebody to take the series over."""
    return [message for message in team.dms(user_id) if "has nobody to edit it any more" in message["text"]]


def test_the_last_editor_hands_over_before_leaving(team: World) -> None:
    """Alone, Dee can only stop being asked; with a second editor she leaves altogether."""
    series = team.series()
    dee = team.person("U_DEE")
    alone = tell(team, "U_DEE", "leave")
    dee.click(CHANNEL, dee.ephemerals(CHANNEL)[-1]["ts"], "contributor.leave")
    team.settle()
    only = present(team)
    configure(team, series, editors=("U_DEE", "U_BEN"))
    tell(team, "U_DEE", "leave")
    dee.click(CHANNEL, dee.ephemerals(CHANNEL)[-1]["ts"], "editor.leave")
    team.settle()

    assert "the only editor" in alone
    assert "editor.leave" not in alone
    assert ("U_DEE" in only.contributors, only.editors) == (False, ("U_DEE",))
    assert ("U_BEN",) == present(team).editors
    assert "no longer one of its editors" in words_of(dee.ephemerals(CHANNEL)[-1])


def test_an_editor_whose_account_ends_is_replaced_by_asking_the_channels_creator(team: World) -> None:
    """Dee goes; Cai, who made the channel, is asked once, takes over, and has the draft on Friday."""
    team.slack.add_channel("C_MADE", name="made", members=["U_ANA", "U_CAI", "U_DEE", "U_BOT"], creator="U_CAI")
    team.series(channel_id="C_MADE")
    team.slack.change_user("U_DEE", deleted=True)
    team.settle()
    team.slack.change_user("U_DEE", deleted=True, real_name="Dee R.")
    team.settle()
    asked = offers(team, "U_CAI")
    press(team, "U_CAI", asked[0], "editor.take_over")
    team.at(6, 15)

    assert ["you made the channel" in str(each["text"]) for each in asked] == [True]
    assert "You now edit *Digital weeknotes*" in team.dms("U_CAI")[0]["text"]
    assert any("The draft" in message["text"] or "draft" in words_of(message) for message in team.dms("U_CAI")[1:])
    assert ("U_CAI",) == team.bot.services.administering.find_series("T_TEAM", "C_MADE", "U_CAI").editors


def test_without_a_creator_an_admin_is_asked_and_after_a_week_another(small: World) -> None:
    """Dee made the channel herself: one admin is asked, a week later the next; the first to press has it."""
    small.series(contributors=("U_ANA",))
    small.slack.change_user("U_BEN", is_admin=True)
    small.slack.change_user("U_CAI", is_admin=True)
    small.slack.change_user("U_DEE", deleted=True)
    small.settle()
    first = [len(offers(small, user_id)) for user_id in ("U_BEN", "U_CAI")]
    small.at(9, 9)
    second = [len(offers(small, user_id)) for user_id in ("U_BEN", "U_CAI")]
    small.at(12, 10)
    press(small, "U_CAI", offers(small, "U_CAI")[0], "editor.take_over")
    press(small, "U_BEN", offers(small, "U_BEN")[0], "editor.take_over")

    assert ([1, 0], [1, 1]) == (first, second)
    assert 1 == len(openings(small, "U_ANA"))
    assert "has an editor again" in small.dms("U_BEN")[0]["text"]
    assert ("U_CAI",) == present(small).editors


def test_one_of_several_editors_may_go_without_a_word(small: World) -> None:
    """While somebody is there to edit, nobody is asked anything."""
    configure(small, small.series(), editors=("U_DEE", "U_BEN"))
    small.slack.change_user("U_CAI", is_admin=True)
    small.slack.change_user("U_DEE", deleted=True)
    small.settle()

    assert [] == offers(small, "U_CAI")
