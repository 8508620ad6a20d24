"""Receipts: what was kept and where, and the ways to let it go somewhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import InteractiveElement, Option, OptionGroup, StaticSelectElement

from bot.domain.deliveries import Message
from bot.domain.editions import Answer, Edition
from bot.domain.inside import has_inside_lines
from bot.domain.richtext import parse
from bot.domain.series import Question, Series
from bot.rendering.blocks import actions, button, section
from bot.rendering.environments import Templates
from bot.rendering.sayings import pieces

MOST_BUTTONS = 10
"""Of so many series each gets a button; of more, they are chosen from the select."""
MOST_OPTIONS = 100
LONGEST_LABEL = 75


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt is about: an answer, where it is, and the `others` of the person's series it could be for.

    `is_asking` asks which of them it is for; `is_chosen` says that further jots of today go where this one went.
    `count` is how many answers there are from the person, where that is worth saying. `can_go_on` says that a question
    is being asked, `is_last` that it is the last one.
    """

    series: Series
    edition: Edition
    answer: Answer
    others: Sequence[Series] = ()
    missed: Edition | None = None
    count: int = 0
    is_asking: bool = False
    is_moved: bool = False
    is_chosen: bool = False
    is_again: bool = False
    is_late: bool = False
    can_go_on: bool = False
    is_last: bool = False


def receipt_message(templates: Templates, receipt: Receipt) -> Message:
    """Return what was kept and for what, with the ways to change where it goes."""
    answer = receipt.answer
    text = templates.slack(
        "receipt",
        heading=heading_of(receipt.edition.questions, answer.question_key),
        series=receipt.series.name,
        period=receipt.edition.period,
        missed=receipt.missed and receipt.missed.period,
        count=receipt.count,
        is_asking=receipt.is_asking,
        is_moved=receipt.is_moved,
        is_chosen=receipt.is_chosen,
        is_again=receipt.is_again,
        is_late=receipt.is_late,
        is_paused=receipt.series.is_paused,
        can_go_on=receipt.can_go_on and not receipt.missed,
        is_last=receipt.is_last,
        is_inside=_what_is_inside(answer),
        permalink=answer.permalink,
    )
    controls = [*_choosing(receipt), _move_select(templates, receipt), _inside_button(templates, answer)]
    return Message(text, (*map(section, pieces(text)), actions(*controls)))


def heading_of(questions: Sequence[Question], key: str) -> str:
    """Return what people call a question: its heading, or its wording where it has none."""
    return next((question.heading or question.ask for question in questions if question.key == key), "")


def _what_is_inside(answer: Answer) -> str:
    has_lines = has_inside_lines(parse(answer.text, answer.blocks))
    if answer.is_inside or (has_lines and answer.said_by):
        return "whole"
    return "lines" if has_lines else ""


def _choosing(receipt: Receipt) -> list[InteractiveElement]:
    """Return a button for each series that an answer could be for, where it is to be asked."""
    series = (receipt.series, *receipt.others)
    if not receipt.is_asking or len(series) > MOST_BUTTONS:
        return []
    return [
        button(label, f"jot.choose.{place}", {"answer": receipt.answer.id, "series": each.id})
        for place, (each, label) in enumerate(zip(series, told_apart(series), strict=True))
    ]


def told_apart(series: Sequence[Series]) -> list[str]:
    """Return the names of series for buttons and options, numbered where some have the same."""
    names = [each.name[:LONGEST_LABEL] for each in series]
    if len(set(names)) == len(names):
        return names
    return [f"{place}. {name}"[:LONGEST_LABEL] for place, name in enumerate(names, 1)]


def _move_select(templates: Templates, receipt: Receipt) -> StaticSelectElement:
    """Return the select that moves an answer: to another question of its edition, or to another series."""
    answer_id, others = receipt.answer.id, receipt.others[:MOST_OPTIONS]
    questions = [
        Option(value=f"{answer_id}:{question.key}", label=(question.heading or question.ask)[:LONGEST_LABEL])
        for question in receipt.edition.questions
    ]
    placeholder = templates.label("conversation.move_to")
    if not others:
        return StaticSelectElement(action_id="answer.move", placeholder=placeholder, options=questions)
    elsewhere = [
        Option(value=f"{answer_id}::{each.id}", label=label)
        for each, label in zip(others, told_apart(others), strict=True)
    ]
    groups = [
        OptionGroup(label=templates.label("jots.questions"), options=questions),
        OptionGroup(label=templates.label("jots.others"), options=elsewhere),
    ]
    return StaticSelectElement(action_id="answer.move", placeholder=placeholder, option_groups=groups)


def _inside_button(templates: Templates, answer: Answer) -> InteractiveElement:
    label = templates.label("conversation.not_only_inside" if answer.is_inside else "conversation.keep_inside")
    return button(label, "answer.inside", {"answer": answer.id, "inside": not answer.is_inside})
