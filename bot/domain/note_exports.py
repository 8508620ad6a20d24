"""What an editor may take of the notes of a series: which of them, in which format, and whom they speak of."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.domain.dates import read_past_day
from bot.domain.editions import Edition
from bot.domain.errors import InvalidInputError
from bot.domain.exports import Format, named_formats
from bot.domain.notes import Note, Section
from bot.domain.richtext import Line, Mention, Quote, RichText, lines_of
from bot.domain.vocabulary import ENGLISH, Vocabulary
from bot.domain.weeks import Period

MOST_NOTES = 12
"""How many notes go in one export."""
_INSIDE = ("inside", "internal")
_WEEK = re.compile(r"(?:(?P<year>\d{4})[- ]?w|week |w)(?P<week>\d{1,2})(?: (?P<after>\d{4}))?", re.ASCII)

Days: TypeAlias = tuple[date, date]


@dataclass(frozen=True, slots=True)
class WantedNotes:
    """Which notes an editor wants, as typed (empty: the last one), how, and whether with what stays inside."""

    which: str = ""
    format: Format = Format.MARKDOWN
    is_inside: bool = False


def read_wanted_notes(typed: str, vocabulary: Vocabulary = ENGLISH) -> WantedNotes:
    """Read what stands after `export note`: a format, `inside`, and a week, a number or days, in whatever order.

    Raises InvalidInputError.
    """
    words = vocabulary.english(typed).replace("–", " to ").split()
    named, others = named_formats(words, Format)
    which = [word for word in others if word.casefold() not in _INSIDE]
    wanted = WantedNotes(" ".join(which), named, is_inside=len(which) < len(others))
    if wanted.is_inside and wanted.format is Format.ATOM:
        raise InvalidInputError("atom_is_for_outside")
    return wanted


def chosen(published: Sequence[Edition], which: str, today: date) -> list[Edition]:
    """Return those of the published editions that are meant, the latest first. Raises InvalidInputError for none."""
    latest_first = sorted(published, key=lambda edition: edition.period.start, reverse=True)
    if not latest_first:
        raise InvalidInputError("no_note_yet")
    found = _chosen(latest_first, which, today)
    if not found:
        raise InvalidInputError("note_not_found", typed=which[:60])
    if len(found) > MOST_NOTES:
        raise InvalidInputError("too_many_notes", count=len(found), most=MOST_NOTES)
    return found


def file_name(period: Period, form: Format, *, is_inside: bool) -> str:
    """Return a name that every system takes: it has nothing in it that anybody typed."""
    kept = "-inside" if is_inside else ""
    return f"weeknotes-{period.start.isoformat()}-to-{period.end.isoformat()}{kept}.{form.ending}"


def spoken_of(note: Note) -> tuple[str, ...]:
    """Return the names of the people in a note, each once: those who wrote it, or are quoted, or whom it mentions."""
    mentions = (element for line in _lines(note) for element in line if isinstance(element, Mention))
    authors = (*(author.name for author in note.contributors), *_quoted(note.sections))
    found = (*authors, *(each.name or each.user_id for each in mentions))
    return tuple(dict.fromkeys(found))


def fingerprint_of(names: Sequence[str]) -> str:
    """Return what tells whether an editor has seen just these names."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]


def _chosen(published: Sequence[Edition], which: str, today: date) -> list[Edition]:
    if not which:
        return [published[0]]
    numbered = [edition for edition in published if _bare(edition.number) == _bare(which)]
    if numbered:
        return numbered[:1]
    if found := _WEEK.fullmatch(which.casefold()):
        week, year = int(found["week"]), found["year"] or found["after"]
        return [edition for edition in published if _covers(edition.period, week, int(year) if year else None)][:1]
    first, last = _days(which, today)
    return [edition for edition in published if edition.period.start <= last and edition.period.end >= first]


def _bare(number: str) -> str:
    return " ".join(number.casefold().split()).removeprefix("#")


def _covers(period: Period, week: int, year: int | None) -> bool:
    days = (date.fromordinal(day) for day in range(period.start.toordinal(), period.end.toordinal() + 1, 7))
    return any(at.week == week and year in {None, at.year} for at in map(date.isocalendar, days))


def _days(typed: str, today: date) -> Days:
    """Read a day, or `FROM to UNTIL`."""
    start, *others = re.split(r"\b(?:to|until|till)\b", typed.casefold().removeprefix("from "), maxsplit=1)
    last = read_past_day(others[0].strip() if others else start.strip(), today)
    first = read_past_day(start.strip(), last if last.year == today.year else today)
    if last < first:
        raise InvalidInputError("days_in_wrong_order")
    return first, last


def _quoted(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the names of those whose words contributors saved."""
    for section in sections:
        yield from (block.author for block in section.blocks if isinstance(block, Quote) and block.author)
        yield from _quoted(section.sections)


def _lines(note: Note) -> Iterator[Line]:
    for told in (note.introduction, *note.notices):
        yield from lines_of(told)
    for section in note.sections:
        yield from _lines_in(section)


def _lines_in(section: Section) -> Iterator[Line]:
    yield section.heading
    yield from lines_of(RichText(section.blocks))
    for inner in section.sections:
        yield from _lines_in(inner)
