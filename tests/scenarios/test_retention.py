"""Nothing is kept longer than was promised."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.domain.house_styles import Document
from bot.domain.retention import AFTER_UNINSTALLING
from bot.rendering.house.styles import starter
from storage.models import Table
from tests.scenarios.test_forgetting import SAID, everything, two_weeks
from tests.support.disk import on_disk
from tests.support.world import World


def rows(team: World) -> dict[str, int]:
    """Return how many rows each table has that has any."""
    with team.bot.database.session() as session:
        counted = {table.name: len(session.execute(select(table)).all()) for table in Table.metadata.sorted_tables}
    return {name: count for name, count in counted.items() if count}


def test_nothing_is_left_a_month_after_the_app_was_taken_out(team: World) -> None:
    """Until then all is there, should it have been a mistake; then every table is empty."""
    two_weeks(team)
    team.bot.services.styling.save("T_TEAM", 1, "U_DEE", Document.TEXT, starter(Document.TEXT), "")
    assert "house_style" in rows(team)
    team.slack.uninstall()
    team.slack.idle(10)
    team.clock.jump(team.clock.now() + AFTER_UNINSTALLING - timedelta(days=1))
    team.bot.services.keeping.tidy()
    assert SAID in everything(team)
    team.clock.jump(team.clock.now() + timedelta(days=1))
    team.bot.services.keeping.tidy()

    assert {} == rows(team)
    assert "T_TEAM" not in everything(team)


def test_neither_is_there_anything_in_the_files(small: World) -> None:
    """What was deleted is not left behind on the disk, with the bot running: not the words, nor names, nor ids."""
    two_weeks(small)
    assert SAID in on_disk(small.bot.database)
    small.slack.uninstall()
    small.slack.idle(10)
    small.clock.jump(small.clock.now() + AFTER_UNINSTALLING)
    small.bot.services.keeping.tidy()
    found = on_disk(small.bot.database)

    assert [] == [left for left in (SAID, "Ana Okafor", "U_ANA", "T_TEAM") if left in found]


def test_coming_back_in_time_keeps_everything(small: World) -> None:
    """An app that was installed again is not deleted for having been away."""
    two_weeks(small)
    small.slack.uninstall()
    small.slack.idle(10)
    workspaces = small.bot.services.workspaces
    workspaces.installed(small.bot.installed[0])
    small.clock.jump(small.clock.now() + 2 * AFTER_UNINSTALLING)
    small.bot.services.keeping.tidy()

    assert SAID in everything(small)


def test_words_go_when_they_have_been_kept_long_enough(team: World) -> None:
    """The week that is over is emptied, its number stays; the week after it is untouched."""
    two_weeks(team)
    keeping = replace(team.bot.services.keeping, words_days=30)
    team.at(13, 16)
    team.clock.jump(team.clock.now() + timedelta(days=27))  # the first week is over for 32 days, the second for 25
    assert f"{SAID} one" in everything(team)
    keeping.tidy()
    found = everything(team)

    assert [False, False, True, True] == [f"{SAID} {word}" in found for word in ("one", "two", "four", "five")]
    assert not any(f"{SAID} {word}" in on_disk(team.bot.database) for word in ("one", "two"))
    assert '"1.1"' in found


def test_the_bot_tidies_up_by_itself(small: World) -> None:
    """It looks every few hours, with the ticks of its clock."""
    small.series()
    small.slack.uninstall()
    small.slack.idle(10)
    small.clock.jump(small.clock.now() + AFTER_UNINSTALLING)
    small.bot.idle(10)

    assert {} == rows(small)
