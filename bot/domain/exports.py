"""What somebody may take with them: their own answers between two days, in a format of their choice."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.dates import months_before, read_last_day, read_past_day
from bot.domain.editions import Answer, Edition
from bot.domain.errors import InvalidInputError
from bot.domain.notes import Note
from bot.domain.vocabulary import ENGLISH, Vocabulary

USUAL_MONTHS = 6
FORMULAS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What makes spreadsheets take words for a formula, in both widths."""
BREAKS = "\t\r\n"
"""What some spreadsheets drop before they look for a formula."""


class Format(StrEnum):
    """The formats, each by the name people type and the ending of its files."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    ATOM = "atom"
    TEXT = "text"

    @property
    def ending(self) -> str:
        """Return what the name of such a file ends with."""
        return {Format.MARKDOWN: "md", Format.TEXT: "txt"}.get(self, self.value)


OWN_FORMATS = (Format.MARKDOWN, Format.HTML, Format.JSON, Format.CSV)
"""The formats of one's own answers; an Atom entry and plain text are of a note."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which days somebody wants, the first and the last included, and how."""

    first: date
    last: date
    format: Format = Format.MARKDOWN

    @property
    def file_name(self) -> str:
        """Return a name that every system takes: it has nothing in it that anybody typed."""
        return f"{self._stem}.{self.format.ending}"

    @property
    def archive_name(self) -> str:
        """Return what the same is called with files beside it."""
        return f"{self._stem}.zip"

    @property
    def _stem(self) -> str:
        return f"my-weeknotes-{self.first.isoformat()}-to-{self.last.isoformat()}"


@dataclass(frozen=True, slots=True)
class Week:
    """What somebody gave to one edition: their answers, the plain words of each, and their part of the note."""

    series_name: str
    edition: Edition
    answers: tuple[Answer, ...]
    words: tuple[str, ...]
    note: Note


def read_wanted(typed: str, today: date, vocabulary: Vocabulary = ENGLISH) -> Wanted:
    """Read what stands after `export`: a format, and `FROM to UNTIL`; the last six months where no days are given.

    Raises InvalidInputError with a sentence that shows how to write it.
    """
    words = vocabulary.english(typed).casefold().replace("–", " to ").split()
    form, others = named_formats(words, OWN_FORMATS)
    days = " ".join(word for word in others if word != "from")
    if not days:
        return Wanted(months_before(today, USUAL_MONTHS), today, form)
    start, _, end = (part.strip() for part in re.split(r"\b(to|until|till)\b", f"{days} to today", maxsplit=1)[:3])
    end = end.removesuffix(" to today")
    last = read_past_day(end, today)
    first = read_past_day(start, last if last.year == today.year else today)
    last = read_last_day(end, first, today)
    if last < first:
        raise InvalidInputError("days_in_wrong_order")
    return Wanted(first, last, form)


def named_formats(words: Iterable[str], formats: Iterable[Format]) -> tuple[Format, Sequence[str]]:
    """Return the format that is named among words, Markdown where none is, and the other words.

    Raises InvalidInputError when several are named.
    """
    known = {each.value: each for each in formats} | {"md": Format.MARKDOWN}
    listed = list(words)
    named = {known[word.casefold()] for word in listed if word.casefold() in known}
    if len(named) > 1:
        raise InvalidInputError("one_format_at_a_time")
    return next(iter(named), Format.MARKDOWN), [word for word in listed if word.casefold() not in known]


def safe_cell(text: str) -> str:
    """Return words for a cell of a spreadsheet: with an apostrophe before what it would take for a formula."""
    is_formula = text.lstrip()[:1] in set(FORMULAS) or text[:1] in set(BREAKS)
    return f"'{text}" if is_formula else text


def in_pieces(text: str, most: int) -> tuple[str, ...]:
    """Cut a text into pieces that joined are the text again, after a line's end where it can."""
    found = []
    while len(text) > most:
        cut = text.rfind("\n", 0, most) + 1 or most
        found.append(text[:cut])
        text = text[cut:]
    return (*found, text) if text else tuple(found)
