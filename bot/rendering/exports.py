"""Somebody's own answers as documents: Markdown, HTML, JSON and CSV. All of it is theirs, also what stays inside."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.deliveries import Message
from bot.domain.editions import Answer
from bot.domain.exports import Format, Wanted, Week, in_pieces, safe_cell
from bot.domain.files import Enclosure, Files, path_of
from bot.domain.notes import Section, figure_of
from bot.domain.richtext import Block, Paragraph, Text
from bot.rendering.blocks import rich_text
from bot.rendering.environments import Templates
from bot.rendering.filters import escape_mrkdwn
from bot.rendering.receipts import heading_of
from bot.rendering.richtext_html import html_blocks, html_line
from bot.rendering.richtext_markdown import markdown_blocks, markdown_heading

PIECE = 2900
"""Characters of a document in one message: less than Slack takes in one text."""
_TOLD: Mapping[Format, Callable[[Iterable[Block]], str]] = {Format.MARKDOWN: markdown_blocks, Format.HTML: html_blocks}
"""The formats that are read, in which files are seen where they were given."""


@dataclass(frozen=True, slots=True)
class Exports:
    """Makes documents from the templates."""

    templates: Templates

    def document(self, wanted: Wanted, weeks: Sequence[Week]) -> str:
        """Return the document in the format that is wanted."""
        makers: Mapping[Format, Callable[[Wanted, Sequence[Week]], str]] = {
            Format.MARKDOWN: self._markdown,
            Format.HTML: self._html,
            Format.JSON: self._json,
            Format.CSV: self._csv,
        }
        return makers[wanted.format](wanted, weeks)

    def title(self, wanted: Wanted) -> str:
        """Return what the document is called."""
        first, last = (self.templates.words.plain_day(each, year=True) for each in (wanted.first, wanted.last))
        return self.templates.label("export.title", first=first, last=last)

    def enclosures(self, wanted: Wanted, weeks: Sequence[Week]) -> tuple[Enclosure, ...]:
        """Return the files that are to lie beside the document, each once, and what of it stands for them."""
        found = {path_of(file): file for week in weeks for answer in week.answers for file in answer.files}
        return tuple(self._enclosure(wanted, path, file) for path, file in found.items() if path)

    def _enclosure(self, wanted: Wanted, path: str, file: Mapping[str, Any]) -> Enclosure:
        figure = figure_of(file, Files.ENCLOSED)
        shown, missing = "", ""
        if figure and wanted.format in _TOLD:
            apology = Text(f" {self.templates.label('export.not_fetched')}")
            told = _TOLD[wanted.format]
            shown, missing = told((figure,)), told((Paragraph(((figure.link, apology),)),))
        return Enclosure(path, str(file["url_private"]), str(file.get("mimetype") or ""), shown, missing)

    def messages(self, wanted: Wanted, document: str) -> tuple[Message, ...]:
        """Return the document as messages: the first says what it is, and in the others nothing is cut."""
        return told_in_pieces(self.templates, self.title(wanted), wanted.format, document)

    def _markdown(self, wanted: Wanted, weeks: Sequence[Week]) -> str:
        rendered = self.templates.text(
            "note/mine.md.j2",
            title=self.title(wanted),
            weeks=[(markdown_heading((Text(self._name(week)),)), _parts(week)) for week in weeks],
            line=markdown_heading,
            blocks=markdown_blocks,
        )
        return rendered.strip("\n") + "\n"

    def _html(self, wanted: Wanted, weeks: Sequence[Week]) -> str:
        named = [(self._name(week), _parts(week)) for week in weeks]
        return self.templates.html(
            "note/mine.html.j2", title=self.title(wanted), weeks=named, line=html_line, blocks=html_blocks
        )

    def _json(self, wanted: Wanted, weeks: Sequence[Week]) -> str:
        described = {
            "from": wanted.first.isoformat(),
            "to": wanted.last.isoformat(),
            "editions": [
                {
                    "series": week.series_name,
                    "week": self.templates.words.week(week.edition.period),
                    "from": week.edition.period.start.isoformat(),
                    "to": week.edition.period.end.isoformat(),
                    "number": week.edition.number,
                    "published_at": week.edition.published_at and week.edition.published_at.isoformat(),
                    "answers": [_answer(week, *each) for each in zip(week.answers, week.words, strict=True)],
                }
                for week in weeks
            ],
        }
        return json.dumps(described, ensure_ascii=False, indent=2) + "\n"

    def _csv(self, wanted: Wanted, weeks: Sequence[Week]) -> str:
        del wanted  # the rows say it
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\r\n")
        writer.writerow(self.templates.words.labels.several("export.columns"))
        for week in weeks:
            for answer, words in zip(week.answers, week.words, strict=True):
                writer.writerow([safe_cell(cell) for cell in self._row(week, answer, words)])
        return "\ufeff" + written.getvalue()  # without the mark some spreadsheets take it for another alphabet

    def _row(self, week: Week, answer: Answer, words: str) -> tuple[str, ...]:
        period = week.edition.period
        return (
            week.series_name,
            self.templates.words.week(period),
            period.start.isoformat(),
            period.end.isoformat(),
            heading_of(week.edition.questions, answer.question_key) or answer.question_key,
            answer.given_at.isoformat(timespec="seconds"),
            answer.edited_at.isoformat(timespec="seconds") if answer.edited_at else "",
            self.templates.label("export.yes" if answer.is_inside else "export.no"),
            words,
            "\n".join(str(file.get("permalink") or file.get("name") or "") for file in answer.files),
        )

    def _name(self, week: Week) -> str:
        period = week.edition.period
        named = self.templates.words.week(period)
        return self.templates.label("export.week", series=week.series_name, week=named, start=period.start.isoformat())


def told_in_pieces(templates: Templates, title: str, form: Format, document: str) -> tuple[Message, ...]:
    """Return a document as messages: the first says what it is, and in the others nothing is cut."""
    lead = templates.slack("export_lead", title=title, format=templates.label(f"export.format.{form.value}"))
    return Message(lead), *map(_verbatim, in_pieces(document, PIECE))


def _parts(week: Week) -> list[Section]:
    """Return the sections of somebody's part of a note, without their own name over them."""
    return [replace(section, heading=()) for section in week.note.sections]


def _answer(week: Week, answer: Answer, words: str) -> dict[str, Any]:
    return {
        "question": heading_of(week.edition.questions, answer.question_key) or answer.question_key,
        "given_at": answer.given_at.isoformat(),
        "edited_at": answer.edited_at and answer.edited_at.isoformat(),
        "inside": answer.is_inside,
        "words": words,
        "slack_text": answer.text,
        "slack_blocks": list(answer.blocks),
        "files": list(answer.files),
    }


def _verbatim(piece: str) -> Message:
    block = rich_text([{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": piece}]}])
    return Message(escape_mrkdwn(piece), (block,))
