"""Whether every word and every link that people gave is in the note, wherever it is read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bot.demo.reading import Page, read_html, read_markdown, read_messages, read_typed
from bot.demo.weeks import Week


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a person gave that is not in the note: a word or a link, and in which form of the note."""

    person: str
    what: str
    where: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.where}: {self.person}: {self.what}"


def missing(
    weeks: Iterable[Week],
    markdown_text: str,
    html_text: str,
    messages: Sequence[Mapping[str, Any]] | None = None,
) -> list[Missing]:
    """Return every word and link of the weeks that a reader of the Markdown, the HTML or the messages does not find."""
    pages = {"Markdown": read_markdown(markdown_text), "HTML": read_html(html_text)}
    if messages is not None:
        pages["Slack"] = read_messages(messages)
    return [
        Missing(week.name, what, where)
        for week in weeks
        for where, page in pages.items()
        for what in _not_in(page.about(week.name), [read_typed(text, week.flavour) for text in week.texts])
    ]


def _not_in(page: Page, replies: Sequence[Page]) -> Iterator[str]:
    lines = [line for reply in replies for line in reply.lines]
    yield from _words_not_in(page.lines, lines)
    yield from _links_not_in(page, Counter(link for reply in replies for link in reply.links))


def _links_not_in(page: Page, wanted: Counter[str]) -> Iterator[str]:
    leading = Counter(page.links)
    for link, times in wanted.items():
        yield from [link] * (times - max(leading[link], page.text.count(link)))


def _words_not_in(page: Sequence[Sequence[str]], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """Find each line, the longest first, where no other was found; of a line that is not there, the words that are."""
    left: list[str | None] = [word for line in page for word in (*line, None)]
    broken = [line for line in sorted(lines, key=len, reverse=True) if not _taken(left, line)]
    left = [word for word in left if word is not None]
    for line in broken:
        if not _taken(left, line):
            yield from _lost(left, line)


def _lost(left: list[str | None], line: Sequence[str]) -> list[str]:
    """Take those of a line's words out of what is left that stand there in order, and return the others."""
    matcher = SequenceMatcher(None, line, [word or "" for word in left], autojunk=False)
    lost = set(range(len(line)))
    for block in matcher.get_matching_blocks():
        lost -= set(range(block.a, block.a + block.size))
        left[block.b : block.b + block.size] = [None] * block.size
    return [line[index] for index in sorted(lost)]


def _taken(left: list[str | None], line: Sequence[str]) -> bool:
    """Take a line's words out of those left, if they stand there one after the other."""
    size, wanted = len(line), list(line)
    for start in range(len(left) - size + 1):
        if left[start] == wanted[0] and left[start : start + size] == wanted:
            left[start : start + size] = [None] * size
            return True
    return False
