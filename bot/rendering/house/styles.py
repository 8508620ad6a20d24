"""Notes in house style: an editor's template, what it is given, and the document it becomes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from bot.domain.house_styles import Document, StyleError
from bot.domain.notes import Note
from bot.domain.richtext import RichText, Text, plain, text_of
from bot.rendering.documents import quoted
from bot.rendering.environments import TEMPLATES, Templates
from bot.rendering.house import layouts, sandbox
from bot.rendering.house.views import Given, Marks, noted
from bot.rendering.note_blocks import Laid
from bot.rendering.richtext_html import html_blocks, html_line
from bot.rendering.richtext_markdown import markdown_blocks, markdown_heading

MAX_DIGEST = 60_000
"""Characters that a template may write around the words of a digest, all of which Slack's mrkdwn is read in."""
MAX_JOINED = 10_000
"""Characters that one list may become."""


@dataclass(frozen=True, slots=True)
class HouseStyles:
    """Makes what editors' templates say. What is wrong with one is a StyleError, at the latest here."""

    templates: Templates

    def document(self, template: str, document: Document, note: Note) -> str:
        """Return a note as a document in house style. Raises StyleError."""
        marks = Marks()
        text = self._rendered(template, document, note, marks)
        match document:
            case Document.HTML:
                layouts.check_read(text, marks)
                return layouts.document(text, marks, html_blocks, html_line, is_lines=False)
            case Document.MARKDOWN:
                layouts.check_read(text, marks)
                apart = layouts.apart(text, marks)
                return _ended(layouts.document(apart, marks, markdown_blocks, markdown_heading, is_lines=True))
            case _:
                return _ended(layouts.document(text, marks, _plain, text_of, is_lines=True))

    def digest(self, template: str, note: Note) -> Sequence[Laid]:
        """Return what stands between the title and the footer of a note in Slack. Raises StyleError."""
        marks = Marks()
        text = self._rendered(template, Document.DIGEST, note, marks)
        if len(text) > MAX_DIGEST:
            raise StyleError("style_too_much")
        return tuple(layouts.laid(text, marks))

    def check(self, template: str, document: Document, note: Note) -> None:
        """Raise StyleError unless the template can be used for this note."""
        if document is Document.DIGEST:
            self.digest(template, note)
        else:
            self.document(template, document, note)

    def _rendered(self, template: str, document: Document, note: Note, marks: Marks) -> str:
        given = noted(note, self.templates.words, marks)
        return sandbox.render(template, self.filters(document), _escaping(document, marks), note=given)

    def filters(self, document: Document) -> Mapping[str, Callable[..., Any]]:
        """Return what a template may do with a value; `quoted` is for the front matter of Markdown."""
        common: dict[str, Callable[..., Any]] = {
            "capitalize": lambda text: _words(text).capitalize(),
            "count": len,
            "default": lambda value, other="": value or other,
            "first": lambda items: items[0] if items else "",
            "join": _joined,
            "last": lambda items: items[-1] if items else "",
            "length": len,
            "lower": lambda text: _words(text).lower(),
            "names": lambda items: self.templates.words.names(list(map(_words, items))),
            "trim": lambda text: _words(text).strip(),
            "upper": lambda text: _words(text).upper(),
        }
        return common | ({"quoted": _quoted} if document is Document.MARKDOWN else {})


def starter(document: Document) -> str:
    """Return a template to begin with, which lays a note out much as it is without one."""
    return (TEMPLATES / "house" / f"{document.value}.j2").read_text(encoding="utf-8").rstrip("\n")


def _escaping(document: Document, marks: Marks) -> Callable[[str], str]:
    """Return the one rule for values in a document. In Slack they are verbatim words, and no mrkdwn."""
    match document:
        case Document.HTML:
            return escape
        case Document.MARKDOWN:
            return _markdown
        case Document.DIGEST:
            return lambda text: marks.of_line((Text(text),)) if text else ""
        case Document.TEXT:
            return str


def _markdown(text: str) -> str:
    """Escape a value for Markdown, which leaves HTML as it is, so that no tag comes of it either."""
    core = text.strip()
    before, _, after = text.partition(core) if core else (text, "", "")
    told = markdown_heading((Text(core),)).replace("\\<", "&lt;") if core else ""
    return f"{before}{told}{after}"


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise StyleError("style_not_words")
    return value


def _joined(items: Sequence[str], between: str = ", ") -> str:
    """Put words together; checked first, since a long one between many would be long before it was counted."""
    told = [_words(item) for item in items]
    if sum(map(len, told)) + len(between) * len(told) > MAX_JOINED:
        raise StyleError("style_too_much")
    return between.join(told)


def _quoted(text: str) -> Markup:
    """Quote words for YAML, which takes JSON's quoting. There is no tag in them then."""
    return Markup(quoted(_words(text)).replace("<", "\\u003c"))  # noqa: S704 - for front matter


def _plain(blocks: Given) -> str:
    return plain(RichText(blocks))


def _ended(text: str) -> str:
    """End a document with one newline."""
    return text.strip("\n") + "\n"
