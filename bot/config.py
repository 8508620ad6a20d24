"""What the bot is told from outside: environment variables, or a file `.env` in the working directory."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, DirectoryPath, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import SettingError

SLACK_API_URL = "https://slack.com/api/"
KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")
ADVICE = {
    "SLACK_BOT_TOKEN": "should be the bot token (xoxb-…): copy it from your app’s “OAuth & Permissions”.",
    "SLACK_APP_TOKEN": "should be an app-level token (xapp-…): make one with the scope "
    "connections:write under your app’s “Basic Information”.",
    "SLACK_SIGNING_SECRET": "should be the signing secret: copy it from your app’s “Basic Information”.",
    "SLACK_CLIENT_ID": "should be the client ID, two numbers with a dot: copy it from your app’s “Basic Information”.",
    "SLACK_CLIENT_SECRET": "should be the client secret: copy it from your app’s “Basic Information”.",
    "WEEKNOTES_ENCRYPTION_KEYS": "should be keys with commas between them, the newest first; docs/operations.md says "
    "how to make one.",
    "DATABASE_URL": "should look like postgresql://user:password@host/name or sqlite:///path/to/file.sqlite3.",
    "WEEKNOTES_SLACK_API_URL": f"should be a web address such as {SLACK_API_URL}; leave it out to use Slack itself.",
    "WEEKNOTES_HOST": "should be an address of this machine, such as 127.0.0.1 or 0.0.0.0.",
    "PORT": "should be a number from 1 to 65535.",
    "WEEKNOTES_HEALTH_PORT": "should be a number from 1 to 65535; leave it out to serve no pages.",
    "WEEKNOTES_RETENTION_DAYS": "should be a number of days, 30 or more; leave it out to keep everything.",
    "WEEKNOTES_LANGUAGE": "should be one of en and de.",
    "WEEKNOTES_TEMPLATES": "should be a folder that is there, with the texts that you want to say otherwise.",
    "SENTRY_DSN": "should be the address that Sentry gives for your project (https://…); leave it out to tell nobody.",
    "WEEKNOTES_LOG_LEVEL": "should be one of debug, info, warning and error.",
    "WEEKNOTES_LOG_FORMAT": "should be one of auto, console and json.",
}
"""What to do about each variable whose value cannot be used."""


def _begins_with(prefix: str) -> AfterValidator:
    """Check the beginning of a token. The value itself never gets into a message."""

    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(prefix):
            raise ValueError(prefix)
        return token

    return AfterValidator(check)


def _database(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if scheme not in DATABASES or not separator or not rest:
        raise ValueError("not the address of a database")
    return url


def _split(keys: SecretStr) -> tuple[str, ...]:
    return tuple(key.strip() for key in keys.get_secret_value().split(",") if key.strip())


def _fernet_keys(keys: SecretStr) -> SecretStr:
    """Check that each key is what the encryption takes: 32 bytes in base64. None of them gets into a message."""
    found = _split(keys)
    if not found or not all(KEY.fullmatch(key) for key in found):
        raise ValueError("keys")
    return keys


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not a web address")
    return url.rstrip("/") + "/"


def _secret_address(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("https://", "http://")):
        raise ValueError("address")
    return url


def _host(host: str) -> str:
    if not host.strip() or any(character in host for character in " /"):
        raise ValueError("not an address of a machine")
    return host.strip()


class Settings(BaseModel):
    """The settings, each named after its variable. Made directly, as by tests, they look at nothing else."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, hide_input_in_errors=True)

    slack_bot_token: Annotated[SecretStr, _begins_with("xoxb-")] | None = Field(
        default=None,
        validation_alias="SLACK_BOT_TOKEN",
        description="The bot token (`xoxb-…`) of your Slack app. Needed by `run`, and without keys "
        "(`WEEKNOTES_ENCRYPTION_KEYS`) by `web` and `worker`.",
    )
    slack_app_token: Annotated[SecretStr, _begins_with("xapp-")] | None = Field(
        default=None,
        validation_alias="SLACK_APP_TOKEN",
        description="An app-level token (`xapp-…`) with the scope `connections:write`. Needed by `run` (Socket Mode).",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="The signing secret of your Slack app, which proves that a request is Slack's. Needed by `web`.",
    )
    slack_client_id: str | None = Field(
        default=None,
        pattern=r"^\d+\.\d+$",
        validation_alias="SLACK_CLIENT_ID",
        description="The client ID of your Slack app. With its secret and keys, `web` serves `/slack/install`, where "
        "further workspaces add the app.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_CLIENT_SECRET", description="The client secret of your Slack app."
    )
    encryption_keys: Annotated[SecretStr, AfterValidator(_fernet_keys)] | None = Field(
        default=None,
        validation_alias="WEEKNOTES_ENCRYPTION_KEYS",
        description="The keys under which the tokens of workspaces that added the app are kept, with commas between "
        "them, the newest first. Needed by `web` and `worker` for more than one workspace.",
    )
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="sqlite:///weeknotes.sqlite3",
        validation_alias="DATABASE_URL",
        repr=False,  # it may hold a password
        description="Where everything is kept: a SQLite file (by default in the working directory) for one process, "
        "PostgreSQL for more.",
    )
    slack_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        default=SLACK_API_URL,
        validation_alias="WEEKNOTES_SLACK_API_URL",
        description="Where Slack's Web API is. Only for trying the bot against something else than Slack.",
    )
    host: Annotated[str, AfterValidator(_host)] = Field(
        default="127.0.0.1",
        validation_alias="WEEKNOTES_HOST",
        description="The address that `web` listens on. `0.0.0.0` is every address of the machine.",
    )
    port: int = Field(
        default=3000, ge=1, le=65535, validation_alias="PORT", description="The port that `web` listens on."
    )
    retention_days: int | None = Field(
        default=None,
        ge=30,
        le=36500,
        validation_alias="WEEKNOTES_RETENTION_DAYS",
        description="For how many days after a week what people wrote for it is kept; notes in Slack stay. By default "
        "for good.",
    )
    health_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        validation_alias="WEEKNOTES_HEALTH_PORT",
        description="A port on which `run` and `worker` serve `/healthz`, `/readyz` and `/metrics`. `web` serves them "
        "on its own port.",
    )
    language: Literal["en", "de"] = Field(
        default="en",
        validation_alias="WEEKNOTES_LANGUAGE",
        description="The language the bot speaks: `en` (English) or `de` (German). English is always understood.",
    )
    templates: DirectoryPath | None = Field(
        default=None,
        validation_alias="WEEKNOTES_TEMPLATES",
        description="A folder of your own texts, laid over the bot's: what it has goes before what the bot would say.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        validation_alias="WEEKNOTES_LOG_LEVEL",
        description="How much is logged: `debug`, `info`, `warning` or `error`. Never what people wrote, at any level.",
    )
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto",
        validation_alias="WEEKNOTES_LOG_FORMAT",
        description="`console` for people, `json` for machines; `auto` is `console` in a terminal, else `json`.",
    )

    sentry_dsn: Annotated[SecretStr, AfterValidator(_secret_address)] | None = Field(
        default=None,
        validation_alias="SENTRY_DSN",
        description="Where Sentry wants to be told of errors: of which kind and where in the code, nothing else. Takes "
        "the package `sentry-sdk` (`pip install 'weeknotes[sentry]'`).",
    )

    @property
    def keys(self) -> tuple[str, ...]:
        """The encryption keys, the newest first."""
        return _split(self.encryption_keys) if self.encryption_keys else ()

    @property
    def installs_by_oauth(self) -> bool:
        """Say whether further workspaces may add the app."""
        return bool(self.slack_client_id and self.slack_client_secret and self.encryption_keys)


class _Environment(BaseSettings, Settings):
    """The settings as the environment and `.env` have them; an empty variable counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")


def load() -> Settings:
    """Read the settings.

    Raises SettingError, which names each variable that cannot be used and says what to do about it.
    """
    try:
        return _Environment()
    except ValidationError as error:
        wrong = dict.fromkeys(str(problem["loc"][0]).upper() for problem in error.errors())
        raise SettingError("\n".join(f"{name} {ADVICE.get(name, 'cannot be used.')}" for name in wrong)) from None


def variable_of(field: str) -> str:
    """Return the name of the environment variable that sets a field of Settings."""
    return str(Settings.model_fields[field].validation_alias)
