"""The App Home's view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.editions import Edition
from bot.domain.series import Series
from bot.rendering.away import Choices, choices_blocks
from bot.rendering.blocks import Blocks, actions, context, divider, header, section
from bot.rendering.environments import Templates
from bot.rendering.messages import form_button

MOST_BLOCKS = 85
"""Slack takes 100 blocks in a Home; what does not fit is left to the channel and the thread."""


@dataclass(frozen=True, slots=True)
class Week:
    """One series as its contributor meets it this week: `own` is their part of the note so far, `total` its answers."""

    series: Series
    edition: Edition
    asks: str
    is_asked: bool
    goes_out: str
    total: int
    own: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Home:
    """Makes the Home's view from the templates."""

    templates: Templates

    def view(self, weeks: Sequence[Week], choices: Choices) -> dict[str, Any]:
        """Return the view: each series with what was given to it, then their choices, within Slack's limits."""
        if not weeks and not choices.away:
            return {"type": "home", "blocks": [section(self.templates.slack("home_empty"))]}
        blocks: Blocks = []
        for week in weeks:
            blocks += [*([divider()] if blocks else []), *self._week(week)]
        tip = context(self.templates.slack("home_tip"))
        mine = choices_blocks(self.templates, choices)
        return {"type": "home", "blocks": [*blocks[:MOST_BLOCKS], divider(), *mine, divider(), tip]}

    def _week(self, week: Week) -> Blocks:
        text = self.templates.slack(
            "home",
            period=week.edition.period,
            asks=week.asks,
            goes_out=week.goes_out,
            total=week.total,
            is_asked=week.is_asked,
        )
        form = actions(form_button(self.templates, week.edition, has_given=week.total > 0))
        return [header(week.series.name), section(text), *week.own, {**form, "block_id": f"edition:{week.edition.id}"}]
