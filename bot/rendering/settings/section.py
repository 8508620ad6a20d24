"""What a section of the settings is: its fields, and its reading of what was put into them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.series_forms import SeriesForm
from bot.rendering.blocks import Blocks
from bot.rendering.environments import Templates
from bot.rendering.inputs import Typed


@dataclass(frozen=True, slots=True)
class Section:
    """A section. `key` names its template in `templates/slack/settings`, which says how things stand, and its labels.

    `blocks` makes its inputs, `read` returns what is in them, by the fields of `SeriesForm`; the domain checks it.
    """

    key: str
    blocks: Callable[[Templates, SeriesForm], Blocks]
    read: Callable[[Typed], Mapping[str, Any]]
    fields: tuple[str, ...]
