"""Whatever comes in is read without a crash. The suite tries a little of it; `make fuzz` goes on as long as you like.

Each target is a hypothesis test, which is driven by coverage through its `hypothesis.fuzz_one_input`.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError
from sqlalchemy import func, select

from bot import app as bot_app
from bot import upkeep
from bot.bootstrap import build
from bot.config import Settings
from bot.demo.reading import read_html, read_markdown, read_typed
from bot.domain.commands import WORDS, nearest, parse
from bot.domain.dates import read_past_day
from bot.domain.errors import WeeknotesError
from bot.domain.people import Person
from bot.domain.richtext import parse as parse_richtext
from bot.domain.richtext import plain, words
from bot.domain.series_forms import SeriesForm
from bot.domain.workspaces import Workspace
from bot.rendering.richtext import elements_of
from bot.rendering.richtext_html import html_blocks
from bot.rendering.richtext_markdown import markdown_blocks
from bot.runtime import Runtime
from bot.slack.bolt_app import request_of
from storage.models import AnswerRow, ContributorRow, EditionRow, SeriesRow
from tests.support.richtexts import JSON, MRKDWN

SHORT = settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
IDS = st.sampled_from(("T_TEAM", "T_OTHER", "U_ANA", "C_TEAM", "D_ANA", "1.1", "", "0"))
TYPES = st.sampled_from(
    ("event_callback", "block_actions", "view_submission", "view_closed", "message_action", "shortcut", "nonsense")
)
NAMES = st.sampled_from(
    ("note.publish", "answer.form", "prompt.next", "edition.answers", "settings.section", "entry.change", "jot.save")
)
EVENTS = st.sampled_from(("message", "app_home_opened", "member_joined_channel", "user_change", "tokens_revoked", "x"))
TYPED = tuple(word for word in WORDS if word != "join")  # whoever types that takes part
UNSAFE = re.compile(r"<script|<[^>]*\bon\w+=|href=\"(?!https?:|mailto:|#)", re.IGNORECASE)


def _some(known: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """Return objects with some of these fields, each as it should be or anything at all."""
    return st.fixed_dictionaries({}, optional={name: st.one_of(value, JSON) for name, value in known.items()})


OBJECT = _some({"id": IDS, "team_id": IDS, "type": TYPES, "user": IDS, "ts": IDS})
VIEW = _some({"id": IDS, "callback_id": NAMES, "private_metadata": st.text(), "state": JSON, "blocks": JSON})
ACTION = _some({"action_id": NAMES, "block_id": st.text(), "value": st.text(), "selected_option": JSON})
EVENT = _some({"type": EVENTS, "user": IDS, "channel": IDS, "text": MRKDWN, "blocks": JSON, "ts": IDS, "files": JSON})
COMMANDS = st.fixed_dictionaries(
    {
        "command": st.just("/weeknotes"),
        "text": st.one_of(st.text(), st.builds("{} {}".format, st.sampled_from(TYPED), st.text())),
        "team_id": st.just("T_TEAM"),
        "user_id": st.just("U_BEN"),
        "channel_id": st.sampled_from(("C_TEAM", "C_OTHER", "D_BEN")),
        "trigger_id": st.uuids().map(str),
    }
)
PAYLOADS = st.one_of(
    JSON.map(lambda value: value if isinstance(value, dict) else {"type": value}),
    _some({"type": TYPES, "team": OBJECT, "team_id": IDS, "event": EVENT, "event_id": st.text(), "event_time": JSON}),
    _some(
        {"type": TYPES, "team": OBJECT, "user": OBJECT, "actions": st.lists(ACTION), "view": VIEW, "channel": OBJECT}
    ),
    _some({"command": st.just("/weeknotes"), "text": st.text(), "team_id": IDS, "user_id": IDS, "channel_id": IDS}),
    COMMANDS,
)


@cache
def _bot() -> Runtime:
    """Return a bot that was never started, which has a series of Ana's, with no Slack to talk to."""
    given_settings = Settings(
        database_url=f"sqlite:///{Path(mkdtemp()) / 'fuzzed.sqlite3'}",
        slack_bot_token=SecretStr("xoxb-local"),
        slack_api_url="http://127.0.0.1:9/api/",
    )
    upkeep.migrate(given_settings)
    bot = build(given_settings, works=False)
    bot.database.on_owed = lambda _workspace_id: None
    bot.installations.own = Workspace("T_TEAM", bot_user_id="U_BOT", bot_id="B_BOT")
    bot.services.workspaces.installed(bot.installations.own)
    bot.services.workspaces.know("T_TEAM", [Person(each, each, "UTC") for each in ("U_ANA", "U_BEN")])
    given_form = SeriesForm("C_TEAM", "Weeknotes", ("U_ANA",), ("U_ANA",), zone="UTC")
    known = bot.services.workspaces.known("T_TEAM", ["U_ANA"])
    bot.services.administering.create_series("T_TEAM", "U_ANA", given_form, known)
    return bot


