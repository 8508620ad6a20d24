"""`weeknotes doctor`: looks at everything the bot depends on, and says what to do about what is wrong."""

import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import config
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.rendering.checking import own_texts, problems_of
from bot.slack.clients import web_client
from bot.slack.installation_store import counted
from bot.slack.manifest import manifest
from bot.slack.sealing import Seal
from storage import schema
from storage.database import Database
from storage.schema import DatabaseError

LARGEST_SKEW = timedelta(seconds=60)
"""Slack signs requests with the time, and refuses to be more than five minutes away; steps fall due by our clock."""

COPY_AGAIN = "Copy it again from your app’s “OAuth & Permissions”, or install the app in the workspace again."
HISTORIES = frozenset({"channels:history", "groups:history"})
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")


class Verdict(StrEnum):
    """How a check turned out."""

    WELL = "✓"
    NOTE = "·"
    WRONG = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and what to do about it."""

    about: str
    verdict: Verdict
    found: str
    advice: str = ""


def examine(clock: Clock | None = None) -> int:
    """Check everything, print what was found, and return the exit status: 1 when something is wrong."""
    settings = config.load()
    found = list(findings(settings, clock or SystemClock()))
    _print(found)
    return int(any(finding.verdict is Verdict.WRONG for finding in found))


def findings(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Check everything, one finding after another."""
    yield from _bot_token(settings, clock)
    yield _app_token(settings)
    yield _signing_secret(settings)
    yield from _database(settings)
    yield _time_zones()
    if settings.templates:
        yield from _templates(settings.templates)


