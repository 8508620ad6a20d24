"""Quoting: words of somebody else that a contributor saved, shown as theirs."""

from collections.abc import Iterator

from bot.domain.richtext import (
    Block,
    Item,
    Line,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    RichText,
    Text,
)


def quoted(told: RichText, author: str, permalink: str) -> RichText:
    """Return somebody's words as a quote that ends with their name, linked to where they wrote them."""
    name = " ".join(author.split())
    by: Line = (Text("— "), Link(permalink, name) if permalink else Text(name))
    said = tuple(paragraph for block in told.blocks for paragraph in _paragraphs(block))
    return RichText((Quote((*said, Paragraph((by,))), author=name),))


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    """Return a block as the paragraphs that a quote is made of, with every word and the marks of lists."""
    match block:
        case Paragraph():
            yield block
        case Quote():
            yield from block.paragraphs
        case ListBlock():
            yield Paragraph(tuple(line for item in block.items for line in _lines(item)))
        case Preformatted():
            yield Paragraph(tuple((Text(line),) for line in block.text.split("\n")))
        case _:
            yield Paragraph(((block.link,),))


def _lines(item: Item) -> Iterator[Line]:
    first, *others = item.lines or ((),)
    yield (Text(f"{item.number}. " if item.number else "• "), *first)
    yield from others
