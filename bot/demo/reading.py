"""What a reader sees: the words and links of HTML, of Markdown, of messages in Slack, and of what a person typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import takewhile
from typing import Any

import emoji
from markdown_it import MarkdownIt

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "del", "em", "i", "kbd", "mark", "s", "small", "span", "strong"})
_INLINE |= {"sub", "sup", "time", "u"}
_UNSEEN = frozenset({"style", "script", "title", "template"})
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BARE_URL = re.compile(r"(?<!\]\()(?<!<)(?<!\]: )(?<!\]:)\bhttps?://[^\s<>|`]+")
_ITEM = re.compile(r"^\s*\d{1,3}[.)]\s+")


@dataclass(slots=True)
class Passage:
    """A heading, if any, and what follows it up to the next one."""

    level: int = 0
    heading: str = ""
    text: str = ""
    links: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read, in passages."""

    passages: Sequence[Passage]

    def about(self, person: str) -> "Page":
        """Return what stands under the person's name, or everything where their name is not one heading."""
        named = [index for index, passage in enumerate(self.passages) if passage.heading.strip() == person]
        if len(named) != 1:
            return self
        start, level = named[0], self.passages[named[0]].level
        rest = takewhile(lambda passage: passage.level > level, self.passages[start + 1 :])
        return Page([self.passages[start], *rest])

    @property
    def text(self) -> str:
        """All that can be read."""
        return "\n".join(passage.text for passage in self.passages)

    @property
    def lines(self) -> list[list[str]]:
        """The words of each line that has some."""
        return [words for words in map(words_of, self.text.split("\n")) if words]

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [link for passage in self.passages for link in passage.links]


def words_of(text: str) -> list[str]:
    """Return the words of a text, without emoji and punctuation."""
    text = re.sub(r":skin-tone-\d:", "", emoji.emojize(text, language="alias"))
    return _WORD.findall(emoji.replace_emoji(text, " "))


def read_html(document: str, *, spelled: bool = False) -> Page:
    """Read an HTML document as a browser shows it; `spelled` reads out what it hides, as a message has to write it."""
    reader = _Reader(spelled=spelled)
    reader.feed(document)
    reader.close()
    return Page(reader.passages)


def read_markdown(document: str) -> Page:
    """Read a Markdown document as it is rendered; front matter is not for readers."""
    return read_html(_markdown().render(_FRONT_MATTER.sub("", document, count=1)))


def read_typed(text: str, flavour: str) -> Page:
    """Read what a person types, as they mean it."""
    if flavour == "markdown":
        (passage,) = _one(read_html(_markdown_with_html_as_text().render(text), spelled=True)).passages
    else:
        passage = Passage(text="\n".join(_ITEM.sub("", line) for line in text.split("\n")))
    bare = (_trimmed(found[0].split("](")[0]) for found in _BARE_URL.finditer(text))
    passage.links += [url for url in bare if url not in passage.links]
    return Page([passage])


def read_messages(messages: Iterable[Mapping[str, Any]]) -> Page:
    """Read messages as Slack shows them: by their blocks."""
    passages = [Passage()]
    for block in (block for message in messages for block in message.get("blocks", ())):
        if block.get("type") == "header":
            passages.append(Passage(2, str(block["text"]["text"])))
        _read_block(block, passages[-1])
        passages[-1].text += "\n"
    return Page(passages)


def _read_block(value: object, passage: Passage) -> None:
    if isinstance(value, Mapping):
        kind = str(value.get("type", ""))
        if kind == "link":
            passage.links.append(str(value["url"]))
        elif kind == "emoji":
            passage.text += f":{value['name']}:"
        passage.text += _own_words(value)
        for inner in value.values():
            _read_block(inner, passage)
        passage.text += "\n" * kind.startswith("rich_text_")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            _read_block(inner, passage)


def _own_words(value: Mapping[str, Any]) -> str:
    text = value.get("text")
    if value.get("type") == "link":
        return str(text or value["url"])
    return text if isinstance(text, str) else ""


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable(["strikethrough", "table"])
    setattr(markdown, "normalizeLink", str)  # noqa: B010 — addresses are compared byte for byte
    setattr(markdown, "normalizeLinkText", str)  # noqa: B010
    return markdown


def _markdown_with_html_as_text() -> MarkdownIt:
    markdown = _markdown()
    for kind in ("html_block", "html_inline"):
        markdown.add_render_rule(kind, lambda _renderer, tokens, index, *_: escape(tokens[index].content))
    return markdown


def _one(page: Page) -> Page:
    return Page([Passage(text=page.text, links=page.links)])


def _trimmed(url: str) -> str:
    """Return an address without the punctuation of the sentence it stands in."""
    while url and (url[-1] in ".,;:!?'\"…’”»*_~]}" or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url


class _Reader(HTMLParser):
    """Collects passages. Inline tags leave words whole, all others end them."""

    def __init__(self, *, spelled: bool) -> None:
        super().__init__()
        self.passages = [Passage()]
        self._spelled = spelled
        self._hidden = ""
        self._unseen = 0
        self._heading = False

    def parse_html_declaration(self, i: int) -> int:
        """Read what only looks like a declaration as browsers do: as a comment. Python's parser would give up."""
        return self.parse_bogus_comment(i) if self.rawdata.startswith("<![", i) else super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._unseen += tag in _UNSEEN
        if re.fullmatch(r"h[1-6]", tag):
            self.passages.append(Passage(int(tag[1])))
            self._heading = True
        if tag not in _INLINE:
            self._add("\n" if tag != "img" else f" {given.get('alt', '')} ")
        link = given.get("href" if tag == "a" else "src", "") if tag in {"a", "img"} else ""
        if link:
            self.passages[-1].links.append(link)
        if self._spelled and link:
            self._hidden = " ".join([link] * (":" not in link) + [given.get("title", "")])
            if tag == "img":
                self._spell()

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = False
        if tag == "a":
            self._spell()
        elif tag not in _INLINE:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self._add(data)
        if self._heading:
            self.passages[-1].heading += data

    def _add(self, text: str) -> None:
        self.passages[-1].text += text

    def _spell(self) -> None:
        self._add(f" {self._hidden} " if self._hidden.strip() else "")
        self._hidden = ""
