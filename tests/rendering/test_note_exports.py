"""A note as an Atom entry, as JSON and as a table: all of its words, and nothing of what stays inside."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings

from bot.demo.check import missing
from bot.demo.weeks import parse
from bot.domain.exports import Format
from bot.domain.notes import Note, Section
from bot.domain.richtext import RichText, plain
from bot.rendering import documents
from bot.rendering.note_exports import NoteExports, NoteFile
from tests.support import note_samples, weeks
from tests.support.documents import DOCUMENTS
from tests.support.noted import note_of
from tests.support.readers import html_tags
from tests.support.told import english

ATOM = "{http://www.w3.org/2005/Atom}"
ID = "urn:uuid:6f0f4a2e-64c9-5d1c-9d0f-3a0c4d0f7b51"
UPDATED = datetime(2025, 11, 28, 9, 30, tzinfo=UTC)


def exported(note: Note, form: Format, *, is_inside: bool = False) -> str:
    """Return a note in a format."""
    return NoteExports(english()).document(NoteFile(note, ID, UPDATED), form, is_inside=is_inside)


def entry(note: Note) -> ET.Element:
    """Return a note's entry, as a reader of feeds parses it."""
    return ET.fromstring(exported(note, Format.ATOM))  # noqa: S314 - our own


def content(note: Note) -> str:
    """Return the HTML in a note's entry."""
    return entry(note).findtext(f"{ATOM}content") or ""


def rows(note: Note, *, is_inside: bool = False) -> list[dict[str, str]]:
    """Return a note's table, as a spreadsheet reads it."""
    text = exported(note, Format.CSV, is_inside=is_inside).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_an_entry_has_what_atom_asks_for() -> None:
    """One id, title, updated and content, at least one author, and moments as RFC 3339 writes them."""
    found = entry(note_samples.in_stories())

    assert f"{ATOM}entry" == found.tag
    assert Counter({"id": 1, "title": 1, "updated": 1, "published": 1, "author": 1, "content": 1}) == Counter(
        child.tag.removeprefix(ATOM) for child in found
    )
    assert ID == found.findtext(f"{ATOM}id")
    assert "2025-11-28T09:30:00+00:00" == found.findtext(f"{ATOM}updated")
    assert "2025-11-27T16:04:00+00:00" == found.findtext(f"{ATOM}published")
    assert "Ana Okafor" == found.findtext(f"{ATOM}author/{ATOM}name")
    assert "html" == found.find(f"{ATOM}content").get("type")  # type: ignore[union-attr]  # counted above


def test_an_entry_of_nobody_is_the_series() -> None:
    """Atom wants an author, even where everybody's words stay inside."""
    note = weeks.note({"U_ANA": {"highlights": ("🔒 All of it.",)}})

    assert "Weeknotes" == entry(note).findtext(f"{ATOM}author/{ATOM}name")


def test_an_entry_is_read_whatever_is_in_its_title() -> None:
    """What XML cannot say does not end the document, and no markup of a title is markup."""
    note = replace(note_samples.in_prose(), title="a\x0b\x00</title>\ufffe<b>&amp;]]>")

    assert "a\ufffd\ufffd</title>\ufffd<b>&amp;]]>" == entry(note).findtext(f"{ATOM}title")


def test_an_entry_has_only_our_tags_and_nothing_that_stays_inside() -> None:
    """It is sanitised, and for outside whoever asks."""
    told = content(note_samples.hostile())

    assert {"script", "img", "b", "style", "html", "body"} & html_tags(told) == set()
    assert "between us" not in told
    assert "Bobby Tables" in told


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(source=DOCUMENTS)
def test_every_word_and_link_is_in_the_entry(source: str) -> None:
    """Whatever somebody writes, typed into Slack and noted."""
    week = parse(source, "ana.md")
    note = note_of([week])

    assert [] == missing([week], documents.markdown(note), content(note))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(source=DOCUMENTS)
def test_every_word_is_in_json_and_in_the_table(source: str) -> None:
    """What stands under the headings is there word for word, and the table says the same as the JSON."""
    note = note_of([parse(source, "ana.md")])
    told = json.loads(exported(note, Format.JSON, is_inside=True))["entries"]

    assert Counter(_words(note.sections)) == Counter(word for each in told for word in each["words"].split())
    assert [each["words"] for each in told] == [_typed(row["words"]) for row in rows(note, is_inside=True)]


def _words(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield from plain(RichText(section.blocks)).split()
        yield from _words(section.sections)


def _typed(cell: str) -> str:
    """Return the words of a cell without the apostrophe that keeps them from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip()[:1] in "=+-@" else cell


@pytest.mark.parametrize("form", tuple(Format))
def test_no_format_for_outside_has_what_stays_inside(form: Format) -> None:
    """Neither whole answers nor single lines and items."""
    told = exported(note_samples.hostile(), form)

    assert "between us" not in told
    assert "may leave the house" not in told
    assert "Bobby Tables" in told


def test_what_stays_inside_is_marked_for_inside() -> None:
    """An item of a list, and a whole answer."""
    inside = [row["words"] for row in rows(note_samples.hostile(), is_inside=True) if row["inside"] == "yes"]

    assert ["'- 🔒 between us", "🔒 Nothing that may leave the house."] == inside
    told = json.loads(exported(note_samples.hostile(), Format.JSON, is_inside=True))["entries"]
    assert ["- 🔒 between us", "🔒 Nothing that may leave the house."] == [e["words"] for e in told if e["inside"]]


def test_no_cell_is_a_formula() -> None:
    """Neither words nor titles nor headings."""
    note = replace(weeks.note({"U_ANA": {"highlights": ("=SUM(A1)\nTold below.",)}}), title="=1+1", series_name="@me")
    for row in rows(note):
        assert not [cell for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]
