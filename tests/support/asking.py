"""What scenarios about people do again and again: type, press, and look at who is asked."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot.domain.series import Series
from tests.support.world import CHANNEL, World, words_of


def tell(team: World, user_id: str, typed: str, channel: str = CHANNEL) -> str:
    """Type a command and return what its answer says."""
    answer = team.person(user_id).command("/weeknotes", typed, channel)
    team.settle()
    return words_of(answer or {})


def press(team: World, user_id: str, message: dict[str, Any], action_id: str) -> None:
    """Press a button of a message in somebody's conversation with the bot."""
    person = team.person(user_id)
    person.click(person.dm(), message["ts"], action_id)
    team.settle()


def openings(team: World, user_id: str) -> list[Any]:
    """Return the messages that opened a thread with somebody."""
    return [message for message in team.dms(user_id) if "It’s time for" in message["text"]]


def present(team: World) -> Series:
    """Return the series of the team's channel as it is now."""
    found = team.bot.services.administering.find_series("T_TEAM", CHANNEL, "U_DEE")
    assert found.channel_id == CHANNEL
    return found


def configure(team: World, series: Series, **changes: Any) -> None:  # noqa: ANN401 - fields of the form
    """Have Dee change the series' settings."""
    change = partial(replace, **changes)
    team.bot.services.configuring.save("T_TEAM", "U_DEE", series.id, change, {}, occasion=str(changes))
    team.bot.services.attending.follow("T_TEAM", series.id)
    team.settle()


def newcomer(team: World, user_id: str = "U_EVE", zone: str = "Europe/London", **flags: object) -> None:
    """Have somebody new come to the workspace and then to the channel."""
    team.slack.add_user(user_id, real_name=f"{user_id[2:].title()} Ito", tz=zone, **flags)
    team.settle()
    team.person(user_id).join(CHANNEL)
    team.settle()
