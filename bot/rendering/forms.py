"""The form for answering in a modal."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.editions import Answer, Edition
from bot.domain.richtext import parse, plain
from bot.domain.series import Question, Series, Shape
from bot.rendering.blocks import rich_section, rich_text
from bot.rendering.environments import Templates

INSIDE = "inside"
"""What the boxes are called that say which answers stay inside: the name before the input's own."""
LONGEST_TITLE = 24
MOST_BLOCKS = 100
"""How many blocks Slack takes in a modal."""
MOST_ANSWERS = 75
"""Slack takes 100 blocks in a form, of which the questions themselves need up to 21."""
HINTS = {
    Shape.STORIES: "A short first line on its own becomes a heading.",
    Shape.BULLETS: "One line for each thing.",
    Shape.LINE: "One line.",
}


def answers_form(series: Series, edition: Edition, given: Sequence[Answer], templates: Templates) -> dict[str, Any]:
    """Return the modal with every question of an edition and what this contributor has given to it so far."""
    more = len(given) - MOST_ANSWERS
    given = given[:MOST_ANSWERS]
    lead = templates.slack("form_lead", series=series.name, period=edition.period, has_given=bool(given), more=more)
    blocks: list[Mapping[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": lead}}]
    for question in edition.questions:
        mine = [answer for answer in given if answer.question_key == question.key]
        for n, answer in enumerate(mine):
            blocks += [
                _answer_input(question, answer, n),
                _inside_input(f"answer:{answer.id}", is_inside=answer.is_inside),
            ]
        if not (mine and question.shape is Shape.LINE):
            blocks += [_new_input(question, is_first=not mine), _inside_input(f"new:{question.key}", is_inside=False)]
    if len(blocks) > MOST_BLOCKS:  # then the boxes give way to the answers; what stays inside, stays as it is
        blocks = [block for block in blocks if not str(block.get("block_id", "")).startswith(f"{INSIDE}:")]
    return _modal("edition.answers", "Your week", "Save", {"edition": edition.id}, blocks)


def _answer_input(question: Question, answer: Answer, n: int) -> dict[str, Any]:
    """Return the input that holds one answer given before. Emptying it removes the answer."""
    label = question.ask if n == 0 else f"{question.heading or question.ask} ({n + 1})"
    return _input(f"answer:{answer.id}", label, _initial(answer))


def _new_input(question: Question, *, is_first: bool) -> dict[str, Any]:
    label = question.ask if is_first else f"{question.heading or question.ask} (one more)"
    return _input(f"new:{question.key}", label, None, hint=HINTS[question.shape])


def _inside_input(block_id: str, *, is_inside: bool) -> dict[str, Any]:
    """Return the box to tick for what is to stay inside, of the input `block_id`."""
    option = {
        "text": {"type": "plain_text", "text": "Keep inside 🔒"},
        "description": {"type": "plain_text", "text": "In the note here, and in no export for outside"},
        "value": "inside",
    }
    element: dict[str, Any] = {"type": "checkboxes", "action_id": INSIDE, "options": [option]}
    if is_inside:
        element["initial_options"] = [option]
    return {
        "type": "input",
        "block_id": f"{INSIDE}:{block_id}",
        "optional": True,
        "label": {"type": "plain_text", "text": "Who may read it"},
        "element": element,
    }


def _input(block_id: str, label: str, initial: Mapping[str, Any] | None, *, hint: str = "") -> dict[str, Any]:
    element: dict[str, Any] = {"type": "rich_text_input", "action_id": "words"}
    if initial is not None:
        element["initial_value"] = initial
    block: dict[str, Any] = {
        "type": "input",
        "block_id": block_id,
        "optional": True,
        "label": {"type": "plain_text", "text": label[:2000]},
        "element": element,
    }
    return block | ({"hint": {"type": "plain_text", "text": hint}} if hint else {})


def _initial(answer: Answer) -> Mapping[str, Any] | None:
    """Return an answer's words for an input: as Slack sent them, or as plain words when it sent no tree."""
    if len(answer.blocks) == 1 and answer.blocks[0].get("type") == "rich_text":
        return answer.blocks[0]
    words = plain(parse(answer.text, answer.blocks))
    return rich_text([rich_section([{"type": "text", "text": words}])]) if words else None


def _modal(
    callback_id: str, title: str, submit: str, about: Mapping[str, Any], blocks: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": {"type": "plain_text", "text": title[:LONGEST_TITLE]},
        "submit": {"type": "plain_text", "text": submit},
        "close": {"type": "plain_text", "text": "Cancel"},
        "private_metadata": json.dumps(about),
        "blocks": list(blocks),
    }
