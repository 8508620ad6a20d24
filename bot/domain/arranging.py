"""The order of a note's entries: whose come first, which of theirs, and what moving one up or down means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TypeVar

from bot.domain.editions import Answer
from bot.domain.series import Layout, Question

Part = tuple[tuple[int, ...], ...]
"""One person's entries in a section of the note: a group of answers for each question."""
UP, DOWN = -1, 1
T = TypeVar("T")


@dataclass(frozen=True)
class Arrangement:
    """An edition's answers in the note's order.

    `people` and `questions` are in the series' order, `answers` as they came; `order` lists answers as an editor
    arranged them. What came later follows what it belongs to.
    """

    layout: Layout
    people: Sequence[str]
    questions: Sequence[Question]
    answers: Sequence[Answer]
    order: Sequence[int] = ()

    def given(self, user_id: str, question_key: str) -> tuple[Answer, ...]:
        """Return what one person gave to one question, in order."""
        return tuple(self._given.get((user_id, question_key), ()))

    def in_order(self, question_key: str | None = None) -> tuple[str, ...]:
        """Return the people in the order of their entries to a question, or of all their entries."""
        firsts = dict[str, float]()
        for answer in self.answers:
            if question_key in {None, answer.question_key}:
                firsts[answer.user_id] = min(firsts.get(answer.user_id, inf), self._place(answer))
        return tuple(sorted(self.people, key=lambda user_id: firsts.get(user_id, inf)))

    def flat(self) -> tuple[int, ...]:
        """Return the ids of all entries from the note's beginning to its end."""
        return tuple(_flat(self._sections()))

    def moves(self, answer_id: int) -> dict[int, bool]:
        """Return the ways an entry may go, each with whether it takes the person's other entries along."""
        found = {step: self._moved(answer_id, step) for step in (UP, DOWN)}
        return {step: is_part for step, (order, is_part) in found.items() if order}

    def moved(self, answer_id: int, step: int) -> tuple[int, ...]:
        """Return the order once an entry has gone one place up or down; nothing where it has nowhere to go.

        An entry changes places with its neighbour of the same person and question. Where it has none, the person's
        part of the section changes places with the next person's.
        """
        return self._moved(answer_id, step)[0]

    def _moved(self, answer_id: int, step: int) -> tuple[tuple[int, ...], bool]:
        sections = [list(parts) for parts in self._sections()]
        for parts in sections:
            for place, part in enumerate(parts):
                group = next((each for each in part if answer_id in each), None)
                if group is None:
                    continue
                swapped = _swapped(group, group.index(answer_id), step)
                if swapped:
                    parts[place] = tuple(swapped if each is group else each for each in part)
                    return tuple(_flat(sections)), False
                others = _swapped(tuple(parts), place, step)
                parts[:] = others or parts
                return (tuple(_flat(sections)), True) if others else ((), False)
        return (), False

    def _sections(self) -> list[list[Part]]:
        """Return the sections within which entries may move, each with the parts of the people in it."""
        asked = [question.key for question in self.questions]
        if self.layout is Layout.BY_QUESTION:
            return [[part for user in self.in_order(key) if (part := self._part(user, [key]))] for key in asked]
        return [[part for user in self.in_order() if (part := self._part(user, asked))]]

    def _part(self, user_id: str, keys: Sequence[str]) -> Part:
        groups = (tuple(answer.id for answer in self.given(user_id, key)) for key in keys)
        return tuple(group for group in groups if group)

    @cached_property
    def _given(self) -> Mapping[tuple[str, str], list[Answer]]:
        found: dict[tuple[str, str], list[Answer]] = {}
        for answer in sorted(self.answers, key=self._place):
            found.setdefault((answer.user_id, answer.question_key), []).append(answer)
        return found

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {answer_id: place for place, answer_id in enumerate(self.order)}

    def _place(self, answer: Answer) -> float:
        return self._places.get(answer.id, inf)


def _swapped(found: tuple[T, ...], place: int, step: int) -> tuple[T, ...]:
    other = place + step
    if not 0 <= other < len(found):
        return ()
    changed = list(found)
    changed[place], changed[other] = changed[other], changed[place]
    return tuple(changed)


def _flat(sections: Sequence[Sequence[Part]]) -> Iterator[int]:
    for parts in sections:
        for part in parts:
            for group in part:
                yield from group
