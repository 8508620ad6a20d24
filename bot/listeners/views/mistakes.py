"""Where a form says what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import InvalidInputError
from bot.rendering.environments import Templates


def mistake(templates: Templates, error: InvalidInputError, view: Mapping[str, Any]) -> dict[str, str]:
    """Return the sentence at the input it belongs to, or at the first where the form has no such input."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    return {error.field if error.field in inputs else inputs[0]: templates.error(error)}
