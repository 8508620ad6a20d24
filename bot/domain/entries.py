"""Entries: answers as the note shows them. What an editor changes stands beside an answer, never in it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from bot.domain.editions import Answer
from bot.domain.inside import has_inside_lines
from bot.domain.richtext import lines_of, parse, resolve, text_of

NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an editor made of an answer for the note.

    `wording` holds `rich_text` blocks in place of the answer's (none: the answer's own words). One that `is_outdated`
    was made before the author changed the answer: it is kept for the editor to look at, and not shown.
    """

    answer_id: int
    edited_by: str
    edited_at: datetime
    wording: tuple[Mapping[str, Any], ...] = ()
    is_outdated: bool = False
    is_hidden: bool = False

    @property
    def is_reworded(self) -> bool:
        """Say whether the note shows the editor's wording."""
        return bool(self.wording) and not self.is_outdated


def shown(answers: Iterable[Answer], entries: Mapping[int, Entry]) -> Iterator[Answer]:
    """Yield the answers that the note shows, as it shows them."""
    for answer in answers:
        entry = entries.get(answer.id)
        if entry is None or not entry.is_hidden:
            yield as_shown(answer, entry)


def as_shown(answer: Answer, entry: Entry | None) -> Answer:
    """Return an answer with the words the note has for it.

    What its author kept inside stays inside: all of it where the new wording lost the mark of a line, or they quote.
    """
    if entry is None or not entry.is_reworded:
        return answer
    reworded = replace(answer, text="", blocks=entry.wording, said_by="")
    has_lost_mark = _has_inside_lines(answer) and (bool(answer.said_by) or not _has_inside_lines(reworded))
    return replace(reworded, is_inside=answer.is_inside or has_lost_mark)


def first_line(answer: Answer, names: Mapping[str, str] = NOBODY) -> str:
    """Return the first line with something on it, as a headline has it. `names` are those of people it mentions."""
    told = resolve(parse(answer.text, answer.blocks), names)
    lines = (" ".join(text_of(line).split()) for line in lines_of(told))
    return next(filter(None, lines), "")


def may_be_headline(answer: Answer) -> bool:
    """Say whether an answer has a line that the title may show: titles are read outside too."""
    return bool(first_line(answer)) and not answer.is_inside and not _has_inside_lines(answer)


def fingerprint(*parts: object) -> str:
    """Return a short name for a state of things, to tell whether they have changed since somebody looked."""
    return sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def state_of(answer: Answer, entry: Entry | None) -> str:
    """Return the fingerprint of an entry's words: the author's and the editor's."""
    return fingerprint(answer.text, answer.blocks, entry.wording if entry else (), bool(entry and entry.is_outdated))


def _has_inside_lines(answer: Answer) -> bool:
    return has_inside_lines(parse(answer.text, answer.blocks))