def _bot_token(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Check the bot token, and with it the scopes and the clock, of which Slack's answer tells."""
    if not settings.slack_bot_token and settings.keys:
        yield Finding("Bot token", Verdict.NOTE, "SLACK_BOT_TOKEN is not set: workspaces add the app by themselves.")
        return
    if not settings.slack_bot_token:
        yield Finding(
            "Bot token", Verdict.WRONG, "SLACK_BOT_TOKEN is not set.", "docs/install-on-slack.md says how to get one."
        )
        return
    headers, problem = _ask(settings, settings.slack_bot_token, lambda client: client.auth_test())
    if problem:
        yield Finding("Bot token", Verdict.WRONG, f"Slack says: {problem}.", COPY_AGAIN)
        return
    yield Finding("Bot token", Verdict.WELL, "Slack knows it.")
    yield _scopes(headers.get("x-oauth-scopes", ""))
    yield _clock(headers.get("date", ""), clock.now())


def _scopes(granted: str) -> Finding:
    """Compare the scopes granted with those of the manifest."""
    wanted = manifest(None)["oauth_config"]["scopes"]
    has = {scope.strip() for scope in granted.split(",")}
    may_be_left_out = set(wanted["bot_optional"])  # Slack lists these among the others too
    missing = sorted(set(wanted["bot"]) - may_be_left_out - has)
    optional = sorted(may_be_left_out - has)
    if missing:
        advice = "Paste what `weeknotes manifest` prints into your app’s “App Manifest”, save, and install it again."
        return Finding("Scopes", Verdict.WRONG, f"The app lacks {', '.join(missing)}.", advice)
    if optional:
        found = f"All that are needed. Not granted: {', '.join(optional)}."
        advice = "Without channels:history and groups:history no series can ask in its channel."
        return Finding("Scopes", Verdict.NOTE, found, advice if HISTORIES & set(optional) else "")
    return Finding("Scopes", Verdict.WELL, "All are granted.")


def _clock(date: str, now: datetime) -> Finding:
    """Compare our clock with the time in Slack's answer."""
    try:
        skew = abs(now - parsedate_to_datetime(date))
    except (TypeError, ValueError):
        return Finding("Clock", Verdict.NOTE, "Slack's answer did not say what time it is.")
    if skew > LARGEST_SKEW:
        found = f"This machine and Slack disagree by {skew.total_seconds():.0f} seconds."
        return Finding("Clock", Verdict.WRONG, found, "Let the machine set its clock from the network (NTP).")
    return Finding("Clock", Verdict.WELL, "It agrees with Slack's.")


def _app_token(settings: Settings) -> Finding:
    """Check the app-level token by asking where to connect, without connecting."""
    token = settings.slack_app_token
    if not token:
        return Finding("App token", Verdict.NOTE, "SLACK_APP_TOKEN is not set: `weeknotes run` needs it.")
    _, problem = _ask(settings, token, lambda client: client.apps_connections_open(app_token=token.get_secret_value()))
    if problem:
        advice = "Make one with the scope connections:write under “Basic Information”, and turn Socket Mode on."
        return Finding("App token", Verdict.WRONG, f"Slack says: {problem}.", advice)
    return Finding("App token", Verdict.WELL, "Socket Mode is open to us.")


def _signing_secret(settings: Settings) -> Finding:
    """Check that there is a way in for Slack: the app token or the signing secret."""
    if settings.slack_signing_secret:
        return Finding(
            "Signing secret", Verdict.WELL, "It is set. Only a request from Slack will show whether it is right."
        )
    if settings.slack_app_token:
        return Finding("Signing secret", Verdict.NOTE, "SLACK_SIGNING_SECRET is not set: `weeknotes web` needs it.")
    return Finding(
        "Signing secret",
        Verdict.WRONG,
        "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set, so nothing can come in.",
        "Set SLACK_APP_TOKEN for `weeknotes run`, or SLACK_SIGNING_SECRET for `weeknotes web`.",
    )


def _database(settings: Settings) -> Iterator[Finding]:
    """Check that the database answers, and that its schema is the one this version is written for."""
    database = Database(settings.database_url)
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        revision = schema.current(database)
    except DatabaseError as error:
        yield Finding("Database", Verdict.WRONG, f"{kind} says: {error.orig}", "Look at DATABASE_URL.")
        return
    finally:
        database.dispose()
    yield Finding("Database", Verdict.WELL, f"{kind} answers.")
    yield _schema(revision, is_sqlite=database.is_sqlite)
    if settings.keys and revision == schema.HEAD:
        yield _kept_tokens(settings)


def _schema(revision: str | None, *, is_sqlite: bool) -> Finding:
    """Compare the schema's revision with the one this version is written for."""
    if revision == schema.HEAD:
        return Finding("Schema", Verdict.WELL, f"It is at {revision}, as it should be.")
    found = f"It is at {revision}, and should be at {schema.HEAD}." if revision else "There is none yet."
    if is_sqlite:
        return Finding("Schema", Verdict.NOTE, f"{found} The next start of `weeknotes run` sees to it.")
    return Finding("Schema", Verdict.WRONG, found, "Type `weeknotes db upgrade`.")


def _kept_tokens(settings: Settings) -> Finding:
    """Check that the tokens of workspaces that added the app can be read with the keys there are."""
    database = Database(settings.database_url)
    try:
        many, shut = counted(database, Seal(settings.keys))
    finally:
        database.dispose()
    if shut:
        found = f"No key reads the tokens of {', '.join(shut)}."
        advice = "Put the key back into WEEKNOTES_ENCRYPTION_KEYS, or add the app there anew."
        return Finding("Kept tokens", Verdict.WRONG, found, advice)
    return Finding("Kept tokens", Verdict.WELL, f"{many} kept; every one can be read." if many else "None yet.")


def _time_zones() -> Finding:
    """Check that time zones are known, from the system or from the package tzdata."""
    try:
        for zone in ZONES:
            zoneinfo.ZoneInfo(zone)
    except zoneinfo.ZoneInfoNotFoundError as error:
        return Finding("Time zones", Verdict.WRONG, str(error.args[0]), "Install the Python package tzdata again.")
    return Finding("Time zones", Verdict.WELL, f"{len(zoneinfo.available_timezones())} are known.")


def _templates(folder: Path) -> Iterator[Finding]:
    """Check each text of the team's own, so that nobody meets one that cannot be shown."""
    wrong = list(problems_of(folder))
    for problem in wrong:
        yield Finding("Templates", Verdict.WRONG, problem, f"Mend or remove it in {folder}.")
    if not wrong:
        yield Finding("Templates", Verdict.WELL, f"{len(own_texts(folder))} of your own can be used.")


def _ask(settings: Settings, token: SecretStr, call: Callable[[WebClient], Any]) -> tuple[Mapping[str, str], str]:
    """Ask Slack something. Returns the headers of its answer, and what is wrong, if anything is."""
    try:
        answer = call(web_client(token.get_secret_value(), settings.slack_api_url))
    except SlackApiError as error:
        return {}, str(error.response.get("error"))
    except OSError as error:
        return {}, f"nothing, for it cannot be reached ({error})"
    return {name.lower(): value for name, value in answer.headers.items()}, ""


def _print(found: list[Finding]) -> None:
    colours = {Verdict.WELL: "green", Verdict.NOTE: "dim", Verdict.WRONG: "bold red"}
    table = Table("", "What", "Found", "What to do", box=None, pad_edge=False)
    for finding in found:
        verdict = f"[{colours[finding.verdict]}]{finding.verdict.value}[/]"
        table.add_row(verdict, finding.about, _plain(finding.found), _plain(finding.advice))
    Console().print(table)


def _plain(text: str) -> str:
    """Keep brackets in a text from being read as colours."""
    return text.replace("[", r"\[")
