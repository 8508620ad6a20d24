"""What becomes of a house template's text: its marks make room for what people gave, as each document writes it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

from bot.domain.house_styles import StyleError
from bot.domain.richtext import Element, Line, Preformatted, RichText, Style, Text, lines_of, map_lines, merge, parse
from bot.rendering.house.reading import read
from bot.rendering.house.views import MARK, Given, Marks, numbers_in
from bot.rendering.note_blocks import Laid

_ALONE = re.compile(rf"(?P<margin>[ >]*){MARK.pattern}\s*")
_HEADING = re.compile(r"(#{1,3}) +(.+)")

Blocks = Callable[[Given], str]
OneLine = Callable[[Line], str]


def document(text: str, marks: Marks, blocks: Blocks, line: OneLine, *, is_lines: bool) -> str:
    """Return a document with everything in its place; where it `is_lines`, words stand on lines of their own.

    Raises StyleError when somebody's words would not be read, or something else would happen than reading.
    """
    check_there(text, marks)

    def put(number: int) -> str:
        return blocks(marks.words[number]) if number in marks.words else line(marks.lines[number])

    def written(each: str) -> str:
        margin = _margin_of(each, marks) if is_lines else None
        if margin is None:
            return marks.replaced(each, put)
        [number] = numbers_in(each)
        return "\n".join(f"{margin}{told}" if told else margin.rstrip() for told in put(number).split("\n"))

    return "\n".join(map(written, text.split("\n")))


def apart(text: str, marks: Marks) -> str:
    """Return Markdown with a blank line around all words, so that they are nothing but their own paragraphs."""
    lines: list[str] = []
    for line in text.split("\n"):
        margin = _margin_of(line, marks)
        blank = [] if margin is None else [margin.rstrip()]
        for each in (*blank, line, *blank):
            if each.strip(" >") or (lines and lines[-1].strip(" >")):
                lines.append(each)
    return "\n".join(lines)


def check_read(text: str, marks: Marks) -> None:
    """Raise StyleError unless whoever opens HTML, or Markdown with HTML in it, reads all words and runs nothing."""
    shown = "".join(read(text))
    check_there(shown, marks)
    if Counter(numbers_in(shown)) != Counter(numbers_in(text)):  # the rest is in a tag, a comment or the head
        raise StyleError("style_words_broken")


def check_there(text: str, marks: Marks) -> None:
    """Raise StyleError unless all words are in a text, each once."""
    if not {*numbers_in(text)} <= marks.words.keys() | marks.lines.keys():
        raise StyleError("style_words_broken")
    missing = list(marks.missing(text))
    if missing:
        raise StyleError("style_words_missing", names=list(dict.fromkeys(filter(None, missing))), count=len(missing))
    often = Counter(number for number in numbers_in(text) if number in marks.words)
    if often and max(often.values()) > 1:
        raise StyleError("style_words_twice")


def laid(text: str, marks: Marks) -> Iterator[Laid]:
    """Yield the parts of a digest. A heading is one part with what follows it, so that the two stay together."""
    check_there(text, marks)
    heading: Laid | None = None
    for part in _parts(text, marks):
        if heading and part.blocks:
            yield replace(heading, blocks=part.blocks)
            heading = None
            continue
        if heading:
            yield heading
        heading = part if part.heading else None
        if not heading:
            yield part
    if heading:
        yield heading


def _parts(text: str, marks: Marks) -> Iterator[Laid]:
    """Yield headings (`#`), rules (`---`), words, and paragraphs of the template's own mrkdwn, as they come."""
    paragraph: list[str] = []
    for line in [*text.split("\n"), ""]:
        part = _part_of(line.strip(), marks)
        if part is None and line.strip():
            paragraph.append(line.strip())
            continue
        if paragraph:
            yield Laid(blocks=_ours("\n".join(paragraph), marks))
            paragraph = []
        if part:
            yield part


def _part_of(line: str, marks: Marks) -> Laid | None:
    """Return what stands on a line by itself, or None where the line belongs to a paragraph."""
    if _margin_of(line, marks) is not None:
        [number] = numbers_in(line)
        return Laid(blocks=marks.words[number])
    if line == "---":
        return Laid(is_rule=True)
    heading = _HEADING.fullmatch(line)
    if heading is None:
        return None
    lines = list(lines_of(RichText(_ours(heading[2], marks))))
    return Laid(heading=lines[0], level=len(heading[1]) - 1) if lines else None


def _ours(mrkdwn: str, marks: Marks) -> Given:
    """Return the template's own mrkdwn with lines in place of their marks, each in the style that stands around it."""

    def placed(line: Line) -> Line:
        return merge(part for element in line for part in _placed(element, marks))

    ours = tuple(map_lines(placed, block) for block in parse(mrkdwn).blocks)
    if any(MARK.search(block.text) for block in ours if isinstance(block, Preformatted)):
        raise StyleError("style_words_broken")
    return ours


def _placed(element: Element, marks: Marks) -> Line:
    if not MARK.search(element.shown):
        return (element,)
    if not isinstance(element, Text):  # in an address, where nothing of a note belongs
        raise StyleError("style_words_broken")
    found: list[Element] = []
    end = 0
    for mark in MARK.finditer(element.text):
        found.append(Text(element.text[end : mark.start()], element.style))
        line = marks.lines[int(mark[1])]
        found += [replace(each, style=_both(each.style, element.style)) for each in line]
        end = mark.end()
    return (*found, Text(element.text[end:], element.style))


def _both(one: Style, other: Style) -> Style:
    """Return a style with everything that either has."""
    return Style(**{each.name: getattr(one, each.name) or getattr(other, each.name) for each in fields(Style)})


def _margin_of(line: str, marks: Marks) -> str | None:
    """Return what stands before words on their line, or None for a line without any. Raises StyleError for more."""
    if not any(number in marks.words for number in numbers_in(line)):
        return None
    alone = _ALONE.fullmatch(line)
    if alone is None:
        raise StyleError("style_words_inline")
    return alone["margin"]
