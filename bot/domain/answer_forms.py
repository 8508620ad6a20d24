"""The form for answering: what it showed, what came back, and what follows where an answer changed in the meantime."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from bot.domain.richtext import parse

Block: TypeAlias = Mapping[str, Any]
Cursor: TypeAlias = tuple[int, float, int]
"""A place in the form: the question's, when the answer was given, and its id."""

START: Cursor = (-1, 0.0, 0)
ANSWER, NEW = "answer", "new"
TAKEN_OUT = ""
"""The mark of an answer that is not there any more."""
INSIDE_MARK = "+"
MARK_SIZE = 5


class Verdict(StrEnum):
    """What to do with an answer as the form has it."""

    KEEP = "keep"
    REWORD = "reword"
    REMOVE = "remove"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one answer or one empty place of the form holds: words (None: nothing), and the box (None: not shown)."""

    block: Block | None
    is_inside: bool | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent: its entries by name, the marks of what it showed, and where its next page begins.

    Names are `answer:ID` for what was there, and `new:KEY` or `new:KEY:ID` for what is added (the id is of the answer
    whose place it takes). `form_id` names this form, however often it is sent; `trigger_id` this sending of it.
    """

    edition_id: int
    form_id: str
    entries: Mapping[str, Entry]
    seen: Mapping[str, str] = field(default_factory=dict)
    following: Cursor | None = None
    trigger_id: str = ""


def mark_of(block: Block | None, *, is_inside: bool = False) -> str:
    """Return a short mark of what a form shows of an answer: another mark means that it has changed."""
    words = hashlib.blake2b(repr(parse("", [block] if block else [])).encode(), digest_size=MARK_SIZE).hexdigest()
    return words + INSIDE_MARK * is_inside


def verdict(seen: str | None, stored: Block | None, typed: Block | None) -> Verdict:
    """Say what becomes of an answer that is `stored` now, showed as `seen` when the form was opened, and is `typed`.

    What was not touched is left as it is now. What was changed both here and elsewhere is a clash, for the person to
    decide. A form that knows of no mark shows what is stored.
    """
    now, wanted = mark_of(stored), mark_of(typed)
    before = now if seen is None else seen.removesuffix(INSIDE_MARK)
    if wanted in {now, before}:
        return Verdict.KEEP
    if now != before:
        return Verdict.CLASH
    return Verdict.REMOVE if wanted == mark_of(None) else Verdict.REWORD


def has_box_changed(seen: str | None, entry: Entry) -> bool:
    """Say whether the box that keeps an answer inside was ticked or cleared in the form."""
    return seen is not None and entry.is_inside is not None and seen.endswith(INSIDE_MARK) != entry.is_inside
