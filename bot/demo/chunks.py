"""A week's text in pieces: headings, paragraphs, lists and the rest, each with its source as it was written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

IMPLIED = 7  # the level of a heading that is one only by standing alone, below those of Markdown
_MAX_HEADING = 80
_PROSE = 100  # a line this long is a paragraph of its own
_WRAPPED_WIDTHS = range(60, 101)
_ENDS_SENTENCE = re.compile(r"[.!?,;:…][\"'”’)\]*_]*\Z")
_WHOLLY_BOLD = re.compile(r"(\*\*|__|\*)(?=\S)((?:(?!\1).)+)(?<=\S)\1[:.]?\Z")
_ITEM = re.compile(r"\s*(?:[-*•◦▪]|\d{1,3}\.)\s+\S")
_TABLE = re.compile(r".*\|.*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?:\n|\Z)")
_BYLINE = re.compile(
    r"[\s*_#]*(?:by|author|written by)\b[:\s]+(\w[\w'’.-]*(?: \w[\w'’.-]*){0,3})[\s*_]*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a week: `kind` is heading, paragraph, list or other; `plain` its words when it is one line."""

    kind: str
    text: str
    plain: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Definition:
    """A Markdown reference definition: what `[label]` stands for."""

    label: str
    url: str
    title: str

    def __str__(self) -> str:
        """Write it as Markdown."""
        url = re.sub(r"([<>\\])", r"\\\1", self.url)
        title = ' "' + re.sub(r'(["\\])', r"\\\1", self.title) + '"' if self.title else ""
        return f"[{self.label}]: <{url}>{title}"

    def is_named_in(self, text: str) -> bool:
        """Say whether a text refers to it."""
        words = r"\s+".join(map(re.escape, self.label.split()))
        return bool(re.search(rf"\[\s*{words}\s*\](?!:)", text, re.IGNORECASE))


def name_in_byline(chunk: Chunk) -> str:
    """Return the name that a line such as “By Ana Okafor” gives, or nothing."""
    found = _BYLINE.match(chunk.plain)
    return found[1] if found else ""


def chunks_of_markdown(source: str) -> tuple[list[Chunk], list[Definition]]:
    """Return the pieces of a Markdown text, and the reference definitions that stand between them."""
    markdown = _markdown()
    source = _unwrapped(source, markdown.parse(source))
    references: dict[str, dict[str, dict[str, str]]] = {}
    tokens = markdown.parse(source, references)
    lines = source.split("\n")
    chunks: list[Chunk] = []
    for token, inside in zip_longest(tokens, tokens[1:]):
        if token.level == 0 and token.map and token.nesting >= 0:
            chunks += _chunk(token, inside, lines[token.map[0] : token.map[1]])
    definitions = [
        Definition(label.lower(), found["href"], found["title"])
        for label, found in references.get("references", {}).items()
    ]
    if definitions and not chunks:
        return [Chunk("other", "\n".join(map(str, definitions)))], []
    return list(_with_implied_headings(chunks)), definitions


def chunks_of_text(source: str) -> list[Chunk]:
    """Return the pieces of a plain text, in which a line is a paragraph unless it was wrapped by hand."""
    chunks: list[Chunk] = []
    for index, part in enumerate(re.split(r"(```.*?```)", source, flags=re.DOTALL)):
        if index % 2:
            chunks.append(Chunk("other", part))
        else:
            for block in re.split(r"\n(?:[ \t]*\n)+", part):
                chunks += _text_block(block.strip("\n").split("\n"))
    return list(_with_implied_headings(chunks))


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark")
    setattr(markdown, "normalizeLink", str)  # noqa: B010 — addresses stay byte for byte
    return markdown


def _chunk(token: Token, inside: Token | None, lines: Sequence[str]) -> list[Chunk]:
    text = "\n".join(lines).rstrip()
    match token.type:
        case "heading_open":
            plain = inside.content if inside else ""
            return [Chunk("heading", text, plain, int(token.tag[1:]))] if plain else []
        case "paragraph_open" if _TABLE.match(text):
            return [Chunk("other", f"```\n{text}\n```")]  # what people do with a table where there are none
        case "paragraph_open":
            return _paragraphs(text.split("\n"))
        case "bullet_list_open" | "ordered_list_open":
            return [Chunk("list", text)]
        case "hr":
            return []
        case _:
            return [Chunk("other", text)]


