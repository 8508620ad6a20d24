"""Everyone in the channel, guests or not, people who are gone for a while, and people who move."""

from tests.support.asking import configure, newcomer, openings, present, tell
from tests.support.world import CHANNEL, PEOPLE, World, words_of


def test_everyone_in_the_channel_is_asked_and_whoever_comes_and_goes(team: World) -> None:
    """Set in the settings: the members are asked, a newcomer is too and told of it, and who leaves is not."""
    team.series(contributors=("U_DEE",))
    configure(team, present(team), follows_channel=True)
    everyone = set(present(team).contributors)
    newcomer(team)
    told = team.dms("U_EVE")
    tell(team, "U_ANA", "leave")
    team.person("U_BEN").leave(CHANNEL)
    team.settle()
    left = set(present(team).contributors)
    team.person("U_ANA").leave(CHANNEL)
    team.settle()
    team.person("U_ANA").join(CHANNEL)
    team.settle()
    team.at(5, 10)

    assert set(PEOPLE) == everyone
    assert "Everyone in the channel is asked" in told[0]["text"]
    assert {"U_CAI", "U_DEE", "U_EVE"} == left == set(present(team).contributors)
    assert 1 == len(openings(team, "U_EVE"))
    assert [] == openings(team, "U_ANA")


def test_comings_and_goings_while_the_bot_was_down_are_caught_up_with(small: World) -> None:
    """At its start the bot reads who is in the channel; who left the weeknotes stays out."""
    configure(small, small.series(), follows_channel=True)
    tell(small, "U_ANA", "leave")
    small.stop()
    small.slack.faults.events(lose=3)
    small.slack.add_user("U_EVE", real_name="Eve Ito")
    small.person("U_EVE").join(CHANNEL)
    small.person("U_BEN").leave(CHANNEL)
    small.start()

    assert {"U_CAI", "U_DEE", "U_EVE"} == set(present(small).contributors)


def test_guests_are_left_out_where_the_series_says_so(small: World) -> None:
    """A guest in the channel is not asked; become a member of the workspace, they are."""
    small.slack.add_user("U_EVE", real_name="Eve Ito", is_restricted=True)
    small.settle()
    small.person("U_EVE").join(CHANNEL)
    small.settle()
    configure(small, small.series(), follows_channel=True, asks_guests=False)
    without = set(present(small).contributors)
    small.slack.change_user("U_EVE", is_restricted=False)
    small.settle()
    together = set(present(small).contributors)
    small.slack.change_user("U_EVE", is_ultra_restricted=True)
    small.settle()

    assert "U_EVE" not in without
    assert "U_EVE" in together
    assert "U_EVE" not in present(small).contributors


def test_a_chosen_guest_is_asked_no_more_once_guests_are_left_out(small: World) -> None:
    """Whoever becomes a guest in a series without them is neither asked, reminded nor missed."""
    configure(small, small.series(), asks_guests=False)
    small.slack.change_user("U_ANA", is_restricted=True)
    small.at(5, 10)
    small.at(6, 10)
    small.at(6, 15)
    draft = next(message for message in small.dms("U_DEE") if "The draft of" in message["text"])

    assert [] == small.dms("U_ANA")
    assert "Ana Okafor" not in words_of(draft)


def test_who_is_deactivated_is_not_asked_and_is_again_when_back(team: World) -> None:
    """Ana's account sleeps for a week: nobody asks, reminds or misses her; the week after she is asked."""
    team.series()
    team.slack.change_user("U_ANA", deleted=True)
    team.at(5, 10)
    team.at(6, 10)
    missing = tell(team, "U_DEE", "status")
    written = [call for call in team.slack.calls if call.args.get("channel") == "U_ANA"]
    team.at(6, 16)
    team.slack.change_user("U_ANA", deleted=False)
    team.at(12, 10)

    assert [] == written
    assert "Ana Okafor" not in missing
    assert 1 == len(openings(team, "U_ANA"))


def test_who_moves_is_asked_by_the_new_clock_and_once(team: World) -> None:
    """Not asked yet in London, Ana flies to New York and is asked at ten there; Dee, asked already, is not again."""
    team.series()
    team.slack.change_user("U_ANA", tz="America/New_York")
    team.at(5, 10)
    by_the_old_clock = openings(team, "U_ANA")
    team.slack.change_user("U_DEE", tz="America/Los_Angeles")
    team.at(5, 10, zone="America/New_York")
    by_the_new = openings(team, "U_ANA")
    team.slack.change_user("U_ANA", tz="Europe/London")
    team.at(5, 10, zone="America/Los_Angeles")
    team.at(6, 9)

    assert [] == by_the_old_clock
    assert [1, 1, 1] == [len(by_the_new), len(openings(team, "U_ANA")), len(openings(team, "U_DEE"))]


def test_who_flies_into_the_night_is_asked_in_the_morning(small: World) -> None:
    """Arrived in Auckland late on Thursday, past ten o'clock there, Ana is asked on Friday at eight."""
    small.series()
    small.at(5, 9, 30)  # half past ten at night in Auckland
    small.slack.change_user("U_ANA", tz="Pacific/Auckland")
    small.at(5, 10, 30)
    at_night = openings(small, "U_ANA")
    small.at(6, 8, zone="Pacific/Auckland")

    assert [] == at_night
    assert 1 == len(openings(small, "U_ANA"))
