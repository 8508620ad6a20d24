"""Each rendering of each sample week is, letter for letter, what was looked at and found good."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.exports import Format
from bot.domain.notes import Note
from bot.domain.series import Layout
from bot.rendering import documents
from bot.rendering.note_blocks import note_messages
from bot.rendering.note_exports import NoteExports, NoteFile
from fakeslack.blocks import check_message
from tests.support import note_samples
from tests.support.full_week import full_week
from tests.support.opinion import rebuilt
from tests.support.told import english

SAMPLES: dict[str, Callable[[], Note]] = {
    "stories": note_samples.in_stories,
    "prose": note_samples.in_prose,
    "team-by-person": lambda: note_samples.of_team(Layout.BY_PERSON),
    "team-by-question": lambda: note_samples.of_team(Layout.BY_QUESTION),
    "hostile": note_samples.hostile,
    "full-by-person": lambda: full_week(Layout.BY_PERSON),
    "full-by-question": lambda: full_week(Layout.BY_QUESTION),
}
each_sample = pytest.mark.parametrize("name", tuple(SAMPLES))
UPDATED = datetime(2025, 11, 28, 9, 30, tzinfo=UTC)
Golden = Callable[[str, str], str]


def _messages(note: Note) -> str:
    told = [{"text": message.text, "blocks": list(message.blocks)} for message in note_messages(note, english())]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


@each_sample
def test_messages(name: str, golden: Golden) -> None:
    """The note as Slack gets it."""
    rendered = _messages(SAMPLES[name]())

    assert golden(f"{name}.json", rendered) == rendered


@each_sample
def test_markdown(name: str, golden: Golden) -> None:
    """The note as Markdown."""
    rendered = documents.markdown(SAMPLES[name]())

    assert golden(f"{name}.md", rendered) == rendered


@each_sample
def test_html(name: str, golden: Golden) -> None:
    """The note as HTML."""
    rendered = documents.html(SAMPLES[name]())

    assert golden(f"{name}.html", rendered) == rendered


@each_sample
def test_plain_text(name: str, golden: Golden) -> None:
    """The note as plain text."""
    rendered = documents.plain_text(SAMPLES[name]())

    assert golden(f"{name}.txt", rendered) == rendered


@each_sample
@pytest.mark.parametrize(
    ("form", "ending"), ((Format.ATOM, "atom"), (Format.JSON, "outside.json"), (Format.CSV, "csv"))
)
def test_exports_for_outside(name: str, form: Format, ending: str, golden: Golden) -> None:
    """The note as an Atom entry, as JSON and as a table."""
    wanted = NoteFile(SAMPLES[name](), "urn:uuid:00000000-0000-5000-8000-000000000000", UPDATED)
    rendered = NoteExports(english()).document(wanted, form, is_inside=False).replace("\r\n", "\n")

    assert golden(f"{name}.{ending}", rendered) == rendered


@each_sample
def test_slack_takes_the_messages(name: str) -> None:
    """The strict check and blockkit have nothing to say."""
    messages = note_messages(SAMPLES[name](), english())

    assert [] == [problem for message in messages for problem in check_message(list(message.blocks), message.text)]
    assert [list(message.blocks) for message in messages] == [rebuilt(message) for message in messages]
