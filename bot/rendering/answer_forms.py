"""The form for answering: each question of an edition with what is there already, in pages where it is very much."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.domain.answer_forms import ANSWER, NEW, START, Block, Cursor, mark_of
from bot.domain.editions import Answer, Edition, EditionState
from bot.domain.pieces import split
from bot.domain.richtext import parse
from bot.domain.series import Question, Series, Shape
from bot.domain.weeks import Period
from bot.rendering.blocks import Blocks, rich_section, rich_text, section
from bot.rendering.environments import Templates
from bot.rendering.richtext import elements_of, sendable

Json: TypeAlias = dict[str, Any]
Names: TypeAlias = Mapping[str, str]

CALLBACK_ID = "edition.answers"
WORDS, INSIDE = "words", "inside"
"""What the inputs of words are called, and the boxes that say what stays inside (then follows their input's name)."""
PIECE = "/"
"""What stands, in an input's name, between the answer's name, the number of the piece, and how it goes on."""
MOST_BLOCKS = 98
"""Slack takes 100 blocks in a modal; one is the lead."""
MOST_BYTES = 100_000
"""Slack takes 250 kB in a view, and a form that shows a clash holds some words twice."""
LATEST = 1e12
LONGEST_LABEL = 2_000


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer changed both in the form (`typed`) and elsewhere; `answer` is how it is now, None once taken out."""

    name: str
    question_key: str
    answer: Answer | None
    typed: Block
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One answer, or one empty place, on its page."""

    place: Cursor
    blocks: Blocks
    answer: Answer | None = None

    @property
    def size(self) -> int:
        """Return how many blocks it may take: one more than it does, for words said beside it in a clash."""
        return len(self.blocks) + (self.answer is not None)


@dataclass(frozen=True, slots=True)
class AnswerForms:
    """Makes the form's views. Emptying an input removes its answer."""

    templates: Templates

    def form(
        self, series: Series, edition: Edition, given: Sequence[Answer], names: Names, *, start: Cursor = START
    ) -> Json:
        """Return the form from `start` on, as much as Slack takes. `names` are of those whose words were saved."""
        waiting = [part for part in self._parts(edition, given, names) if part.place > start]
        page = _page(waiting)
        rest = waiting[len(page) :]
        lead = self.templates.slack(
            "form_lead",
            series=series.name,
            period=edition.period,
            has_given=bool(given),
            is_further=start != START,
            is_late=edition.state is EditionState.PUBLISHED,
            more=sum(part.answer is not None for part in rest),
        )
        shown = [part.answer for part in page if part.answer]
        about: Json = {"edition": edition.id, "seen": {str(answer.id): seen(answer) for answer in shown}}
        if rest:
            about["next"] = list(page[-1].place)
        blocks = [section(lead), *(block for part in page for block in part.blocks)]
        return self._view(about, blocks, "form.save_and_go_on" if rest else "form.save")

    def clash(self, edition: Edition, clashes: Sequence[Clash], following: Cursor | None) -> Json:
        """Return what is left to decide: what was typed, beside what others (or the person elsewhere) made of it."""
        lead = self.templates.slack("form_clash", count=len(clashes))
        marks = {clash.name.split(":")[-1]: seen(clash.answer) for clash in clashes if clash.answer}
        about: Json = {"edition": edition.id, "seen": marks} | ({"next": list(following)} if following else {})
        blocks = [section(lead), *(block for clash in clashes for block in self._clash(edition, clash))]
        return self._view(about, blocks, "form.save_and_go_on" if following else "form.save")

    def over(self, series: Series, period: Period, kept: Period | None, count: int) -> Json:
        """Return what is said when the edition has ended, and where what was typed is kept instead."""
        text = self.templates.slack("form_over", series=series.name, period=period, kept=kept, count=count)
        label = self.templates.label
        return _modal(label("form.title"), "", label("form.close"), {}, [section(text)])

    def _view(self, about: Mapping[str, Any], blocks: Blocks, submit: str) -> Json:
        label = self.templates.label
        return _modal(label("form.title"), label(submit), label("form.cancel"), about, blocks)

    def _parts(self, edition: Edition, given: Sequence[Answer], names: Names) -> Iterator[_Part]:
        """Yield every answer and every empty place, question by question."""
        for position, question in enumerate(edition.questions):
            mine = [answer for answer in given if answer.question_key == question.key]
            yield from (self._answer(position, question, n, answer, names) for n, answer in enumerate(mine, start=1))
            if not (mine and question.shape is Shape.LINE):
                yield _Part((position, LATEST, 0), self._new(question, is_first=not mine))
        asked = {question.key for question in edition.questions}
        others = [answer for answer in given if answer.question_key not in asked]
        nameless = Question("", self.templates.label("form.other"), "", Shape.STORIES)
        yield from (self._answer(len(asked), nameless, n, answer, names) for n, answer in enumerate(others, start=1))

    def _answer(self, position: int, question: Question, n: int, answer: Answer, names: Names) -> _Part:
        heading = question.heading or question.ask
        label = question.ask if n == 1 else self.templates.label("form.more_of", heading=heading, number=n)
        name = f"{ANSWER}:{answer.id}"
        inputs = self._inputs(name, label, shown(answer), self._about(answer, names))
        blocks = [*inputs, self._box(name, is_inside=answer.is_inside)]
        return _Part((position, answer.given_at.timestamp(), answer.id), blocks, answer)

    def _about(self, answer: Answer, names: Names) -> str:
        """Return what is to be known of an answer beside its words: who wrote them, and the files with them."""
        author = names.get(answer.said_by, answer.said_by)
        files = [str(file.get("name") or file.get("title") or file.get("id")) for file in answer.files]
        written = self.templates.label("form.author_hint", author=author) if author else ""
        kept = self.templates.label("form.with_files", files=files) if files else ""
        return " ".join(part for part in (written, kept) if part)

    def _new(self, question: Question, *, is_first: bool) -> Blocks:
        heading = question.heading or question.ask
        label = question.ask if is_first else self.templates.label("form.one_more", heading=heading)
        hint = self.templates.label(f"form.hint.{question.shape.value}")
        if question.is_optional and is_first:
            hint = f"{self.templates.label('form.optional')} {hint}"
        name = f"{NEW}:{question.key}"
        return [*self._inputs(name, label, None, hint), self._box(name, is_inside=False)]

    def _clash(self, edition: Edition, clash: Clash) -> Blocks:
        label = self.templates.label
        ask = next((each.ask for each in edition.questions if each.key == clash.question_key), label("form.other"))
        if clash.answer is None:
            inputs = self._inputs(clash.name, ask, clash.typed, label("form.taken_out_hint"))
            said = rich_text([_said(label("form.taken_out"))])
            return [said, *inputs, self._box(clash.name, is_inside=clash.is_inside)]
        now = (shown(clash.answer) or {}).get("elements") or ()
        said = rich_text([_said(label("form.changed")), *now])
        return [said, *self._inputs(clash.name, ask, clash.typed, label("form.changed_hint"))]

    def _inputs(self, name: str, label: str, block: Block | None, hint: str) -> Blocks:
        """Return the input for some words, or the inputs when they are too long for one."""
        found: Blocks = []
        for n, piece in enumerate(split(block) if block else (None,), start=1):
            goes_on = self.templates.label("form.continued", heading=label, number=n)
            block_id = name if n == 1 or piece is None else PIECE.join((name, str(n), piece.joint))
            words = piece.block if piece else None
            found.append(_input(block_id, label if n == 1 else goes_on, words, hint if n == 1 else ""))
        return found

    def _box(self, name: str, *, is_inside: bool) -> Json:
        """Return the box to tick for what is to stay inside."""
        option = {
            "text": _plain(self.templates.label("form.keep_inside")),
            "description": _plain(self.templates.label("form.keep_inside_more")),
            "value": INSIDE,
        }
        element: Json = {"type": "checkboxes", "action_id": INSIDE, "options": [option]}
        if is_inside:
            element["initial_options"] = [option]
        return _block(f"{INSIDE}:{name}", self.templates.label("form.who_reads"), element)


def shown(answer: Answer) -> Block | None:
    """Return an answer's words for an input: as Slack sent them, or made from its text when it sent no tree."""
    trees = [block for block in answer.blocks if block.get("type") == "rich_text"]
    if parse("", trees).is_empty:
        trees = [rich_text(elements_of([sendable(block) for block in parse(answer.text).blocks]))]
    block = rich_text([element for tree in trees for element in tree.get("elements") or ()])
    return None if parse("", [block]).is_empty else block


def seen(answer: Answer) -> str:
    """Return the mark of an answer as the form shows it."""
    return mark_of(shown(answer), is_inside=answer.is_inside)


def _page(waiting: Sequence[_Part]) -> list[_Part]:
    """Return as many of the parts as fit in one view, at least one."""
    page: list[_Part] = []
    blocks = size = 0
    for part in waiting:
        blocks += part.size
        size += len(json.dumps(part.blocks))
        if page and (blocks > MOST_BLOCKS or size > MOST_BYTES):
            break
        page.append(part)
    return page


def _said(text: str) -> Mapping[str, Any]:
    """Return a line of the bot's own above somebody's words."""
    return rich_section([{"type": "text", "text": text, "style": {"italic": True}}])


def _input(block_id: str, label: str, initial: Block | None, hint: str) -> Json:
    element: Json = {"type": "rich_text_input", "action_id": WORDS}
    if initial is not None:
        element["initial_value"] = initial
    return _block(block_id, label, element) | ({"hint": _plain(hint)} if hint else {})


def _block(block_id: str, label: str, element: Mapping[str, Any]) -> Json:
    """Return an input block. Slack itself writes that it may be left empty beside each label."""
    return {
        "type": "input",
        "block_id": block_id,
        "optional": True,
        "label": _plain(label[:LONGEST_LABEL]),
        "element": element,
    }


def _modal(title: str, submit: str, close: str, about: Mapping[str, Any], blocks: Blocks) -> Json:
    """Return the modal, which carries `about` as JSON. Without a text for `submit` it can only be read and closed."""
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": _plain(title),
        **({"submit": _plain(submit)} if submit else {}),
        "close": _plain(close),
        "private_metadata": json.dumps(about),
        "blocks": list(blocks),
    }


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}
