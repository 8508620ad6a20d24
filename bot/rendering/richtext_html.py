"""A rich text as HTML. Everything is escaped by markupsafe; only http, https and mailto are linked."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from bot.domain.richtext import (
    Block,
    Element,
    Figure,
    Item,
    Line,
    Link,
    ListBlock,
    Mention,
    Paragraph,
    Preformatted,
    Quote,
)
from bot.rendering.lists import Nested, nested
from bot.rendering.richtext import is_safe

_TAGS = {"code": "code", "underline": "u", "strike": "s", "italic": "em", "bold": "strong"}


def html_blocks(blocks: Iterable[Block]) -> Markup:
    """Return blocks as HTML, one a line."""
    return Markup("\n").join(map(_block, blocks))


def html_line(line: Line) -> Markup:
    """Return a line as HTML."""
    return Markup("").join(map(_styled, line))


def _block(block: Block) -> Markup:
    match block:
        case Paragraph():
            return Markup('<p dir="auto">{}</p>').format(_lines(block.lines))
        case ListBlock():
            return Markup("\n").join(map(_list, nested(block.items)))
        case Quote():
            return Markup("<blockquote>\n{}\n</blockquote>").format(html_blocks(block.paragraphs))
        case Preformatted():
            return Markup("<pre><code>{}</code></pre>").format(block.text)
        case Figure():
            return _figure(block)


def _figure(figure: Figure) -> Markup:
    if figure.path and figure.is_picture:
        return Markup('<p class="picture"><img src="{}" alt="{}"></p>').format(figure.path, figure.alt)
    if figure.path:
        return Markup('<p class="file" dir="auto"><a href="{}">{}</a></p>').format(figure.path, figure.name)
    return Markup('<p class="file" dir="auto">{}</p>').format(_styled(figure.link))


def _lines(lines: Iterable[Line]) -> Markup:
    return Markup("<br>\n").join(map(html_line, lines))


def _list(part: Nested) -> Markup:
    entries = Markup("\n").join(_entry(item, below) for item, below in part.entries)
    if not part.start:
        return Markup("<ul>\n{}\n</ul>").format(entries)
    start = Markup(' start="{}"').format(part.start) if part.start > 1 else ""
    return Markup("<ol{}>\n{}\n</ol>").format(start, entries)


def _entry(item: Item, below: Iterable[Nested]) -> Markup:
    lists = Markup("").join(Markup("\n{}\n").format(_list(part)) for part in below)
    return Markup('<li dir="auto">{}{}</li>').format(_lines(item.lines), lists)


def _styled(element: Element) -> Markup:
    shown = _element(element)
    for name, tag in _TAGS.items():
        if getattr(element.style, name):
            shown = Markup("<{0}>{1}</{0}>").format(Markup(tag), shown)  # noqa: S704 - one of the five tags above
    return shown


def _element(element: Element) -> Markup:
    match element:
        case Link(url) if is_safe(url):
            return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(url, element.label)
        case Mention():
            return Markup('<span class="mention">{}</span>').format(element.shown)
        case _:
            return escape(element.shown)
