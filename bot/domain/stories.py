"""What a question's shape makes of people's replies: stories with headings, lists of one-liners, single lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.domain.richtext import (
    Block,
    Figure,
    Item,
    Line,
    ListBlock,
    Paragraph,
    RichText,
    Text,
    is_blank,
    text_of,
)

MAX_HEADING = 80
_MAX_BOLD_HEADING = 150
_WRAPPED_WIDTHS = range(60, 101)  # the line lengths of text that was wrapped by hand or by a program
_PROSE = 100  # a line this long is a paragraph of its own, whatever it ends with
_ENDS_SENTENCE = re.compile(r"[.!?,;:][\"'”’»)\]]*$")
_MARKER = re.compile(r"\s*(?:[-*•◦▪‣·–]|\d{1,3}[.)])\s+")


@dataclass(slots=True)
class Story:
    """A heading, which may be empty, and what is told under it."""

    heading: Line = ()
    blocks: list[Block] = field(default_factory=list)
    is_inside: bool = False


def stories_of(reply: RichText) -> list[Story]:
    """Tell a reply as stories: each short line that stands alone heads the lines that follow it."""
    stories = [Story()]
    pieces = list(_pieces(reply))
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if isinstance(piece, _Piece) and _heads(piece, following, is_first=index == 0):
            stories.append(Story(_without_bold(piece.line), is_inside=piece.is_inside))
        else:
            _tell(stories[-1], piece, pieces[index - 1] if index else None)
    return [story for story in stories if story.heading or story.blocks]


def items_of(reply: RichText) -> list[Item | Block]:
    """Make an item of each line of a reply; a file goes with the line before it; a quote or code comes as it is."""
    pieces: list[Item | Block] = []
    for block in reply.blocks:
        last = pieces[-1] if pieces else None
        match block:
            case Paragraph():
                lines = (without_marker(line) for line in block.lines)
                pieces.extend(Item((line,), is_inside=block.is_inside) for line in lines if not is_blank(line))
            case ListBlock():
                pieces.extend(replace(item, number=item.number if item.indent else 0) for item in block.items)
            case Figure() if isinstance(last, Item) and not block.stands_alone:
                pieces[-1] = replace(last, lines=(*last.lines, (block.link,)))
            case Figure() if not block.stands_alone:
                pieces.append(Item(((block.link,),), is_inside=block.is_inside))
            case _:
                pieces.append(block)
    return pieces


def joined(pieces: Iterable[Item | Block]) -> tuple[Block, ...]:
    """Join neighbouring items to lists."""
    blocks: list[Block] = []
    for piece in pieces:
        last = blocks[-1] if blocks else None
        if not isinstance(piece, Item):
            blocks.append(piece)
        elif isinstance(last, ListBlock):
            blocks[-1] = ListBlock((*last.items, piece))
        else:
            blocks.append(ListBlock((piece,)))
    return tuple(blocks)


def line_of(reply: RichText, label: Line) -> tuple[Block, ...]:
    """Put the first paragraph of a reply on one line after its label; an answer in brackets continues the label."""
    first = reply.blocks[0] if reply.blocks else None
    if not isinstance(first, Paragraph):
        return (Paragraph((label,)), *reply.blocks) if reply.blocks else ()
    answer = one_line(first.lines)
    if not label:
        return (replace(first, lines=(answer,)), *reply.blocks[1:])
    between = " " if text_of(answer).startswith("(") or text_of(label).rstrip()[-1:] in ":?!…" else ": "
    return (replace(first, lines=((*label, Text(between), *answer),)), *reply.blocks[1:])


def one_line(lines: Sequence[Line]) -> Line:
    """Join lines with spaces."""
    joined: list[Line] = [line for line in lines if not is_blank(line)]
    return tuple(element for index, line in enumerate(joined) for element in ((Text(" "), *line) if index else line))


def without_marker(line: Line) -> Line:
    """Return a line without the dash, bullet or number that somebody typed to make an item of it."""
    if not line or not isinstance(line[0], Text) or line[0].style.code:
        return line
    marker = _MARKER.match(line[0].text)
    if not marker:
        return line
    rest = line[0].text[marker.end() :]
    return (*((Text(rest, line[0].style),) if rest else ()), *line[1:])


@dataclass(frozen=True, slots=True)
class _Piece:
    """One line of a paragraph, and what its place there says of it."""

    line: Line
    begins_paragraph: bool
    is_wrapped: bool
    is_inside: bool

    @property
    def text(self) -> str:
        return text_of(self.line).strip()


def _pieces(reply: RichText) -> Iterator["_Piece | Block"]:
    for block in reply.blocks:
        if isinstance(block, Paragraph):
            is_wrapped = _is_wrapped([text_of(line) for line in block.lines])
            for index, line in enumerate(block.lines):
                yield _Piece(line, index == 0, is_wrapped, block.is_inside)
        else:
            yield block


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether lines were wrapped at a width: each is as long as it could be before the next one's first word."""
    width = max(map(len, lines))
    if len(lines) == 1 or width not in _WRAPPED_WIDTHS:
        return False
    return all(len(line) + 1 + len((following.split() or [""])[0]) > width for line, following in pairwise(lines))


def _heads(piece: _Piece, following: "_Piece | Block | None", *, is_first: bool) -> bool:
    """Say whether a line is a heading of what follows it."""
    if _is_bold(piece.line):
        return len(piece.text) <= _MAX_BOLD_HEADING
    if following is None or isinstance(following, Figure) or piece.is_wrapped or not _stands_alone(piece):
        return False
    if not isinstance(following, _Piece):
        return not piece.is_inside
    if following.is_inside != piece.is_inside:
        return False
    continues = not following.begins_paragraph and following.text[:1].islower()
    return not continues and (is_first or not _stands_alone(following))


def _stands_alone(piece: _Piece) -> bool:
    """Say whether a line is short and no sentence, nor a mere link or emoji."""
    has_words = any(isinstance(element, Text) and any(map(str.isalpha, element.text)) for element in piece.line)
    return has_words and len(piece.text) <= MAX_HEADING and not _ENDS_SENTENCE.search(piece.text)


def _is_bold(line: Line) -> bool:
    seen = [element for element in line if element.shown.strip()]
    return bool(seen) and all(element.style.bold for element in seen) and any(map(str.isalnum, text_of(line)))


def _without_bold(line: Line) -> Line:
    """Return the line of a heading, which every format makes bold by itself."""
    return tuple(replace(element, style=replace(element.style, bold=False)) for element in line)


def _tell(story: Story, piece: "_Piece | Block", before: "_Piece | Block | None") -> None:
    """Add a piece to a story: to its last paragraph where the two lines belong together, else as a paragraph."""
    if not isinstance(piece, _Piece):
        story.blocks.append(piece)
        return
    last = story.blocks[-1] if story.blocks else None
    if isinstance(last, Paragraph) and isinstance(before, _Piece) and _belong_together(before, piece):
        story.blocks[-1] = replace(last, lines=(*last.lines, piece.line))
    else:
        story.blocks.append(Paragraph((piece.line,), piece.is_inside))


def _belong_together(before: _Piece, piece: _Piece) -> bool:
    if piece.begins_paragraph or before.is_inside != piece.is_inside:
        return False
    if piece.is_wrapped:
        return True
    return len(before.text) <= _PROSE and not (len(before.text) > MAX_HEADING and _ENDS_SENTENCE.search(before.text))
