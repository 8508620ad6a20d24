"""What stays inside: answers marked 🔒, and lines that begin with it. A document for outside leaves them out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.richtext import (
    Block,
    Emoji,
    Line,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    RichText,
    Text,
    lines_of,
    text_of,
)

LOCK = Emoji("lock", "🔒")


def marked(reply: RichText, *, is_inside: bool, each_line: bool = False) -> RichText:
    """Mark what stays inside: the whole reply, or the lines that begin with 🔒.

    A whole reply gets a 🔒 where it begins; with `each_line` (for lists) each of its lines does.
    """
    if not is_inside:
        return RichText(tuple(part for block in reply.blocks for part in _by_line(block)))
    first, *others = reply.blocks or (Paragraph(()),)
    rest = (_locked(block, each_line=True) if each_line else _inside(block) for block in others)
    return RichText((*_opening(first, each_line=each_line), *rest)) if reply.blocks else reply


def has_inside_lines(reply: RichText) -> bool:
    """Say whether a line of what somebody wrote begins with 🔒, and therefore stays inside."""
    return any(_is_marked(line) for line in lines_of(reply)) or any(
        isinstance(block, Preformatted) and block.text.lstrip().startswith(LOCK.character) for block in reply.blocks
    )


def without_inside(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks, and the items of lists, that may be read outside."""
    kept = (
        ListBlock(tuple(item for item in block.items if not item.is_inside)) if isinstance(block, ListBlock) else block
        for block in blocks
    )
    return tuple(block for block in kept if (block.items if isinstance(block, ListBlock) else not block.is_inside))


def _by_line(block: Block) -> Iterator[Block]:
    """Set the lines of a paragraph that begin with 🔒 apart, and mark such items."""
    match block:
        case Paragraph():
            yield from _apart(block)
        case ListBlock():
            yield ListBlock(tuple(replace(item, is_inside=_is_marked(item.lines[0])) for item in block.items))
        case Quote():
            yield replace(block, is_inside=_is_marked(block.paragraphs[0].lines[0]))
        case Preformatted():
            yield replace(block, is_inside=block.text.lstrip().startswith(LOCK.character))
        case _:
            yield block


def _apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    lines: list[Line] = []
    for line in paragraph.lines:
        if _is_marked(line):
            if lines:
                yield Paragraph(tuple(lines))
            yield Paragraph((line,), is_inside=True)
            lines = []
        else:
            lines.append(line)
    if lines:
        yield Paragraph(tuple(lines))


def _opening(block: Block, *, each_line: bool) -> Iterator[Block]:
    """Return the first block of a reply, with its 🔒."""
    match block:
        case Paragraph() if not each_line:
            yield Paragraph((_with_lock(block.lines[0]), *block.lines[1:]), is_inside=True)
        case Paragraph() | ListBlock():
            yield _locked(block, each_line=True)
        case _:
            yield Paragraph(((LOCK,),), is_inside=True)
            yield _inside(block)


def _locked(block: Block, *, each_line: bool) -> Block:
    match block:
        case Paragraph() if each_line:
            return Paragraph(tuple(map(_with_lock, block.lines)), is_inside=True)
        case ListBlock():
            items = (replace(item, lines=(_with_lock(item.lines[0]), *item.lines[1:])) for item in block.items)
            return _inside(ListBlock(tuple(items)))
        case _:
            return _inside(block)


def _inside(block: Block) -> Block:
    if isinstance(block, ListBlock):
        return ListBlock(tuple(replace(item, is_inside=True) for item in block.items))
    return replace(block, is_inside=True)


def _with_lock(line: Line) -> Line:
    return line if _is_marked(line) else (LOCK, Text(" "), *line)


def _is_marked(line: Line) -> bool:
    return text_of(line).lstrip().startswith(LOCK.character)
