"""Public holidays, as people see them: the input for a country, and the form in which somebody chooses theirs."""

from typing import Any

from bot.domain.holidays import LONGEST_NAME, name_of
from bot.rendering.blocks import section
from bot.rendering.environments import Templates
from bot.rendering.inputs import Input, text_input

CALLBACK_ID = "contributor.country"


def country_input(country: str, label: str, hint: str) -> Input:
    """Return the input for a country, or a part of one."""
    return text_input("country", label, name_of(country), LONGEST_NAME, hint=hint, is_optional=True)


def country_form(templates: Templates, country: str) -> dict[str, Any]:
    """Return the modal in which somebody chooses the country whose public holidays they have."""
    label = templates.label
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": label("holidays.title")},
        "submit": {"type": "plain_text", "text": label("away.save")},
        "close": {"type": "plain_text", "text": label("away.cancel")},
        "blocks": [
            section(templates.slack("country_form")),
            country_input(country, label("holidays.country"), label("holidays.country_hint")),
        ],
    }
