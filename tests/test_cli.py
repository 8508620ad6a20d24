"""What a person reads who types `weeknotes`."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.clock import SystemClock
from bot.config import ADVICE
from bot.domain.workspaces import Workspace
from bot.slack.installation_store import InstallationStore
from bot.slack.sealing import Seal
from storage.database import Database

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take our variables out of the environment, and go where there is no `.env`."""
    for variable in ADVICE:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)


def _typed(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def _commands(group: click.Group, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [(*before, name) for name in group.commands]
    inner = [
        _commands(command, (name,)) for name, command in group.commands.items() if isinstance(command, click.Group)
    ]
    return found + [names for names_of_group in inner for names in names_of_group]


@pytest.mark.parametrize("command", ((), *_commands(main)), ids=" ".join)
def test_every_command_helps(command: tuple[str, ...]) -> None:
    """Each says in its first line what it does, in a line short enough to be shown whole in the list."""
    result = _typed(*command, "--help")

    assert 0 == result.exit_code
    assert "..." not in result.output.replace("ARGS]...", "")


def test_help_begins_with_what_it_is_for_and_how_to_try_it() -> None:
    """A newcomer sees `weeknotes demo` before anything else."""
    assert "weeknotes demo" in _typed().output.split("Options:")[0]


def test_the_version_is_the_projects() -> None:
    """As in pyproject.toml."""
    assert "weeknotes 0.1.0\n" == _typed("--version").output


def test_run_without_tokens_says_how_to_get_them_and_names_the_demo() -> None:
    """The way in for somebody who has no Slack app yet."""
    result = _typed("run")

    assert 1 == result.exit_code
    for part in ("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set", "docs/install-on-slack.md", "weeknotes demo"):
        assert part in result.output


@pytest.mark.parametrize(("command", "missing"), (("web", "SLACK_SIGNING_SECRET"), ("worker", "SLACK_BOT_TOKEN")))
def test_what_is_missing_is_named(command: str, missing: str) -> None:
    """One sentence, no traceback."""
    result = _typed(command)

    assert (1, True) == (result.exit_code, missing in result.output)


def test_a_worker_on_sqlite_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process has the file, and it does the worker's part."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")

    result = _typed("worker")

    assert (1, True) == (result.exit_code, "PostgreSQL" in result.output)


def test_a_wrong_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever command reads it."""
    monkeypatch.setenv("PORT", "many")

    for command in (("run",), ("web",), ("worker",), ("doctor",), ("db", "upgrade")):
        result = _typed(*command)

        assert (1, f"Error: PORT {ADVICE['PORT']}\n") == (result.exit_code, result.output)


def test_a_database_goes_up_and_down_and_is_checked() -> None:
    """The `db` commands say where the database is."""
    assert 1 == _typed("db", "check").exit_code
    assert "The database is at revision 0001.\n" == _typed("db", "upgrade").output
    assert "The database is at revision 0001.\n" == _typed("db", "upgrade").output
    assert "The database is as it should be.\n" == _typed("db", "check").output
    assert "The database is at revision base.\n" == _typed("db", "downgrade", "base", "--yes").output
    assert "weeknotes db upgrade" in _typed("db", "check").output


def test_a_downgrade_asks_first() -> None:
    """What newer tables hold would be lost."""
    _typed("db", "upgrade")

    assert 1 == CliRunner().invoke(main, ["db", "downgrade", "base"], input="n\n").exit_code
    assert "as it should be" in _typed("db", "check").output


def test_a_revision_that_does_not_exist_is_one_sentence() -> None:
    """Alembic's own words would be a traceback."""
    result = _typed("db", "downgrade", "nonsense", "--yes")

    assert (1, True) == (result.exit_code, "nonsense" in result.output)


@pytest.mark.parametrize(
    "url", ("postgresql://nobody@127.0.0.1:9/nothing", "sqlite:////nowhere/at/all.sqlite3"), ids=("postgres", "sqlite")
)
def test_a_database_that_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """It names the variable to look at."""
    monkeypatch.setenv("DATABASE_URL", url)

    result = _typed("db", "upgrade")

    assert (1, True) == (result.exit_code, "look at DATABASE_URL" in result.output)


def test_the_doctor_without_settings_says_where_to_begin() -> None:
    """Every check is made, and what is wrong comes with what to do."""
    result = _typed("doctor")

    assert 1 == result.exit_code
    for part in ("SLACK_BOT_TOKEN is not set", "Database", "Schema", "Time zones"):
        assert part in result.output


def test_tokens_are_encrypted_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The newest key is the first; a token that no key reads is named, by the command and by the doctor."""
    old, new = (urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n"))
    without = _typed("db", "rotate-keys")
    _typed("db", "upgrade")
    monkeypatch.setenv("WEEKNOTES_ENCRYPTION_KEYS", new)
    empty = _typed("doctor")
    database = Database(f"sqlite:///{tmp_path / 'weeknotes.sqlite3'}")
    InstallationStore(database, SystemClock(), seal=Seal([old])).save(Workspace("T1"), "xoxb-1")
    monkeypatch.setenv("WEEKNOTES_ENCRYPTION_KEYS", f"{new}, {old}")
    rotated = _typed("db", "rotate-keys")
    monkeypatch.setenv("WEEKNOTES_ENCRYPTION_KEYS", new)
    well = _typed("doctor")
    monkeypatch.setenv("WEEKNOTES_ENCRYPTION_KEYS", old)
    wrong = _typed("db", "rotate-keys")

    assert (1, True) == (without.exit_code, "WEEKNOTES_ENCRYPTION_KEYS is not set" in without.output)
    assert "None yet." in empty.output
    assert "Tokens encrypted with the newest key: 1." in rotated.output
    assert "1 kept; every one can be read." in " ".join(well.output.split())
    assert (1, True) == (wrong.exit_code, "The tokens of T1 were encrypted with a key" in wrong.output)
    assert "No key reads" in _typed("doctor").output
    database.dispose()


def test_what_installing_by_oauth_takes_goes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of it is a mistake, whatever else is set."""
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    result = _typed("web")

    assert (1, True) == (result.exit_code, "SLACK_CLIENT_SECRET and WEEKNOTES_ENCRYPTION_KEYS" in result.output)


def test_the_manifest_is_the_one_in_the_tree() -> None:
    """What is printed can be pasted, and is what the tree holds."""
    printed = json.loads(_typed("manifest").output)

    assert json.loads((ROOT / "manifest.json").read_text(encoding="utf-8")) == printed


def test_the_manifest_for_http_names_the_address() -> None:
    """Slack is told where to send its requests, and Socket Mode is off."""
    printed = json.loads(_typed("manifest", "--url", "https://weeknotes.example").output)

    assert "https://weeknotes.example/slack/events" == printed["settings"]["event_subscriptions"]["request_url"]
    assert not printed["settings"]["socket_mode_enabled"]
    assert ["https://weeknotes.example/slack/oauth_redirect"] == printed["oauth_config"]["redirect_urls"]


@pytest.mark.parametrize("option", ("--answers", "--markdown", "--html"))
def test_options_of_playing_need_playing(option: str) -> None:
    """Nobody wonders why their file was not written."""
    result = _typed("demo", option, "." if option == "--answers" else "somewhere")

    assert (2, True) == (result.exit_code, "go with --play" in result.output)


def test_a_folder_of_answers_that_is_not_there_is_said() -> None:
    """Before anything is started."""
    result = _typed("demo", "--play", "--answers", "nowhere")

    assert (2, True) == (result.exit_code, "nowhere" in result.output)


def test_a_database_is_backed_up_and_put_back(tmp_path: Path) -> None:
    """Two commands; the second asks first, and says where what it replaced is kept."""
    empty = CliRunner().invoke(main, ["db", "backup", str(tmp_path / "copy")])
    _typed("db", "upgrade")
    made = _typed("db", "backup", str(tmp_path / "copy"))
    asked = CliRunner().invoke(main, ["db", "restore", str(tmp_path / "copy")], input="n\n")
    restored = _typed("db", "restore", "--yes", str(tmp_path / "copy"))

    assert (1, "Error: There is nothing to back up yet: the database is empty.\n") == (empty.exit_code, empty.output)
    assert "is backed up" in made.output
    assert asked.exit_code == 1
    assert "before-restore" in restored.output