@SHORT
@given(PAYLOADS)
def test_payloads(body: dict[str, Any]) -> None:
    """A payload that makes no sense gets an answer all the same, and makes nothing."""
    bot = _bot()
    before = _kept(bot)
    request = request_of(body, mode="socket_mode")
    if request:
        with _surprises() as surprises:
            status = bot.bolt.dispatch(request).status
        assert [] == surprises
        assert status in {200, 400, 404}

    assert before == _kept(bot)


def _kept(bot: Runtime) -> list[int]:
    """Return how many of each thing there are."""
    with bot.database.session() as session:
        counts = [
            select(func.count()).select_from(table) for table in (SeriesRow, ContributorRow, EditionRow, AnswerRow)
        ]
        return [session.execute(each).scalar_one() for each in counts]


@contextmanager
def _surprises() -> Iterator[list[str]]:
    """Give a list of what nobody foresaw meanwhile, whatever Slack was answered."""
    seen: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger(bot_app.__name__)
    logger.addHandler(handler)
    try:
        yield seen
    finally:
        logger.removeHandler(handler)


@SHORT
@given(st.one_of(st.none(), MRKDWN), st.one_of(st.none(), st.lists(JSON)))
def test_richtext(text: str | None, blocks: list[object] | None) -> None:
    """Rich text, as Slack or anybody sends it, is rendered in every format, and in HTML it does nothing."""
    tree = parse_richtext(text, blocks)
    plain(tree)
    words(tree)
    elements_of(tree.blocks)
    markdown_blocks(tree.blocks)

    assert not UNSAFE.search(html_blocks(tree.blocks))


@SHORT
@given(st.text())
def test_commands(typed: str) -> None:
    """Whatever is typed after the command is read."""
    nearest(parse(typed).word)


@SHORT
@given(st.one_of(st.text(), st.from_regex(r"\d{1,6}[-./ ]\w{1,9}[-./ ]?\d{0,6}", fullmatch=True)))
def test_dates(typed: str) -> None:
    """Whatever is typed as a day is a day, or is refused with a sentence."""
    with suppress(WeeknotesError):
        assert read_past_day(typed, date(2026, 3, 4)) <= date(2026, 3, 4)


@SHORT
@given(st.sampled_from(tuple(Settings.model_fields)), st.text(min_size=12))
def test_settings(name: str, value: str) -> None:
    """Whatever stands in the environment is a setting, or is refused without being repeated."""
    refused = ""
    try:
        Settings.model_validate({name: value})
    except ValidationError as error:
        refused = str(error)

    assert value not in refused


@SHORT
@given(st.one_of(st.text(), MRKDWN))
@example("before <![what is this] after> <![")
def test_imported_files(text: str) -> None:
    """Whatever file of answers the demo is given is read."""
    for read in (read_html, read_markdown, lambda each: read_typed(each, "md"), lambda each: read_typed(each, "txt")):
        assert isinstance(read(text).text, str)


TARGETS: dict[str, Callable[..., None]] = {
    "payloads": test_payloads,
    "richtext": test_richtext,
    "commands": test_commands,
    "dates": test_dates,
    "settings": test_settings,
    "files": test_imported_files,
}
