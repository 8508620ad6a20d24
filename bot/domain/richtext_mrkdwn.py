"""Whole messages of mrkdwn, as Slack escapes it, to a tree: paragraphs, lists, quotes and code."""

import re
from dataclasses import dataclass, field, replace

from bot.domain.richtext_inline import parse_line, unescape
from bot.domain.richtext_tree import Block, Item, Line, ListBlock, Paragraph, Preformatted, Quote, is_blank, text_of

MAX_INDENT = 8

_FENCED = re.compile(r"```(.*?)```", re.DOTALL)
_ITEM = re.compile(r"([ \t]*)(?:([-*•◦▪‣])|(\d{1,3})[.)])[ \t]+(?=\S)")
_QUOTED = re.compile(r"(?:>|&gt;)[ \t]?")
_QUOTED_REST = re.compile(r"(?:(?:>|&gt;){3})[ \t]?")


def parse_mrkdwn(text: str) -> tuple[Block, ...]:
    """Return the blocks of escaped mrkdwn."""
    reader = _Reader()
    for index, part in enumerate(_FENCED.split(text)):
        if index % 2:
            reader.take_code(part)
        else:
            for line in part.split("\n"):
                reader.take(line)
    reader.finish()
    return tuple(reader.blocks)


@dataclass(slots=True)
class _Reader:
    """Takes lines one by one and gathers those that belong together."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    quoted: list[str] = field(default_factory=list)
    quotes_the_rest: bool = False

    def take(self, line: str) -> None:
        """Take the next line."""
        if self.quotes_the_rest:
            self.quoted.append(line)
        elif _QUOTED_REST.match(line):
            self.quotes_the_rest = True
            self._quote(_QUOTED_REST.sub("", line, count=1))
        elif _QUOTED.match(line):
            self._quote(_QUOTED.sub("", line, count=1))
        elif (item := _ITEM.match(line)) and self._takes_number(item[3]):
            self._item(item, line[item.end() :])
        elif not line.strip():
            self._end_paragraph()
            self._end_quote()
        elif self.items and not self.lines and line[0] in " \t":
            self._continue_item(line)
        else:
            self._end_list()
            self._end_quote()
            self.lines.append(parse_line(line.strip()))

    def take_code(self, code: str) -> None:
        """Take what stood between two fences."""
        self.finish()
        text = "\n".join(_literal(line) for line in code.split("\n")).strip("\n")
        if text.strip():
            self.blocks.append(Preformatted(text))

    def finish(self) -> None:
        """End whatever is open."""
        self._end_paragraph()
        self._end_list()
        self._end_quote()

    def _takes_number(self, number: str | None) -> bool:
        """Say whether a number makes an item: where it starts a list or goes on in one; elsewhere it is words."""
        if number is None:
            return True
        return int(number) == 1 or int(number) - 1 in self.numbers

    def _item(self, marker: re.Match[str], words: str) -> None:
        self._end_paragraph()
        self._end_quote()
        width = len(marker[1].expandtabs(4))
        while self.widths and width < self.widths[-1]:
            self.widths.pop()
        if not self.widths or width > self.widths[-1]:
            self.widths.append(width)
        indent = min(len(self.widths) - 1, MAX_INDENT)
        if marker[3]:
            self.numbers.add(int(marker[3]))
        self.items.append(Item((parse_line(words.strip()),), indent, int(marker[3] or 0)))

    def _continue_item(self, line: str) -> None:
        last = self.items[-1]
        self.items[-1] = replace(last, lines=(*last.lines, parse_line(line.strip())))

    def _quote(self, line: str) -> None:
        self._end_paragraph()
        self._end_list()
        self.quoted.append(line)

    def _end_paragraph(self) -> None:
        if self.lines:
            self.blocks.append(Paragraph(tuple(self.lines)))
            self.lines = []

    def _end_list(self) -> None:
        if self.items:
            self.blocks.append(ListBlock(tuple(self.items)))
            self.items, self.widths, self.numbers = [], [], set()

    def _end_quote(self) -> None:
        paragraphs = paragraphs_of([parse_line(line.strip()) for line in self.quoted])
        self.quoted = []
        if paragraphs:
            self.blocks.append(Quote(paragraphs))


def paragraphs_of(lines: list[Line]) -> tuple[Paragraph, ...]:
    """Gather lines to paragraphs at the blank ones."""
    paragraphs: list[Paragraph] = []
    current: list[Line] = []
    for line in [*lines, ()]:
        if not is_blank(line):
            current.append(line)
        elif current:
            paragraphs.append(Paragraph(tuple(current)))
            current = []
    return tuple(paragraphs)


def _literal(line: str) -> str:
    """Read a line of code: Slack's links and mentions are shown, and nothing else is markup."""
    parts = re.split(r"(<[^<>\n]+>)", line)
    return "".join(text_of(parse_line(part)) if part.startswith("<") else unescape(part) for part in parts)
