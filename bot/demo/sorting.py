"""Which piece of a week answers which question, and which pieces are one reply."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.demo.chunks import IMPLIED, Chunk, name_in_byline
from bot.domain.conversation import control_in
from bot.domain.series import Question, Shape

_TITLE = re.compile(r"week\s*-?\s*notes?\b|\bweek\s+\d", re.IGNORECASE)
_MARKUP = frozenset(" \t#*_~'\"‘’“”…-–—.,:!?")
_BETWEEN = re.compile(r"[*_~'\"’”]*[\s:…–—.,!?-]*")
_ANSWERS = {
    Shape.LINE: re.compile(r"[*_\s]*[:(–—-]"),
    Shape.BULLETS: re.compile(r"[*_\s]*:"),
    Shape.STORIES: re.compile(r"[*_\s]*:"),
}


class _Takes(Enum):
    """What may still be added to a reply."""

    LISTS = auto()  # a list, quote or code belongs to the words before it; the next paragraph is a reply of its own
    ALL = auto()  # it has a heading, and goes on until the next one
    FIRST = auto()  # it is the title, and takes the first piece that follows
    SAME_LINE = auto()  # it is the end of a heading that was a label: what follows goes on in its line


@dataclass(slots=True)
class _Reply:
    key: str
    parts: list[str]
    takes: _Takes = _Takes.LISTS

    @property
    def text(self) -> str:
        return "\n\n".join(self.parts)


@dataclass(frozen=True, slots=True)
class _Route:
    """A question that a piece is for, and the words after the question's heading."""

    question: Question
    rest: str
    is_heading: bool


class Sorting:
    """Puts the pieces of a week, one after the other, to the questions they answer."""

    def __init__(self, questions: Sequence[Question], chunks: Sequence[Chunk]) -> None:
        """Sort the pieces of one week."""
        self._questions = questions
        self._asked = questions[0]
        self._level = 0
        self._replies: list[_Reply] = []
        self._has_one_top = [chunk.level for chunk in chunks].count(1) == 1
        self.title = ""
        for chunk in chunks:
            self._take(chunk)

    def replies(self) -> dict[str, list[str]]:
        """Return the replies by question, in the order of the questions; none of them is a word the bot obeys."""
        replies: dict[str, list[str]] = {}
        for question in self._questions:
            texts = [reply.text for reply in self._replies if reply.key == question.key and reply.text.strip()]
            if texts:
                replies[question.key] = ["\n\n".join(texts)] if question.shape is Shape.LINE else _obeyed_by_none(texts)
        return replies

    def _take(self, chunk: Chunk) -> None:
        route = route_of(chunk, self._questions)
        if route:
            self._route(chunk, route)
        elif chunk.kind == "heading":
            self._head(chunk)
        else:
            self._tell(chunk)

    @property
    def _current(self) -> _Reply | None:
        last = self._replies[-1] if self._replies else None
        return last if last and last.key == self._asked.key else None

    def _begin(self, question: Question, text: str, takes: _Takes) -> None:
        self._replies.append(_Reply(question.key, [text] if text else [], takes))

    def _tell(self, chunk: Chunk) -> None:
        current = self._current
        if current is None or (chunk.kind == "paragraph" and current.takes is _Takes.LISTS):
            self._begin(self._asked, chunk.text, _Takes.LISTS)
            return
        if current.takes is _Takes.SAME_LINE:
            label = current.parts[-1]
            current.parts[-1] = f"{label}{':' if label[-1].isalnum() or label[-1] == ')' else ''} {chunk.text}"
            current.takes = _Takes.ALL
            return
        current.parts.append(chunk.text)
        if current.takes is _Takes.FIRST and not name_in_byline(chunk):
            current.takes = _Takes.LISTS

    def _head(self, chunk: Chunk) -> None:
        current = self._current
        if self._asked.shape is Shape.LINE and current and not current.parts and chunk.level > self._level:
            current.parts.append(chunk.plain)
            return
        if chunk.level <= self._level or self._asked.shape is Shape.LINE:
            self._asked, self._level = self._questions[0], 0
        current = self._current
        if not self._replies and (_TITLE.search(chunk.plain) or (chunk.level == 1 and self._has_one_top)):
            self.title = chunk.plain
            self._begin(self._asked, chunk.text, _Takes.FIRST)
        elif current and current.takes is _Takes.FIRST:
            current.parts.append(chunk.text)
            current.takes = _Takes.ALL
        else:
            self._begin(self._asked, chunk.text, _Takes.ALL)

    def _route(self, chunk: Chunk, route: _Route) -> None:
        question, rest = route.question, route.rest
        is_line = question.shape is Shape.LINE
        if is_line and not route.is_heading:
            self._begin(question, rest, _Takes.ALL)
            return
        self._asked, self._level = question, chunk.level or IMPLIED
        if is_line:
            self._begin(question, rest, _Takes.SAME_LINE if rest else _Takes.ALL)
        elif rest and question.shape is Shape.STORIES and route.is_heading:
            self._begin(question, chunk.text, _Takes.ALL)
        elif rest:
            self._begin(question, rest, _Takes.LISTS)


def route_of(chunk: Chunk, questions: Sequence[Question]) -> _Route | None:
    """Return the question whose heading a piece begins with, if it is a heading of that name or answers in its line."""
    line = chunk.plain or (chunk.text if chunk.kind == "paragraph" else "")
    for question in sorted(questions, key=lambda question: len(question.heading), reverse=True):
        after = _after(line, question.heading) if question.heading else None
        if after is None:
            continue
        lead, tail = after
        rest = f"{lead} {_BETWEEN.sub('', tail, count=1)}".strip()
        is_heading = chunk.kind == "heading" or (bool(chunk.plain) and not rest)
        if is_heading or _ANSWERS[question.shape].match(tail):
            return _Route(question, rest, is_heading)
    return None


def _after(line: str, heading: str) -> tuple[str, str] | None:
    """Return what stands before and after the heading's words in a line that begins with them, or None.

    Case, blank space, punctuation and the kind of quotes do not matter. Before them only markup and emoji may stand.
    """
    wanted = [letter.casefold() for letter in heading if letter.isalnum()]
    lead, done = "", 0
    for at, letter in enumerate(line):
        if done == len(wanted):
            return None if letter.isalnum() else _without_marker(lead, line[at:])
        if letter.isalnum():
            if letter.casefold() != wanted[done]:
                return None
            done += 1
        elif letter in "[]<>`()\n" or (done and letter not in _MARKUP):
            return None
        elif not done:
            lead += letter
    return _without_marker(lead, "") if done == len(wanted) else None


def _without_marker(lead: str, tail: str) -> tuple[str, str]:
    """Drop the markup before the words, and the marker after them that would now close nothing."""
    kept = "".join(letter for letter in lead if letter not in _MARKUP)
    marker = re.search(r"[*_~]+\Z", lead.rstrip())
    if marker and tail.count(marker[0]) % 2:
        tail = tail.replace(marker[0], "", 1)
    return kept, tail


def _obeyed_by_none(texts: Sequence[str]) -> list[str]:
    """Join a reply that the bot would take for a command (“Next”) to the one before it, or to the one after."""
    safe: list[str] = []
    for text in texts:
        if safe and (control_in(text) or control_in(safe[-1])):
            safe[-1] = f"{safe[-1]}\n\n{text}"
        else:
            safe.append(text)
    return safe
