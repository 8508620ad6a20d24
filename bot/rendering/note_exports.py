"""Notes as documents for an editor to take away, and the question before one goes outside."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from bot.domain.deliveries import Message
from bot.domain.exports import Format, safe_cell
from bot.domain.notes import Note, Section
from bot.domain.richtext import Block, ListBlock, RichText, plain, text_of
from bot.rendering import documents
from bot.rendering.blocks import button
from bot.rendering.environments import Templates
from bot.rendering.exports import told_in_pieces
from bot.rendering.sayings import said


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note that somebody wants: what never changes of it, `identity`, and when it last changed."""

    note: Note
    identity: str
    updated: datetime


class _Piece(NamedTuple):
    """Words of a note: under which headings, whose, and whether they stay inside."""

    headings: tuple[str, ...]
    author: str
    words: str
    is_inside: bool


@dataclass(frozen=True, slots=True)
class NoteExports:
    """Makes documents of notes."""

    templates: Templates

    def document(self, wanted: NoteFile, form: Format, *, is_inside: bool) -> str:
        """Return a note in a format; unless `is_inside`, without what stays inside."""
        told = wanted.note if is_inside else wanted.note.outside()
        match form:
            case Format.MARKDOWN:
                return documents.markdown(told)
            case Format.HTML:
                return documents.html(told)
            case Format.ATOM:
                return documents.atom(told, identity=wanted.identity, updated=wanted.updated)
            case Format.JSON:
                return self._json(told)
            case Format.CSV:
                return self._csv(told)
            case Format.TEXT:
                return documents.plain_text(told)

    def messages(self, title: str, form: Format, document: str) -> tuple[Message, ...]:
        """Return the document as messages, where no file can be sent."""
        return told_in_pieces(self.templates, title, form, document)

    def question(
        self, notes: Sequence[Note], form: Format, names: Sequence[str], value: dict[str, Any], *, is_again: bool
    ) -> Message:
        """Ask an editor whether notes may go outside, saying whom they speak of; `value` is what the buttons carry."""
        text = self.templates.slack(
            "note_export_question",
            notes=notes,
            format=self.templates.label(f"export.format.{form.value}"),
            names=names,
            has_inside=any(note != note.outside() for note in notes),
            is_again=is_again,
        )
        label = self.templates.label
        outside = button(label("export.outside"), "export.outside", value, style="primary")
        if form is Format.ATOM:
            return said(text, outside)
        return said(text, outside, button(label("export.inside"), "export.inside", value))

    def on_its_way(self, notes: Sequence[Note], form: Format, *, is_inside: bool, is_file: bool) -> Message:
        """Say what was sent."""
        told = self.templates.label(f"export.format.{form.value}")
        return said(
            self.templates.slack("note_exported", notes=notes, format=told, is_inside=is_inside, is_file=is_file)
        )

    def _json(self, note: Note) -> str:
        described = {
            "series": note.series_name,
            "number": note.number,
            "title": note.title,
            "headline": note.headline,
            "week": self.templates.words.week(note.period),
            "from": note.period.start.isoformat(),
            "to": note.period.end.isoformat(),
            "published_at": note.published_at and note.published_at.isoformat(),
            "contributors": [author.name for author in note.contributors],
            "introduction": plain(note.introduction),
            "notices": [plain(notice) for notice in note.notices if not notice.is_empty],
            "entries": [
                {
                    "headings": list(piece.headings),
                    "author": piece.author,
                    "inside": piece.is_inside,
                    "words": piece.words,
                }
                for section in note.sections
                for piece in _pieces(section, ())
            ],
        }
        return json.dumps(described, ensure_ascii=False, indent=2) + "\n"

    def _csv(self, note: Note) -> str:
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\r\n")
        writer.writerow(self.templates.words.labels.several("export.note_columns"))
        above = (told for told in (note.introduction, *note.notices) if not told.is_empty)
        opening = [_Piece((), "", plain(told), is_inside=False) for told in above]
        for piece in [*opening, *(piece for section in note.sections for piece in _pieces(section, ()))]:
            writer.writerow([safe_cell(cell) for cell in self._row(note, piece)])
        return "\ufeff" + written.getvalue()  # without the mark some spreadsheets take it for another alphabet

    def _row(self, note: Note, piece: _Piece) -> tuple[str, ...]:
        return (
            note.series_name,
            note.number,
            note.title,
            note.period.start.isoformat(),
            note.period.end.isoformat(),
            note.published_at.isoformat(timespec="seconds") if note.published_at else "",
            " › ".join(piece.headings),
            piece.author,
            self.templates.label("export.yes" if piece.is_inside else "export.no"),
            piece.words,
        )


def _pieces(section: Section, above: tuple[str, ...]) -> Iterator[_Piece]:
    """Yield the words of a section, what stays inside apart from the rest."""
    heading = text_of(section.heading)
    headings = (*above, heading) if heading else above
    author = section.author.name if section.author else ""
    if section.heading and not section.blocks and not section.sections:
        yield _Piece(headings, author, "", section.is_inside)
    for is_inside, blocks in groupby(_apart(section.blocks), key=_is_inside):
        yield _Piece(headings, author, plain(RichText(tuple(blocks))), is_inside or section.is_inside)
    for inner in section.sections:
        yield from _pieces(inner, headings)


def _apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, a list in as many as there are turns from inside to outside in it."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for _, items in groupby(block.items, key=lambda item: item.is_inside):
                yield ListBlock(tuple(items))
        else:
            yield block


def _is_inside(block: Block) -> bool:
    return block.items[0].is_inside if isinstance(block, ListBlock) else block.is_inside
