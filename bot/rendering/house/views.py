"""What a house template is given: a note in words, with a mark in each place where what people gave is put in later.

So a template lays out our words around theirs; it never has theirs in its hands, and cannot change them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from markupsafe import Markup

from bot.domain.notes import Note, Section
from bot.domain.richtext import Block, Line
from bot.domain.series import Layout
from bot.rendering.wording import Wording

_OPENS, _CLOSES = "\ufdd0", "\ufdd1"  # Unicode keeps these two for the inside of programs: nobody can type them
MARK = re.compile(f"{_OPENS}(\\d{{1,6}}){_CLOSES}")
"""A mark, with its number."""

Given: TypeAlias = tuple[Block, ...]


def unmarked(text: str) -> str:
    """Return text with nothing in it that could be taken for a mark."""
    return text.replace(_OPENS, "\ufffd").replace(_CLOSES, "\ufffd")


@dataclass(frozen=True, slots=True)
class Sectioned:
    """A section: a heading, which may be empty, whose it is, the words under it, and the sections within."""

    heading: Markup
    author: str
    words: Markup
    sections: tuple["Sectioned", ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """A note."""

    title: str
    number: str
    headline: str
    series: str
    week: str
    dates: str
    start: str
    end: str
    published: str
    contributors: tuple[str, ...]
    introduction: Markup
    notices: tuple[Markup, ...]
    sections: tuple[Sectioned, ...]


@dataclass(slots=True)
class Marks:
    """What stands for each mark, by its number: words or a line. `needed` says whose must be in the note."""

    words: dict[int, Given] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    needed: dict[int, str] = field(default_factory=dict)

    def of_words(self, blocks: Given, author: str = "") -> Markup:
        """Return a mark for words, which the note must have; where there are none, nothing."""
        if not blocks:
            return Markup()
        number = self._next()
        self.words[number], self.needed[number] = blocks, author
        return _mark(number)

    def of_line(self, line: Line, author: str = "", *, is_needed: bool = False) -> Markup:
        """Return a mark for a line; where there is nothing in it, nothing."""
        if not line:
            return Markup()
        number = self._next()
        self.lines[number] = line
        if is_needed:
            self.needed[number] = author
        return _mark(number)

    def _next(self) -> int:
        return len(self.words) + len(self.lines)

    def replaced(self, text: str, put: Callable[[int], str]) -> str:
        """Return text with something put in place of each mark."""
        return MARK.sub(lambda found: put(int(found[1])), text)

    def missing(self, text: str) -> Iterator[str]:
        """Yield whose words are not in a text, for each mark that is needed and not there."""
        there = set(numbers_in(text))
        yield from (author for number, author in self.needed.items() if number not in there)


def _mark(number: int) -> Markup:
    return Markup(f"{_OPENS}{number}{_CLOSES}")  # noqa: S704 - a number between two marks


def numbers_in(text: str) -> Iterable[int]:
    """Return the numbers of the marks in a text."""
    return map(int, MARK.findall(text))


def noted(note: Note, words: Wording, marks: Marks) -> Noted:
    """Return what a template is given of a note."""
    told_from = 1 if note.layout is Layout.PERSONAL else 2
    published = note.published_at
    return Noted(
        title=note.title,
        number=note.number,
        headline=note.headline,
        series=note.series_name,
        week=words.week(note.period),
        dates=words.dates(note.period),
        start=note.period.start.isoformat(),
        end=note.period.end.isoformat(),
        published=published.isoformat(timespec="seconds") if published else "",
        contributors=tuple(author.name for author in note.contributors),
        introduction=marks.of_words(note.introduction.blocks),
        notices=tuple(marks.of_words(notice.blocks) for notice in note.notices if not notice.is_empty),
        sections=tuple(_sectioned(section, marks, told_from) for section in note.sections),
    )


def _sectioned(section: Section, marks: Marks, told_from: int) -> Sectioned:
    """Return a section. From `told_from` on, how deep it stands, a heading is not ours but the author's."""
    author = section.author.name if section.author else ""
    return Sectioned(
        heading=marks.of_line(section.heading, author, is_needed=told_from <= 0),
        author=author,
        words=marks.of_words(section.blocks, author),
        sections=tuple(_sectioned(inner, marks, told_from - 1) for inner in section.sections),
    )
