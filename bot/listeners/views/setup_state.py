"""Reading the setup form: from a view's state, as Slack sends it, to the form of the domain."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.domain.cadence import Moment
from bot.domain.series import Layout, Question, Shape
from bot.domain.series_forms import SeriesForm
from bot.rendering.setup_view import NEEDS_APPROVAL, VALUE

EMPTIED_TIME = "10:00"
"""What a time that somebody emptied shows when the form is drawn again; Slack does not let the form be sent without."""


@dataclass(frozen=True, slots=True)
class SetupState:
    """What is in the form now: its values, and the id of the series it changes (None: it makes one)."""

    form: SeriesForm
    series_id: int | None


def setup_state(view: Mapping[str, Any]) -> SetupState:
    """Return what was chosen and typed in a setup view."""
    metadata = json.loads(view["private_metadata"])
    inputs = {block_id: actions.get(VALUE) or {} for block_id, actions in view["state"]["values"].items()}
    return SetupState(_form(inputs, metadata), metadata["series"])


def _form(inputs: Mapping[str, Any], metadata: Mapping[str, Any]) -> SeriesForm:
    return SeriesForm(
        channel_id=metadata["channel"] or inputs["channel"].get("selected_conversation") or "",
        name=_typed(inputs, "name"),
        contributors=tuple(inputs["contributors"].get("selected_users") or ()),
        editors=tuple(inputs["editors"].get("selected_users") or ()),
        questions=tuple(_question(inputs, place, key) for place, key in enumerate(metadata["keys"])),
        zone=_typed(inputs, "zone"),
        ask=_moment(inputs, "ask"),
        remind=_moment(inputs, "remind"),
        draft=_moment(inputs, "draft"),
        publish=_moment(inputs, "publish"),
        every_weeks=int(_selected(inputs, "every_weeks")),
        layout=Layout(_selected(inputs, "layout")),
        number_template=_typed(inputs, "number_template"),
        title_template=_typed(inputs, "title_template"),
        season=_typed(inputs, "season"),
        next_number=_typed(inputs, "next_number"),
        needs_approval=_is_checked(inputs, "approval"),
        shown_numbers=_shown_numbers(metadata),
    )


def _shown_numbers(metadata: Mapping[str, Any]) -> tuple[str, str]:
    season, next_number = metadata.get("numbers") or ("", "")
    return str(season), str(next_number)


def _question(inputs: Mapping[str, Any], place: int, key: str) -> Question:
    block_id = f"question.{place}"
    ask, heading = _typed(inputs, f"{block_id}.ask"), _typed(inputs, f"{block_id}.heading")
    return Question(key, ask, heading, Shape(_selected(inputs, f"{block_id}.shape")))


def _typed(inputs: Mapping[str, Any], block_id: str) -> str:
    return str(inputs[block_id].get("value") or "")


def _selected(inputs: Mapping[str, Any], block_id: str) -> str:
    return str(inputs[block_id]["selected_option"]["value"])


def _moment(inputs: Mapping[str, Any], step: str) -> Moment:
    chosen = inputs[f"{step}.at"].get("selected_time") or EMPTIED_TIME
    return Moment(int(_selected(inputs, f"{step}.weekday")), time.fromisoformat(chosen))


def _is_checked(inputs: Mapping[str, Any], block_id: str) -> bool:
    chosen = inputs[block_id].get("selected_options") or ()
    return any(option["value"] == NEEDS_APPROVAL for option in chosen)
