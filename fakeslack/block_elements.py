"""The interactive elements of Block Kit, and where each of them may stand."""

import re

from fakeslack.block_rules import (
    Check,
    Rule,
    Shape,
    boolean,
    exactly_one,
    items,
    matching,
    one_of,
    ordered,
    record,
    string,
    typed,
    whole,
)
from fakeslack.block_texts import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    HTTP_URL,
    OPTION,
    OPTION_GROUP,
    RICH_TEXT,
    SLACK_FILE,
    URL,
    among_options,
    any_text,
    option,
    plain_text,
)

_ID = string(255)
_ACTION: Shape = {"action_id": _ID}
_PLACEHOLDER: Shape = {"placeholder": plain_text(150)}
_MENU: Shape = {**_ACTION, **_PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": boolean}
_MANY: Shape = {**_MENU, "max_selected_items": whole(1)}
_INPUT: Shape = {**_ACTION, **_PLACEHOLDER, "focus_on_load": boolean, "dispatch_action_config": DISPATCH_CONFIG}
_CHOICE: Shape = {**_ACTION, "confirm": CONFIRM, "focus_on_load": boolean}
_RICH_OPTION = option(text=any_text(75))
_LISTED: Shape = {"options": items(OPTION, 100), "option_groups": items(OPTION_GROUP, 100)}
_CONVERSATION: Shape = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_DATE = matching(re.compile(r"\d{4}-\d\d-\d\d\Z").match, "a date as YYYY-MM-DD")
_TIME = matching(re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z").match, "a time as HH:mm")
_NUMBER = matching(re.compile(r"-?\d+(\.\d+)?\Z").match, "a number")

IMAGE_ELEMENT = record(
    {"alt_text": string(2000)},
    {"image_url": HTTP_URL, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
_BUTTON = record(
    {"text": plain_text(75)},
    {
        **_ACTION,
        "url": URL,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
_OVERFLOW = record({"options": items(option(url=True), 5)}, {**_ACTION, "confirm": CONFIRM})


def _menus() -> dict[str, Rule]:
    several = items(string(), low=0)
    reply = {"response_url_enabled": boolean}
    static = exactly_one("options", "option_groups")
    return {
        "static_select": record({}, {**_MENU, **_LISTED, "initial_option": OPTION}, static, among_options),
        "multi_static_select": record(
            {}, {**_MANY, **_LISTED, "initial_options": items(OPTION, 100)}, static, among_options
        ),
        "external_select": record({}, {**_MENU, "initial_option": OPTION, "min_query_length": whole(0)}),
        "multi_external_select": record(
            {}, {**_MANY, "initial_options": items(OPTION, 100), "min_query_length": whole(0)}
        ),
        "users_select": record({}, {**_MENU, "initial_user": string()}),
        "multi_users_select": record({}, {**_MANY, "initial_users": several}),
        "conversations_select": record({}, {**_MENU, **_CONVERSATION, **reply, "initial_conversation": string()}),
        "multi_conversations_select": record({}, {**_MANY, **_CONVERSATION, "initial_conversations": several}),
        "channels_select": record({}, {**_MENU, **reply, "initial_channel": string()}),
        "multi_channels_select": record({}, {**_MANY, "initial_channels": several}),
    }


def _choices() -> dict[str, Rule]:
    return {
        "checkboxes": record(
            {"options": items(_RICH_OPTION, 10)},
            {**_CHOICE, "initial_options": items(_RICH_OPTION, 10)},
            among_options,
        ),
        "radio_buttons": record(
            {"options": items(_RICH_OPTION, 10)},
            {**_CHOICE, "initial_option": _RICH_OPTION},
            among_options,
        ),
        "datepicker": record({}, {**_MENU, "initial_date": _DATE}),
        "timepicker": record({}, {**_MENU, "initial_time": _TIME, "timezone": string()}),
        "datetimepicker": record({}, {**_CHOICE, "initial_date_time": whole(0)}),
    }


def _inputs() -> dict[str, Rule]:
    lengths = {"min_length": whole(0, 3000), "max_length": whole(1, 3000)}
    return {
        "plain_text_input": record(
            {},
            {**_INPUT, **lengths, "multiline": boolean, "initial_value": string(3000, low=0)},
            ordered("min_length", "max_length"),
            _initial_fits,
        ),
        "email_text_input": record({}, {**_INPUT, "initial_value": string()}),
        "url_text_input": record({}, {**_INPUT, "initial_value": HTTP_URL}),
        "number_input": record(
            {"is_decimal_allowed": boolean},
            {**_INPUT, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        ),
        "rich_text_input": record({}, {**_INPUT, "initial_value": typed({"rich_text": RICH_TEXT})}),
        "file_input": _only_in_modals(record({}, {**_ACTION, "filetypes": items(string()), "max_files": whole(1, 10)})),
    }


def _initial_fits(check: Check, value: object, where: str) -> None:
    if isinstance(value, dict):
        initial, most = value.get("initial_value"), value.get("max_length")
        if isinstance(initial, str) and isinstance(most, int) and len(initial) > most:
            check.refuse(f"{where}/initial_value", f"must be less than {most + 1} characters")


def _only_in_modals(rule: Rule) -> Rule:
    def in_modals(check: Check, value: object, where: str) -> None:
        if check.surface != "modal":
            check.refuse(where, f"file_input is not allowed in a {check.surface}")
        rule(check, value, where)

    return in_modals


_PRESSED: dict[str, Rule] = {
    "button": _BUTTON,
    "overflow": _OVERFLOW,
    "workflow_button": record(
        {
            "text": plain_text(75),
            "workflow": record(
                {
                    "trigger": record(
                        {"url": URL},
                        {"customizable_input_parameters": items(record({"name": string(), "value": string()}))},
                    )
                }
            ),
        },
        {**_ACTION, "style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
}
_WITHOUT_DATETIME = {kind: rule for kind, rule in _choices().items() if kind != "datetimepicker"}

ACCESSORY = typed({**_PRESSED, **_menus(), **_WITHOUT_DATETIME, "image": IMAGE_ELEMENT})
ACTION_ELEMENT = typed({**_PRESSED, **_menus(), **_choices()})
INPUT_ELEMENT = typed({**_menus(), **_choices(), **_inputs()})
