"""The form of a new season, and of the number that the next note takes."""

import json
from dataclasses import dataclass
from typing import Any

from bot.domain.series import Series
from bot.rendering.blocks import Blocks, context, section
from bot.rendering.environments import Templates
from bot.rendering.inputs import text_input

CALLBACK_ID, PREVIEW = "series.season", "season.preview"
LONGEST = 9


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is in the form: season and number as typed, and how the next `title` would look, or the `problem`.

    `shown` are the season and number that are next as it stands; `is_taken` says that a note has that number already.
    """

    series: Series
    season: str
    number: str
    shown: tuple[str, str]
    title: str = ""
    problem: str = ""
    is_taken: bool = False


def season_form(templates: Templates, numbers: Numbers, *, notice: str = "") -> dict[str, Any]:
    """Return the modal; in a series that does not count, it says where its numbers come from."""
    numbering = numbers.series.numbering
    lead = templates.slack("season_lead", series=numbers.series, shown=numbers.shown)
    blocks: Blocks = [section(notice or lead)]
    if numbering.has_seasons:
        blocks.append(_number(templates, "season", numbers.season))
    if numbering.is_counting:
        blocks.append(_number(templates, "next_number", numbers.number))
    blocks.append({**context(templates.slack("season_preview", numbers=numbers)), "block_id": "preview"})
    view = {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": templates.label("season.title")},
        "close": {"type": "plain_text", "text": templates.label("settings.cancel")},
        "private_metadata": json.dumps({"series": numbers.series.id, "shown": list(numbers.shown)}),
        "blocks": blocks,
    }
    is_form = numbering.has_seasons or numbering.is_counting
    return view | ({"submit": {"type": "plain_text", "text": templates.label("season.set")}} if is_form else {})


def season_set(templates: Templates, title: str) -> dict[str, Any]:
    """Return the modal that says how the next note will be called."""
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": templates.label("season.title")},
        "close": {"type": "plain_text", "text": templates.label("settings.done")},
        "blocks": [section(templates.slack("season_set", title=title))],
    }


def _number(templates: Templates, field: str, typed: str) -> Any:  # noqa: ANN401 - a block
    return text_input(field, templates.label(f"season.{field}"), typed, LONGEST, tells=PREVIEW)
