"""One bot in two workspaces that added it by OAuth: each has its own week, and nothing crosses.

On SQLite it is one process; on PostgreSQL one process hears, and another does the work with the tokens in the database.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.bootstrap import build
from fakeslack import Fault
from storage.database import Database
from storage.models import AnswerRow
from tests.scenarios.test_forgetting import everything
from tests.support.neighbours import neighbours
from tests.support.world import CHANNEL, World, words_of


@pytest.fixture
def pair(database_url: str) -> Iterator[tuple[World, World]]:
    """Give two workspaces with the bot in both."""
    with neighbours(database_url) as made:
        yield made


def note_of(team: World) -> str:
    """Return all that is in the team's channel."""
    return "".join(words_of(message) for message in team.messages(CHANNEL))


def test_two_workspaces_have_a_week_each(pair: tuple[World, World]) -> None:
    """People and channels have the same ids in both; each is asked, answers and reads in their own.

    What is in the database opens no door: the tokens are in it, and cannot be read.
    """
    for team in pair:
        team.series(name=f"Weeknotes of {team.slack.team.id}", contributors=("U_ANA",))
    pair[0].at(5, 10)
    for team, words in zip(pair, ("Ours.", "Theirs."), strict=True):
        team.reply("U_ANA", words)
    pair[0].at(6, 16)
    pair[1].settle()

    for team, own, foreign in ((pair[0], "Ours.", "Theirs."), (pair[1], "Theirs.", "Ours.")):
        assert own in note_of(team)
        assert foreign not in str([team.slack.messages(each) for each in (CHANNEL, team.person("U_ANA").dm())])
        assert f"Ana Okafor of {team.slack.team.id}" in note_of(team)
    kept = everything(pair[0])
    assert ("gAAAA" in kept, "xox" in kept) == (True, False)


def test_one_may_take_the_app_out_and_the_other_does_not_notice(pair: tuple[World, World]) -> None:
    """Its token is gone, what it is owed ends, and what it sends is not heard; the other's week goes on."""
    for team in pair:
        team.series(contributors=("U_ANA",))
    pair[1].slack.uninstall()
    pair[1].settle()
    ana = pair[1].person("U_ANA")
    ana.say(ana.dm(), text="Anybody there?")
    pair[1].settle()
    pair[0].at(5, 10)
    pair[0].reply("U_ANA", "The library opened.")

    assert ("T_TEAM",) == pair[0].bot.installations.ids()
    assert pair[0].threads_of("U_ANA")
    assert [] == pair[1].threads_of("U_ANA")
    assert pair[1].slack.sent("message")[-1].attempts
    with pair[0].bot.database.session() as session:
        assert ["The library opened."] == list(session.exec(select(AnswerRow.text)))


@pytest.mark.parametrize(
    ("error", "still_there"), [("invalid_auth", ("T_OTHER", "T_TEAM")), ("token_revoked", ("T_TEAM",))]
)
def test_a_token_is_kept_unless_it_was_surely_revoked(
    pair: tuple[World, World], error: str, still_there: tuple[str, ...]
) -> None:
    """Slack says the same of a wrong token and of an address that may not call: then nothing is taken away."""
    bot = pair[0].bot
    workspace = bot.services.workspaces.get("T_OTHER")
    assert workspace
    pair[0].slack.faults.add(Fault("auth.test", f"error:{error}", times=9))
    bot.arrived(workspace)
    pair[0].settle()
    pair[0].slack.faults.clear()

    assert still_there == tuple(sorted(bot.installations.ids()))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_waits_for_a_reading_that_broke_off(pair: tuple[World, World], sqlite_url: str) -> None:
    """An error of the database at the start does not hold back reminders and notes until the next one."""
    broken = Database(sqlite_url)
    with broken.session() as session:
        session.connection().execute(text("DROP TABLE installation"))
    broken.dispose()
    bot = build(pair[0].settings, clock=pair[0].clock, tick_seconds=3600)
    bot.start(socket_mode=False)
    bot.idle(1)

    is_over = bot.reading.is_over()
    bot.stop()
    assert is_over
