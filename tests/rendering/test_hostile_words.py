"""Each kind of hostile words, in every place of a note that people's words come to, in every format."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from bot.domain.exports import Format
from bot.domain.files import FOLDER, path_of
from bot.domain.notes import Note
from bot.rendering import documents
from bot.rendering.note_blocks import note_messages
from bot.rendering.note_exports import NoteExports, NoteFile
from fakeslack.blocks import check_message
from tests.support import weeks
from tests.support.readers import html_tags
from tests.support.told import english

MOMENT = datetime(2025, 11, 28, 9, 30, tzinfo=UTC)
KINDS: Mapping[str, str] = {
    "everybody": "<!channel> <!here> <!everyone> <!subteam^S1|@all> &lt;!channel&gt; witness",
    "somebody": "<@U_BEN> <@U_BEN|ben> witness",
    "link": "<https://evil.example|https://good.example> <javascript:alert(1)|press> witness",
    "script": "</title></style><script>alert(1)</script><img src=x onerror=alert(1)> witness",
    "backwards": "\u202etxet\u202c \u2067x\u2069 \u200fwitness",
    "invisible": "\u200b\u2060\ufeff\u00ad witness",
    "long": f"witness {'0123456789' * 4000}",
    "marks": f"witness e{chr(0x301) * 10_000}",
    "controls": f"{''.join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 127, 0x85, 0x2028)))} witness",
    "nothing": "\x00 witness \ufffe\uffff",
    "template": "{{ 7*7 }} {% for x in y %} {number} ${HOME} %s %(x)s {0.__class__} witness",
    "formula": "=HYPERLINK(1) witness",
    "sum": "+1+1 witness",
    "minus": "-2+3 witness",
    "at": "@SUM(A1) witness",
    "yaml": "---\ntitle: x\n--- !!python/object:os.system witness",
    "path": "../../../etc/passwd\\..\\x CON witness",
    "markup": "*_~` ```\n# [a](b) <b>loud</b> &amp; ]]> <!-- witness",
}
FRONT_MATTER = ["---", "title", "number", "series", "period", "published", "contributors"]


@pytest.fixture(params=KINDS, ids=str)
def note(request: pytest.FixtureRequest) -> Note:
    """Give a note in which one kind of words stands everywhere."""
    words = KINDS[request.param]
    given = {"U_ANA": {"highlights": (words,), "also": (words,), "learned": (words,), "tune": (words,)}}
    made = weeks.note(given, headline=words[:100], introduction=words[:3000])
    return replace(made, series_name=words[:60])


def test_slack_takes_it_and_pings_nobody(note: Note) -> None:
    """Every message is as Slack wants it, and has no element that notifies."""
    messages = note_messages(note, english())
    shown = json.dumps([list(message.blocks) for message in messages], ensure_ascii=False)

    assert [] == [problem for each in messages for problem in check_message(list(each.blocks), each.text)]
    assert [] == [kind for kind in ("broadcast", "usergroup", "user") if f'"type": "{kind}"' in shown]
    assert '"url": "javascript:' not in shown
    assert not [text for text in (message.text for message in messages) if "<!" in text or "<@" in text]
    assert shown.count("witness") >= 4


def test_every_document_shows_it_and_does_nothing_else(note: Note) -> None:
    """HTML has our tags alone, XML is read, no cell is a formula, and front matter ends where it should."""
    told = {
        form: NoteExports(english()).document(NoteFile(note, "urn:x", MOMENT), form, is_inside=True) for form in Format
    }
    html = documents.html(note)
    rows = list(csv.reader(io.StringIO(told[Format.CSV].removeprefix("\ufeff"), newline="")))
    json.loads(told[Format.JSON])
    ET.fromstring(told[Format.ATOM])  # noqa: S314 - our own

    assert {"script", "img", "b", "iframe", "object"}.isdisjoint(html_tags(html))
    assert 'href="javascript:' not in html
    assert [] == [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    assert FRONT_MATTER == _front_matter(documents.markdown(note))
    assert [] == [form for form, text in told.items() if text.count("witness") < 4]


def _front_matter(markdown: str) -> list[str]:
    """Return the keys at the head of a document, from its first line until the line that ends it."""
    begin, *lines = markdown.split("\n")
    head = lines[: lines.index("---")]
    return [begin, *(line.partition(":")[0] for line in head if not line.startswith(" "))]


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_lies_outside_its_folder(kind: str) -> None:
    """Whatever a photo is called, it lies beside the document under a plain name."""
    path = path_of(
        {"id": "F1", "name": KINDS[kind], "url_private": "https://files.slack.com/x", "mimetype": "image/png"}
    )

    assert path.startswith(f"{FOLDER}/F1-")
    assert 1 == path.count("/")
    assert path.isprintable()
    assert [] == [part for part in ("\\", "\0", "\n") if part in path]
    assert ".." not in path.split("/")
