"""What the bot makes of its environment."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import config
from bot.config import ADVICE, Settings
from bot.domain.errors import SettingError


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take our variables out of the environment, and go where there is no `.env`."""
    for variable in ADVICE:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_gives_the_defaults() -> None:
    """A first start needs no settings but tokens."""
    assert Settings() == Settings(**config.load().model_dump())


@pytest.mark.parametrize(
    ("variable", "value"),
    (
        ("SLACK_BOT_TOKEN", "xapp-1"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_CLIENT_ID", "A0123"),
        ("WEEKNOTES_ENCRYPTION_KEYS", "secret"),
        ("WEEKNOTES_ENCRYPTION_KEYS", ","),
        ("WEEKNOTES_ENCRYPTION_KEYS", f"{'k' * 43}=,short"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "weeknotes.sqlite3"),
        ("WEEKNOTES_SLACK_API_URL", "slack.com/api"),
        ("WEEKNOTES_HOST", "not a host"),
        ("PORT", "many"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("SENTRY_DSN", "public@sentry.example.org"),
        ("WEEKNOTES_LOG_LEVEL", "loud"),
        ("WEEKNOTES_LOG_FORMAT", "xml"),
    ),
)
def test_a_wrong_value_is_one_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    """The sentence says what to do about it, and does not repeat the value, which may be a secret."""
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingError) as raised:
        config.load()

    assert f"{variable} {ADVICE[variable]}" == str(raised.value)


def test_every_wrong_variable_is_named() -> None:
    """Nobody wants to learn of their mistakes one by one."""
    Path(".env").write_text("PORT=x\nWEEKNOTES_LOG_LEVEL=x\n", encoding="utf-8")

    with pytest.raises(SettingError, match=r"PORT .*\nWEEKNOTES_LOG_LEVEL "):
        config.load()


def test_a_variable_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set for one start counts more than what was written down."""
    Path(".env").write_text("PORT=4000\nWEEKNOTES_HOST=0.0.0.0\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "5000")

    settings = config.load()

    assert (5000, "0.0.0.0") == (settings.port, settings.host)  # noqa: S104 - nothing listens


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """`SLACK_BOT_TOKEN=` in a file of examples means nothing."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    monkeypatch.setenv("PORT", "")

    assert (None, 3000) == (config.load().slack_bot_token, config.load().port)


def test_settings_made_directly_look_at_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's environment does not leak into the tests."""
    monkeypatch.setenv("PORT", "4000")
    Path(".env").write_text("WEEKNOTES_HOST=0.0.0.0\n", encoding="utf-8")

    assert Settings(port=1) == Settings(port=1, host="127.0.0.1")


def test_secrets_do_not_show() -> None:
    """Settings can be printed."""
    settings = Settings(
        slack_bot_token=SecretStr("xoxb-secret"),
        slack_app_token=SecretStr("xapp-secret"),
        slack_signing_secret=SecretStr("secret"),
        slack_client_secret=SecretStr("secret"),
        encryption_keys=SecretStr(f"{'secret' * 7}a="),
        database_url="postgresql://user:secret@host/name",
    )

    assert "secret" not in re.sub("slack_(signing|client)_secret", "", repr(settings))


def test_the_web_address_of_slack_ends_with_a_slash() -> None:
    """Methods are appended to it."""
    assert "http://127.0.0.1:1/api/" == Settings(slack_api_url="http://127.0.0.1:1/api").slack_api_url


def test_every_setting_says_what_it_is_and_what_to_do_when_it_is_wrong() -> None:
    """No variable is left without its words."""
    variables = {config.variable_of(field) for field in Settings.model_fields}

    assert set(ADVICE) == variables
    assert all(field.description for field in Settings.model_fields.values())
