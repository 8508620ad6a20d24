"""Markdown as it is pasted into a message box: CommonMark with `~~strike~~`, turned into the parts of a rich_text.

Slack has no headings, images, tables or HTML: a heading becomes a bold line of its own, an image a link with its
alternative text, and tables and HTML stay the text they are. What Markdown hides (titles of links, addresses that are
not absolute, reference definitions that nothing refers to) is written out, so that nothing typed is lost.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from fakeslack.composer_parts import Parts
from fakeslack.composer_words import BARE_URL, Element, Names, Style, elements, link, merged, text_element, trimmed

_SCHEME = re.compile(r"(?:^|[^A-Za-z0-9+.-])(https?)\Z", re.IGNORECASE)
_BEFORE = len("https") + 1
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}


def parts(typed: str, names: Names) -> list[Element]:
    """Return the parts of the rich_text block that this Markdown becomes."""
    return _Composing(typed, names).parts()


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("strikethrough")
    markdown.inline.ruler.before("escape", "bare_url", _bare_url)
    for name in ("normalizeLink", "normalizeLinkText"):
        setattr(markdown, name, str)  # an address stays byte for byte as typed
    return markdown


def _bare_url(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 — the signature of markdown-it's rules
    """Take an address as one token, before its underscores and asterisks are taken for emphasis."""
    scheme = _SCHEME.search(state.pending[-_BEFORE:]) if state.src[state.pos] == ":" and not silent else None
    start = state.pos - len(scheme[1]) if scheme else 0
    found = BARE_URL.match(state.src, start, state.posMax) if scheme else None
    if not scheme or not found or state.linkLevel > 0:
        return False
    styled = {marker for marker in "*_~" if marker in state.src[:start]}
    url = trimmed(found[0], keep="".join({"*", "_", "~"} - styled))
    if url.endswith("://"):
        return False
    state.pending = state.pending[: -len(scheme[1])]
    state.push("bare_url", "", 0).content = url
    state.pos = start + len(url)
    return True


class _Composing:
    """One Markdown text on its way to rich text."""

    def __init__(self, typed: str, names: Names) -> None:
        self._lines = typed.split("\n")
        self._names = names
        self._references: dict[str, dict[str, dict[str, str]]] = {}
        self._tree = SyntaxTreeNode(_markdown().parse(typed, self._references))
        self._used: set[str] = set()
        self._parts = Parts()
        self._written_to = 0

    def parts(self) -> list[Element]:
        for node in self._tree.children:
            self._separate(node)
            self._block(node)
            self._written_to = node.map[1] if node.map else self._written_to
        for definition in self._unused_definitions():
            self._parts.words([text_element("\n", {}), *elements(definition, self._names, {})])
        return self._parts.finished()

    def _separate(self, node: SyntaxTreeNode) -> None:
        """Write the line breaks between the last block and this one: as many blank lines as were typed."""
        start = node.map[0] if node.map else 0
        blank = 0
        while blank < start and not self._lines[start - blank - 1].strip():
            blank += 1
        breaks = blank + self._parts.is_in("section") if self._written_to else 0
        self._parts.words([text_element("\n" * breaks, {})])

    def _block(self, node: SyntaxTreeNode) -> None:
        match node.type:
            case "bullet_list" | "ordered_list":
                self._list(node, 0)
            case "blockquote":
                self._quote(node)
            case "fence" | "code_block" if node.content.strip():
                self._parts.preformatted(node.content.removesuffix("\n"), node.info.strip())
            case _:
                self._parts.words(self._flat(node))

    def _quote(self, node: SyntaxTreeNode) -> None:
        flat = self._flat(node)
        if flat:
            self._parts.quote(flat)

    def _list(self, node: SyntaxTreeNode, level: int) -> None:
        number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        for item in node.children:
            nested = [child for child in item.children if child.type in {"bullet_list", "ordered_list"}]
            own = self._joined([child for child in item.children if child not in nested])
            if own:
                self._parts.item(own, level, number)
            for inner in nested:
                self._list(inner, level + 1)
            number = number + 1 if number is not None and own else number

    def _flat(self, node: SyntaxTreeNode) -> list[Element]:
        """Return a block as elements of one section, for the places where a message has no blocks within blocks."""
        match node.type:
            case "heading" | "paragraph":
                style = {"bold": True} if node.type == "heading" else {}
                return merged(element for child in node.children for element in self._inline(child, style))
            case "fence" | "code_block":
                lines = "\n".join(filter(None, [node.info.strip(), node.content.removesuffix("\n")]))
                return [text_element(lines, {"code": True})] if lines.strip() else []
            case "list_item" | "blockquote":
                return self._joined(node.children)
            case "bullet_list" | "ordered_list":
                return self._marked(node)
            case _:
                return merged(elements(self._source(node), self._names, {}))

    def _marked(self, node: SyntaxTreeNode) -> list[Element]:
        flat: list[Element] = []
        for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
            mark = f"{number}. " if node.type == "ordered_list" else "• "
            flat += [text_element("\n" * bool(flat) + mark, {}), *self._flat(item)]
        return merged(flat)

    def _joined(self, nodes: Sequence[SyntaxTreeNode]) -> list[Element]:
        flat: list[Element] = []
        for node in nodes:
            more = self._flat(node)
            flat += [text_element("\n", {}), *more] if flat and more else more
        return merged(flat)

    def _source(self, node: SyntaxTreeNode) -> str:
        start, end = node.map or (0, 0)
        return node.content.rstrip("\n") or "\n".join(self._lines[start:end]).strip()

    def _inline(self, node: SyntaxTreeNode, style: Style) -> Iterator[Element]:
        for child in node.children:
            if child.type in _STYLES:
                yield from self._inline(child, {**style, _STYLES[child.type]: True})
            else:
                yield from self._leaf(child, style)

    def _leaf(self, node: SyntaxTreeNode, style: Style) -> Iterator[Element]:
        match node.type:
            case "softbreak" | "hardbreak":
                yield text_element("\n", {})
            case "code_inline":
                yield text_element(node.content, {**style, "code": True})
            case "bare_url":
                yield link(node.content, node.content, style)
            case "link":
                yield from self._link(node, style)
            case "image":
                yield from self._addressed(str(node.attrs["src"]), _words(node), node, style)
            case _:
                yield from elements(node.content, self._names, style)

    def _link(self, node: SyntaxTreeNode, style: Style) -> Iterator[Element]:
        yield from self._addressed(str(node.attrs["href"]), _words(node), node, style)
        for image in (inner for inner in node.walk() if inner.type == "image"):
            yield text_element(" ", style)
            yield from self._addressed(str(image.attrs["src"]), "", image, style)

    def _addressed(self, url: str, words: str, node: SyntaxTreeNode, style: Style) -> Iterator[Element]:
        self._used.add(url)
        title = str(node.attrs.get("title", ""))
        if _ABSOLUTE.match(url) and not re.search(r"\s", url):
            yield link(url, words, style)
        else:
            yield from elements(" ".join(filter(None, [words, f"({url})" if url else ""])), self._names, style)
        if title:
            yield text_element(f" ({title})", style)

    def _unused_definitions(self) -> Iterator[str]:
        for label, definition in self._references.get("references", {}).items():
            title = f' "{definition["title"]}"' if definition["title"] else ""
            if definition["href"] not in self._used:
                yield f"[{label.lower()}]: {definition['href']}{title}"


def _words(node: SyntaxTreeNode) -> str:
    """Return the plain words within a link or an image."""
    if node.type == "image" and not node.children:
        return node.content
    return "".join(
        "\n" if inner.type in {"softbreak", "hardbreak"} else inner.content
        for inner in node.walk()
        if not inner.children and inner is not node
    )
