"""Inputs of modals: making them, and reading what was put into them.

The `block_id` of an input is the `field` that InvalidInputError names, and each input holds one element.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Self

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)

from bot.domain.cadence import Moment

VALUE = "value"
EMPTIED_TIME = "10:00"
"""What a time that somebody emptied shows when the form is drawn again; Slack does not let the form be sent without."""

Input = Mapping[str, Any]


def text_input(
    field: str,
    label: str,
    value: str,
    most: int,
    *,
    hint: str = "",
    placeholder: str = "",
    is_optional: bool = False,
    tells: str = "",
) -> Input:
    """Return an input for a line of text; where it `tells`, the app hears of each change under that action_id."""
    element = PlainTextInputElement(
        action_id=tells or VALUE,
        initial_value=value[:most] or None,
        max_length=most,
        placeholder=placeholder or None,
        dispatch_action_config={"trigger_actions_on": ["on_character_entered"]} if tells else None,
    )
    return _input(field, label, element, hint, is_optional=is_optional, tells=bool(tells))


def select_input(
    field: str, label: str, options: Mapping[str, str], chosen: str, *, hint: str = "", tells: str = ""
) -> Input:
    """Return an input in which one of the options, given as values and texts, is chosen; for `tells` see above."""
    listed = {value: Option(value=value, label=text) for value, text in options.items()}
    element = StaticSelectElement(
        action_id=tells or VALUE, options=list(listed.values()), initial_option=listed[chosen]
    )
    return _input(field, label, element, hint, tells=bool(tells))


def people_input(field: str, label: str, chosen: Sequence[str], *, hint: str = "", is_optional: bool = False) -> Input:
    """Return an input in which people are chosen."""
    element = UserMultiSelectElement(action_id=VALUE, initial_users=list(chosen) or None)
    return _input(field, label, element, hint, is_optional=is_optional)


def tick_input(field: str, label: str, text: str, *, is_ticked: bool, hint: str = "") -> Input:
    """Return an input with one box to tick."""
    option = [Option(value=VALUE, label=text)]
    element = CheckboxesElement(action_id=VALUE, options=option, initial_options=option if is_ticked else None)
    return _input(field, label, element, hint, is_optional=True)


def moment_inputs(
    step: str, labels: tuple[str, str], moment: Moment, weekdays: Sequence[str], *, hint: str = ""
) -> list[Input]:
    """Return two inputs, for the weekday and the time of a step: `ask.weekday` and `ask.at`."""
    days = {str(number): weekday for number, weekday in enumerate(weekdays)}
    clock = TimePickerElement(action_id=VALUE, initial_time=f"{moment.at:%H:%M}")
    return [
        select_input(f"{step}.weekday", labels[0], days, str(moment.weekday)),
        _input(f"{step}.at", labels[1], clock, hint),
    ]


def element_input(field: str, label: str, element: InputInteractiveElement, *, hint: str = "") -> Input:
    """Return an input with any other element."""
    return _input(field, label, element, hint)


def _input(
    field: str,
    label: str,
    element: InputInteractiveElement,
    hint: str,
    *,
    is_optional: bool = False,
    tells: bool = False,
) -> Input:
    block = InputBlock(
        block_id=field,
        label=label,
        element=element,
        hint=hint or None,
        optional=is_optional,
        dispatch_action=True if tells else None,
    )
    return block.to_dict()


@dataclass(frozen=True, slots=True)
class Typed:
    """What is in a modal's inputs now, by block_id."""

    values: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Self:
        """Read the state of a view, as Slack sends it."""
        state = view["state"]["values"]
        return cls({block_id: next(iter(actions.values()), {}) for block_id, actions in state.items()})

    def text(self, field: str) -> str:
        """Return what was typed."""
        return str(self.values[field].get("value") or "")

    def selected(self, field: str) -> str:
        """Return the value of the option that was chosen."""
        return str(self.values[field]["selected_option"]["value"])

    def people(self, field: str) -> tuple[str, ...]:
        """Return the ids of the people who were chosen."""
        return tuple(self.values[field].get("selected_users") or ())

    def channel(self, field: str) -> str:
        """Return the id of the conversation that was chosen, or an empty string."""
        return str(self.values[field].get("selected_conversation") or "")

    def is_ticked(self, field: str) -> bool:
        """Say whether a box was ticked."""
        return bool(self.values[field].get("selected_options"))

    def ticked(self, field: str) -> frozenset[str]:
        """Return the values of the boxes that were ticked."""
        return frozenset(str(option["value"]) for option in self.values[field].get("selected_options") or ())

    def moment(self, step: str) -> Moment:
        """Return the weekday and time of a step."""
        chosen = self.values[f"{step}.at"].get("selected_time") or EMPTIED_TIME
        return Moment(int(self.selected(f"{step}.weekday")), time.fromisoformat(chosen))
