"""Killed at any point of a week and started again, the bot asks nothing and posts nothing twice, and loses nothing."""

from pathlib import Path

import pytest

from tests.support.killing import play, repeated, told, victim

COMMITS = (2, 17, 66)
CALLS = (1, 8, 14)


@pytest.fixture(scope="module")
def undisturbed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """Return what people see in a week in which nothing happens to the bot."""
    folder = tmp_path_factory.mktemp("undisturbed")
    path = folder / "weeknotes.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    with victim(f"sqlite:///{path}", folder) as week:
        play(week)
        assert week.kills == 0
        return told(week)


@pytest.mark.parametrize("commit", COMMITS)
def test_killed_before_a_commit(
    sqlite_url: str, tmp_path: Path, undisturbed: dict[str, list[list[str]]], commit: int
) -> None:
    """What was not committed was not acknowledged: Slack delivers it again, or the step is still due."""
    with victim(sqlite_url, tmp_path, commit=commit) as week:
        play(week)

        assert week.kills == 1
        assert repeated(week) == []
        assert told(week) == undisturbed


@pytest.mark.parametrize("call", CALLS)
def test_killed_after_slack_accepted_a_write(
    sqlite_url: str, tmp_path: Path, undisturbed: dict[str, list[list[str]]], call: int
) -> None:
    """A message that is posted but not recorded is found by its metadata, not sent again."""
    with victim(sqlite_url, tmp_path, call=call) as week:
        play(week)

        assert week.kills == 1
        assert repeated(week) == []
        assert told(week) == undisturbed
