"""The note as documents: Markdown with front matter, HTML that stands alone, plain text, and an Atom entry."""

import json
import re
from datetime import datetime
from functools import cache

from bot.domain.notes import Note
from bot.domain.richtext import Block, RichText, Text, plain, text_of
from bot.domain.series import Layout
from bot.rendering.environments import Templates
from bot.rendering.richtext_html import html_blocks, html_line
from bot.rendering.richtext_markdown import markdown_blocks, markdown_heading

# YAML refuses, in quotes too, the characters that nobody can see; JSON lets some of them through.
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot say at all."""


def markdown(note: Note, *, outside: bool = False) -> str:
    """Return the note as Markdown with YAML front matter; `outside` leaves out what stays inside."""
    told = note.outside() if outside else note
    rendered = _templates().text(
        "note/note.md.j2",
        note=told,
        line=markdown_heading,
        blocks=markdown_blocks,
        quoted=quoted,
        title=markdown_heading((Text(told.title),)),
    )
    return _tidy(rendered)


def html(note: Note, *, outside: bool = False) -> str:
    """Return the note as a complete HTML document; `outside` leaves out what stays inside."""
    told = note.outside() if outside else note
    return _templates().html(
        "note/note.html.j2", note=told, line=html_line, blocks=html_blocks, is_team=told.layout is not Layout.PERSONAL
    )


def plain_text(note: Note, *, outside: bool = False) -> str:
    """Return the note as plain text; `outside` leaves out what stays inside."""
    told = note.outside() if outside else note
    rendered = _templates().text(
        "note/note.txt.j2",
        note=told,
        line=text_of,
        blocks=_plain_blocks,
        is_team=told.layout is not Layout.PERSONAL,
    )
    return _tidy(rendered)


def atom(note: Note, *, identity: str, updated: datetime) -> str:
    """Return the note as an Atom entry. It is for outside: what stays inside is never in it.

    `identity` is the entry's id, which may never change; `updated` is when the note last did.
    """
    told = note.outside()
    content = _templates().html("note/body.html.j2", note=told, line=html_line, blocks=html_blocks)
    rendered = _templates().html(
        "atom/entry.xml.j2", note=told, identity=identity, updated=updated, content=str(content).strip("\n")
    )
    return _ILLEGAL.sub("\ufffd", rendered)


@cache
def _templates() -> Templates:
    return Templates()


def _plain_blocks(blocks: tuple[Block, ...]) -> str:
    return plain(RichText(blocks))


def quoted(text: str) -> str:
    """Quote a string for YAML, which takes JSON's quoting."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _tidy(text: str) -> str:
    """End a document with one newline."""
    return text.strip("\n") + "\n"