def _text_block(lines: Sequence[str]) -> list[Chunk]:
    if not any(map(str.strip, lines)) or re.fullmatch(r"[-*_ ]{3,}", "".join(lines).strip()):
        return []
    if _is_wrapped(lines) and not any(map(_ITEM.match, lines)):
        return _paragraphs([_joined(lines)])
    chunks: list[Chunk] = []
    for line in lines:
        kind = "list" if _ITEM.match(line) else "other" if line.startswith(">") else "paragraph"
        last = chunks[-1] if chunks else None
        continues = bool(last and last.kind == "list" and line[:1].isspace())
        if last and (continues or (kind == last.kind != "paragraph")):
            chunks[-1] = replace(last, text=f"{last.text}\n{line}")
        elif line.strip():
            chunks.append(Chunk(kind, line, line.strip() if kind == "paragraph" else ""))
    return chunks


def _paragraphs(lines: Sequence[str]) -> list[Chunk]:
    """Tell a paragraph's lines apart where each is a paragraph itself, and a bold line from what it heads."""
    if len(lines) > 1 and any(len(line) > _PROSE for line in lines):
        return [chunk for line in lines for chunk in _paragraphs([line])]
    if len(lines) > 1 and _WHOLLY_BOLD.match(lines[0].strip()):
        return [*_paragraphs(lines[:1]), *_paragraphs(lines[1:])]
    return [Chunk("paragraph", "\n".join(lines), lines[0].strip() if len(lines) == 1 else "")]


def _with_implied_headings(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    for chunk, following in zip_longest(chunks, chunks[1:]):
        bold = _WHOLLY_BOLD.match(chunk.plain) if chunk.kind == "paragraph" else None
        if bold or (following and _heads(chunk, following)):
            yield replace(chunk, kind="heading", plain=bold[2] if bold else chunk.plain, level=IMPLIED)
        else:
            yield chunk


def _heads(chunk: Chunk, following: Chunk) -> bool:
    """Say whether a line stands alone above something longer, as a heading does."""
    line = chunk.plain
    is_short = chunk.kind == "paragraph" and 0 < len(line) <= _MAX_HEADING and not _ENDS_SENTENCE.search(line)
    is_title = line.lstrip("*_\"'‘“(")[:1].isupper() or (line[:1].isdigit() and any(map(str.isalpha, line)))
    if not is_short or not is_title or "://" in line or name_in_byline(chunk):
        return False
    is_longer = len(following.text) > max(len(line), _MAX_HEADING // 2)
    return following.kind == "list" or (following.kind == "paragraph" and is_longer)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Say whether lines were wrapped at a width: each is as long as it could be before the next one's first word."""
    width = max(len(line.strip()) for line in lines)
    if len(lines) == 1 or width not in _WRAPPED_WIDTHS or any(line.endswith(("  ", "\\")) for line in lines[:-1]):
        return False
    words = [(line.strip().split(maxsplit=1) or [""])[0] for line in lines]
    return all(
        len(line.strip()) + 1 + len(word) > width for (line, _), word in zip(pairwise(lines), words[1:], strict=True)
    )


def _joined(lines: Sequence[str], quote: str = "") -> str:
    return " ".join([lines[0].rstrip(), *(line.strip().lstrip(quote).strip() for line in lines[1:])])


def _unwrapped(source: str, tokens: Sequence[Token]) -> str:
    """Put paragraphs that were wrapped by hand on one line each."""
    lines = source.split("\n")
    gone: set[int] = set()
    depth = 0
    for before, token in pairwise(tokens):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(before.type, 0)
        if token.type == "inline" and before.type == "paragraph_open" and token.map and not depth:
            start, end = token.map
            if _is_wrapped(lines[start:end]):
                lines[start] = _joined(lines[start:end])
                gone.update(range(start + 1, end))
    return "\n".join(line for number, line in enumerate(lines) if number not in gone)
