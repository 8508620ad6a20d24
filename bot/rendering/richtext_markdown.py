"""A rich text as CommonMark, escaped so that it reads as the same words, with GitHub's `~~strike~~`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from bot.domain.richtext import (
    Block,
    Element,
    Figure,
    Line,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Style,
    Text,
    merge,
)
from bot.rendering.lists import Nested, nested
from bot.rendering.richtext import is_safe

_SPECIAL = re.compile(r"[\\`*\[\]<~]|&(?=#?\w{1,40};)|(?<![^\W_])_|_(?![^\W_])")
_OPENS_BLOCK = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|[>|]|=+\s*$|[-:][-:|\s]*$")
_NUMBER = re.compile(r"\d{1,9}[.)](?=\s|$)")
_BREAK = "  \n"
_APART = "\n\n<!-- -->\n\n"  # keeps two lists from becoming one


def markdown_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown, blank lines between them."""
    told = [(isinstance(block, ListBlock), _block(block)) for block in blocks]
    gaps = [_APART if before[0] and after[0] else "\n\n" for before, after in pairwise(told)]
    return "".join(text + gap for (_, text), gap in zip(told, [*gaps, ""], strict=False))


def markdown_line(line: Line) -> str:
    """Return a line as Markdown that is nothing but that line wherever it starts."""
    told = _inline(line).strip()
    if number := _NUMBER.match(told):
        return f"{told[: number.end() - 1]}\\{told[number.end() - 1 :]}"
    return f"\\{told}" if _OPENS_BLOCK.match(told) else told


def markdown_heading(line: Line) -> str:
    """Return a line for after the `#` of a heading, where a `#` at the end would be lost."""
    told = markdown_line(line)
    return f"{told[:-1]}\\#" if told.endswith("#") and not told.endswith("\\#") else told


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _BREAK.join(filter(None, map(markdown_line, block.lines)))
        case ListBlock():
            return _APART.join("\n".join(_list(part, "")) for part in nested(block.items))
        case Quote():
            text = "\n\n".join(map(_block, block.paragraphs))
            return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
        case Preformatted():
            fence = "`" * max(3, _longest_run(block.text) + 1)
            return f"{fence}\n{block.text}\n{fence}"
        case Figure(path=""):
            return markdown_line((block.link,))
        case Figure():
            return f"{'!' if block.is_picture else ''}[{_escaped(block.alt)}]({block.path})"


def _list(part: Nested, margin: str) -> Iterator[str]:
    for item, below in part.entries:
        marker = f"{item.number}. " if item.number else "- "
        inner = margin + " " * len(marker)
        yield margin + marker + (_BREAK + inner).join(map(markdown_line, item.lines))
        for index, nested_part in enumerate(below):
            if index:
                yield from ("", f"{inner}<!-- -->", "")
            elif nested_part.start > 1:
                yield ""  # a list that does not start at 1 may not follow words directly
            yield from _list(nested_part, inner)


def _inline(line: Line) -> str:
    """Write a line. Bold, italic and strike are marked where Markdown reads the marks as such, and nowhere else."""
    simple = merge(_joined_code(map(_simple, line)))
    groups = [
        (style, _plain(elements)) for style, elements in groupby(simple, key=lambda element: _marks(element.style))
    ]
    told, is_marked = "", False
    for index, (marks, text) in enumerate(groups):
        before = text[: len(text) - len(text.lstrip())]
        core, after = text.strip(), text[len(text.rstrip()) :]
        following = after + (groups[index + 1][1] if index + 1 < len(groups) else "")
        left = told + before
        can_be = core and marks and not (is_marked and not before) and _is_edge(left[-1:]) and _is_edge(following[:1])
        told += f"{before}{marks}{core}{marks[::-1]}{after}" if can_be else text
        is_marked = bool(can_be) and not after
    return told


def _simple(element: Element) -> Element:
    """Return words in place of everything that Markdown has no mark for."""
    style = replace(element.style, underline=False)
    if isinstance(element, Link) and is_safe(element.url):
        return replace(element, style=style)
    return Text(element.shown, style)


def _joined_code(elements: Iterable[Element]) -> Iterator[Element]:
    """Give code that touches code one style: the backticks of two spans side by side would be read as one."""
    last: Element | None = None
    for element in elements:
        touches = isinstance(last, Text) and isinstance(element, Text) and last.style.code and element.style.code
        last = replace(element, style=last.style) if touches and last else element
        yield last


def _plain(elements: Iterable[Element]) -> str:
    listed = list(elements)
    told = ""
    for element, following in zip(listed, [*listed[1:], None], strict=True):
        text = _element(element)
        is_label = isinstance(following, Link) and text.endswith("!")
        told += f"{text[:-1]}\\!" if is_label else text
    return told


def _element(element: Element) -> str:
    match element:
        case Link(url):
            return f"<{url}>" if element.label == url else f"[{_escaped(element.label)}](<{_destination(url)}>)"
        case _ if element.style.code and element.shown.strip():
            return _code(element.shown)
        case _:
            return _escaped(element.shown)


def _code(text: str) -> str:
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _destination(url: str) -> str:
    """Escape what has a meaning even within the brackets of an address."""
    return re.sub(r"\\|&(?=#?\w{1,40};)", r"\\\g<0>", url)


def _marks(style: Style) -> str:
    return "~~" * style.strike + "**" * style.bold + "*" * style.italic


def _is_edge(character: str) -> bool:
    """Say whether a mark may stand beside a character: at the ends of a line, at white space, at punctuation."""
    return not character or character.isspace() or unicodedata.category(character)[0] in "PS"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
