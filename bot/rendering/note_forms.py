"""An editor's forms: what they share, and the one for a note's title and introduction."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.editions import Answer, Edition
from bot.domain.richtext import parse, plain
from bot.domain.series import Series
from bot.domain.titles import Titled
from bot.rendering.blocks import rich_section, rich_text, section
from bot.rendering.environments import Templates
from bot.rendering.filters import Mrkdwn
from bot.rendering.inputs import select_input

TITLE, HAND_OVER = "edition.title", "note.handed_over"
LONGEST_HEADLINE, LONGEST_INTRODUCTION = 150, 3000

Json = dict[str, Any]


def title_form(titled: Titled, templates: Templates, *, typed: tuple[str, str] | None = None) -> Json:
    """Return the modal for an edition's headline and introduction.

    `typed` is what an editor typed already, when both have changed since they looked.
    """
    headline, introduction = typed or (titled.headline, titled.introduction)
    blocks: list[Mapping[str, Any]] = []
    if typed is not None:
        values = {"headline": titled.headline, "introduction": Mrkdwn(titled.introduction)}
        blocks.append(section(templates.slack("title_changed", **values)))
    blocks.append(_plain_input("headline", headline, LONGEST_HEADLINE, templates))
    blocks.append(_plain_input("introduction", introduction, LONGEST_INTRODUCTION, templates, is_long=True))
    about = {"edition": titled.edition.id, "state": titled.state}
    return modal(TITLE, templates.label("draft.title"), templates.label("draft.save"), about, blocks, templates)


def hand_over_form(series: Series, edition: Edition, others: Mapping[str, str], templates: Templates) -> Json:
    """Return the modal in which the editor of the week hands a note over; `others` are the editors' names by id."""
    lead = templates.slack("hand_over_lead", series=series.name, period=edition.period)
    ways = {way: templates.label(f"draft.hand_over_{way}") for way in ("once", "swap")}
    blocks = [
        section(lead),
        select_input("to", templates.label("draft.hand_over_to"), _short(others), next(iter(others))),
        select_input("how", templates.label("draft.hand_over_how"), ways, "once"),
    ]
    title = templates.label("draft.hand_over_title")
    return modal(HAND_OVER, title, templates.label("draft.save"), {"edition": edition.id}, blocks, templates)


def _short(names: Mapping[str, str]) -> dict[str, str]:
    """Return names as long as an option may be, of which Slack takes a hundred."""
    return {user_id: name[:75] for user_id, name in list(names.items())[:100]}


def modal(
    callback_id: str,
    title: str,
    submit: str,
    about: Mapping[str, object],
    blocks: Sequence[Mapping[str, Any]],
    templates: Templates,
) -> Json:
    """Return a modal that carries `about`. Without `submit` there is nothing to save in it, only to close."""
    close = templates.label("draft.cancel" if submit else "draft.close")
    view: Json = {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": close},
        "private_metadata": json.dumps(about),
        "blocks": list(blocks),
    }
    if not submit:
        return view
    return view | {"callback_id": callback_id, "submit": {"type": "plain_text", "text": submit}}


def initial_words(answer: Answer) -> Mapping[str, Any] | None:
    """Return an answer's words for an input: as Slack sent them, or as plain words when it sent no tree."""
    if len(answer.blocks) == 1 and answer.blocks[0].get("type") == "rich_text":
        return answer.blocks[0]
    words = plain(parse(answer.text, answer.blocks))
    return rich_text([rich_section([{"type": "text", "text": words}])]) if words else None


def _plain_input(name: str, value: str, longest: int, templates: Templates, *, is_long: bool = False) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "action_id": name,
        "max_length": max(longest, len(value)),  # a headline taken from an entry may be longer than one typed
        "multiline": is_long,
    }
    if value:
        element["initial_value"] = value
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": {"type": "plain_text", "text": templates.label(f"draft.{name}")},
        "hint": {"type": "plain_text", "text": templates.label(f"draft.{name}_hint")},
        "element": element,
    }
