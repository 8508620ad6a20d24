"""Splitting long texts: between paragraphs and items, inside one at white space, or failing that between graphemes.

Sizes are counted in UTF-16 code units, as the programs at the other end count them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.domain.richtext import (
    Block,
    Element,
    Figure,
    Item,
    Line,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Text,
    merge,
)

_T = TypeVar("_T")
_WORD = re.compile(r"\S+\s*|\s+")
_WRAPPING = 80  # the characters of JSON that an element costs beside its text
_MAX_GRAPHEME = 64  # beyond this it is no grapheme that anybody reads
_JOINER = "\u200d"


def size(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_block(block: Block, limit: int) -> Iterator[Block]:
    """Split a block into blocks that cost no more than `limit` each; joined again they say the same."""
    match block:
        case Paragraph():
            yield from _paragraphs(block, limit)
        case ListBlock():
            yield from _lists(block, limit)
        case Quote():
            paragraphs = [part for paragraph in block.paragraphs for part in _paragraphs(paragraph, limit)]
            yield from (replace(block, paragraphs=group) for group in pack(paragraphs, cost, limit))
        case Preformatted():
            yield from (replace(block, text=text) for text in _texts(block.text, limit))
        case Figure():
            yield from _paragraphs(Paragraph(((block.link,),)), limit) if cost(block) > limit else (block,)


def cost(block: Block | Item) -> int:
    """Return what a block costs of a message: its text, or half of its JSON where many small elements are more."""
    match block:
        case Paragraph() | Item():
            return sum(map(_line_cost, block.lines)) + len(block.lines)
        case ListBlock():
            return sum(map(cost, block.items))
        case Quote():
            return sum(map(cost, block.paragraphs)) + 2 * len(block.paragraphs)
        case Preformatted():
            return _line_cost((Text(block.text),))
        case Figure():
            return _line_cost((block.link,))


def element_size(element: Element) -> int:
    """Return the length of everything that an element sends."""
    return size(element.label) + size(element.url) if isinstance(element, Link) else size(element.shown)


def pack(units: Iterable[_T], measure: Callable[[_T], int], limit: int) -> Iterator[tuple[_T, ...]]:
    """Put as many units together as the limit allows, in order; a unit above it stands alone."""
    group: list[_T] = []
    room = limit
    for unit in units:
        needed = measure(unit)
        if group and needed > room:
            yield tuple(group)
            group, room = [], limit
        group.append(unit)
        room -= needed
    if group:
        yield tuple(group)


def split_line(line: Line, limit: int) -> Iterator[Line]:
    """Split a line at white space; what has none for too long is split between its elements and graphemes.

    The pieces are as long as they may be, so that no two of them stand together again, with a break between them.
    """
    piece: Line = ()
    for word in _words(line):
        whole = _line_cost(word) <= limit
        for part in (word,) if whole else pack(_crumbs(word, limit), element_size, limit):
            longer = merge((*piece, *part))
            if piece and _line_cost(longer) > limit:
                yield piece
                longer = merge(part)
            piece = longer
    if piece:
        yield piece


def cut(text: str, limit: int) -> int:
    """Return the index of the last boundary between graphemes of `text` at or before `limit` code units."""
    index = min(len(text), limit)
    while size(text[:index]) > limit:
        index -= max(1, (size(text[:index]) - limit) // 2)
    if index >= len(text):
        return len(text)
    for earlier in range(index, max(0, index - _MAX_GRAPHEME), -1):
        if _is_boundary(text, earlier):
            return earlier
    return max(1, index)


def _paragraphs(paragraph: Paragraph, limit: int) -> Iterator[Paragraph]:
    lines = [part for line in paragraph.lines for part in _parts(line, limit)]
    for group in pack(lines, _line_cost, limit):
        yield replace(paragraph, lines=group)


def _lists(block: ListBlock, limit: int) -> Iterator[Block]:
    """Split a list between its items. An item that is too long by itself goes on in paragraphs."""
    for group in pack(block.items, cost, limit):
        if cost(group[0]) <= limit:
            yield ListBlock(group)
            continue
        first, *others = _paragraphs(Paragraph(group[0].lines), limit)
        yield ListBlock((replace(group[0], lines=first.lines),))
        yield from others


def _parts(line: Line, limit: int) -> Iterator[Line]:
    return split_line(line, limit) if _line_cost(line) > limit else iter((line,))


def _texts(text: str, limit: int) -> Iterator[str]:
    lines = [part for line in text.split("\n") for part in ([line] if size(line) <= limit else _wrapped(line, limit))]
    for group in pack(lines, lambda line: size(line) + 1, limit):
        if (joined := "\n".join(group)).strip():
            yield joined


def _wrapped(text: str, limit: int) -> list[str]:
    return ["".join(element.shown for element in line) for line in split_line((Text(text),), limit)]


def _line_cost(line: Sequence[Element]) -> int:
    text = sum(map(element_size, line))
    return max(text, (text + _WRAPPING * len(line)) // 2)


def _words(line: Line) -> Iterator[Line]:
    """Yield runs of elements that no white space divides; each ends with the white space after it."""
    word: list[Element] = []
    for element in line:
        parts = (
            [Text(part, element.style) for part in _WORD.findall(element.text)]
            if isinstance(element, Text)
            else [element]
        )
        for part in parts:
            word.append(part)
            if isinstance(part, Text) and part.text[-1:].isspace():
                yield tuple(word)
                word = []
    if word:
        yield tuple(word)


def _crumbs(word: Line, limit: int) -> Iterator[Element]:
    """Yield the elements of a word that is too long, words in pieces that fit."""
    for element in word:
        if not isinstance(element, Text) or size(element.text) <= limit:
            yield element
            continue
        text = element.text
        while text:
            index = cut(text, limit)
            yield Text(text[:index], element.style)
            text = text[index:]


def _is_boundary(text: str, index: int) -> bool:
    """Say whether a grapheme ends before `index` (the rules of UAX 29 that people's words meet)."""
    before, after = text[index - 1], text[index]
    if _extends(after) or before == _JOINER:
        return False
    if _is_flag_half(before) and _is_flag_half(after):
        run = len(text[:index]) - len(text[:index].rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))
        return run % 2 == 0
    return not ("\u1100" <= before <= "\u11ff" and "\u1100" <= after <= "\u11ff")


def _extends(character: str) -> bool:
    return (
        character == _JOINER
        or unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
