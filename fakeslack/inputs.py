"""What a person puts into the inputs of a modal or message, as the values of its `state`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fakeslack.model import Json

Compose = Callable[[str], Json]

MISSING = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of element with a value: what the value is called in `state`, and where its initial value stands."""

    name: str
    initial: str
    is_many: bool = False


KINDS = {
    "plain_text_input": Kind("value", "initial_value"),
    "rich_text_input": Kind("rich_text_value", "initial_value"),
    "number_input": Kind("value", "initial_value"),
    "email_text_input": Kind("value", "initial_value"),
    "url_text_input": Kind("value", "initial_value"),
    "static_select": Kind("selected_option", "initial_option"),
    "multi_static_select": Kind("selected_options", "initial_options", is_many=True),
    "external_select": Kind("selected_option", "initial_option"),
    "multi_external_select": Kind("selected_options", "initial_options", is_many=True),
    "users_select": Kind("selected_user", "initial_user"),
    "multi_users_select": Kind("selected_users", "initial_users", is_many=True),
    "conversations_select": Kind("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Kind("selected_conversations", "initial_conversations", is_many=True),
    "channels_select": Kind("selected_channel", "initial_channel"),
    "multi_channels_select": Kind("selected_channels", "initial_channels", is_many=True),
    "checkboxes": Kind("selected_options", "initial_options", is_many=True),
    "radio_buttons": Kind("selected_option", "initial_option"),
    "timepicker": Kind("selected_time", "initial_time"),
    "datepicker": Kind("selected_date", "initial_date"),
    "datetimepicker": Kind("selected_date_time", "initial_date_time"),
    "overflow": Kind("selected_option", "initial_option"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An element with an action_id, and the block it stands in."""

    block: Json
    element: Json

    @property
    def ids(self) -> tuple[str, str]:
        """Return its block_id and action_id."""
        return self.block["block_id"], self.element["action_id"]


def places(blocks: list[Json]) -> Iterator[Place]:
    """Return every element with an action_id, in order."""
    for block in blocks:
        inner = [block.get("element"), block.get("accessory")]
        inner += block["elements"] if block["type"] == "actions" else []
        for element in inner:
            if isinstance(element, dict) and "action_id" in element:
                yield Place(block, element)


def find(blocks: list[Json], action_id: str, block_id: str | None = None) -> Place:
    """Return the first element with this action_id, in this block where one is named.

    An app that has just shown the same once more gave its blocks new ids: whoever pressed at that moment means the
    element of this name, if there is but one. Raises LookupError with a sentence for who pressed, or who wrote a test.
    """
    named = [place for place in places(blocks) if place.element["action_id"] == action_id]
    if here := [place for place in named if block_id in (None, place.block["block_id"])]:
        return here[0]
    if len(named) == 1:
        return named[0]
    if block_id is not None:
        raise LookupError("That has just changed, and what you pressed is not there any more.")
    raise LookupError(f"There is no {action_id!r} here, only: {[p.element['action_id'] for p in places(blocks)]}")


def values(blocks: list[Json], typed: Mapping[tuple[str, str], Json], channel: str | None) -> Json:
    """Return `state.values`: what the person typed, else what was there at first."""
    found: Json = {}
    for place in places(blocks):
        kind = place.element["type"]
        if kind in KINDS and kind != "overflow":
            value = typed.get(place.ids) or _initial(place.element, channel)
            found.setdefault(place.ids[0], {})[place.ids[1]] = value
    return found


def given(element: Json, value: object, compose: Compose) -> Json:
    """Return a person's value for an element as `state` has it; ValueError if it cannot be chosen there."""
    kind = KINDS[element["type"]]
    if isinstance(value, dict) and (kind.name in value or value.get("type") == element["type"]):
        return {"type": element["type"], kind.name: value.get(kind.name)}
    if element["type"] == "rich_text_input" and isinstance(value, str):
        value = compose(value) if value else None
    elif kind.name in ("selected_option", "selected_options"):
        value = _chosen(element, value, is_many=kind.is_many)
    elif kind.is_many:
        value = [] if value is None else list(value)  # type: ignore[call-overload]
    elif element["type"] == "number_input" and value is not None:
        value = str(value)
    return {"type": element["type"], kind.name: None if value == "" else value}


def complaint(block: Json, value: Json) -> str | None:
    """Return what Slack's client would say of a value under its input, if anything."""
    element = block["element"]
    content = value.get(KINDS[element["type"]].name)
    if content is None or content == []:
        return None if block.get("optional") else MISSING
    if element["type"] == "plain_text_input":
        return _length_complaint(element, content)
    if element["type"] == "number_input":
        return _number_complaint(element, content)
    patterns = {"email_text_input": (_EMAIL, "email address"), "url_text_input": (_URL, "URL")}
    pattern, name = patterns.get(element["type"], (None, ""))
    if pattern is not None and not pattern.fullmatch(content):
        return f"Enter a valid {name}."
    most = element.get("max_selected_items")
    return f"Select no more than {most}." if most and len(content) > most else None


def _length_complaint(element: Json, content: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(content) > most:
        return f"This is longer than {most} characters."
    return f"Enter at least {least} characters." if len(content) < least else None


def _number_complaint(element: Json, content: str) -> str | None:
    if not _NUMBER.fullmatch(content) or ("." in content and not element["is_decimal_allowed"]):
        return "Enter a valid number."
    if "min_value" in element and float(content) < float(element["min_value"]):
        return f"Enter a number of at least {element['min_value']}."
    too_big = "max_value" in element and float(content) > float(element["max_value"])
    return f"Enter a number of at most {element['max_value']}." if too_big else None


def _initial(element: Json, channel: str | None) -> Json:
    kind = KINDS[element["type"]]
    value = element.get(kind.initial)
    if value is None and element.get("default_to_current_conversation"):
        value = [channel] if kind.is_many and channel else channel
    return {"type": element["type"], kind.name: [] if value is None and kind.is_many else value}


def options_of(element: Json) -> list[Json]:
    """Return the options of an element, those of its groups included."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _chosen(element: Json, value: object, *, is_many: bool) -> object:
    options = {option["value"]: option for option in options_of(element)}
    wanted = value if isinstance(value, list | tuple | set | frozenset) else [] if value is None else [value]
    keys = [each["value"] if isinstance(each, dict) else each for each in wanted]
    unknown = [key for key in keys if key not in options]
    if unknown:
        raise ValueError(f"{unknown} cannot be chosen in {element['action_id']!r}, only: {list(options)}")
    chosen = [options[key] for key in keys]
    return chosen if is_many else next(iter(chosen), None)
