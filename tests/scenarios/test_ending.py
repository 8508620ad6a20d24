"""The bot is told to end while much is due."""

from datetime import UTC, datetime

import pytest

from bot.services.asking import Asking
from tests.support.world import World

THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)
PEOPLE = ("U_ANA", "U_CAI")


def test_a_step_in_hand_is_finished_and_no_other_begun(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many people are to be asked, the bot ends soon; who was not asked yet is asked by the next that runs."""
    team.series(contributors=PEOPLE)
    bot, ask = team.bot, Asking.open_thread

    def asked_as_the_bot_is_told_to_end(*what: object, **more: object) -> object:
        bot.ending.set()
        return ask(*what, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Asking, "open_thread", asked_as_the_bot_is_told_to_end)
        team.clock.jump(THURSDAY)
        bot.services.scheduling.run_due("T_TEAM")
        team.stop()

    team.start()
    team.settle()

    assert [1, 1] == [len(team.threads_of(person)) for person in PEOPLE]


def test_whoever_stops_the_bot_has_it_begin_nothing_else(team: World) -> None:
    """What falls due then stays due."""
    team.series(contributors=PEOPLE)
    bot = team.bot
    bot.stop()
    team.clock.jump(THURSDAY)
    bot.services.scheduling.run_due("T_TEAM")

    assert ["T_TEAM"] == bot.services.scheduling.workspaces_due()
