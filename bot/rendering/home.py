"""The App Home's view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.editions import Edition
from bot.domain.series import Series
from bot.rendering.blocks import Blocks, actions, button, divider, section
from bot.rendering.environments import Templates

MOST_BLOCKS = 95
"""Slack takes 100 blocks in a Home; what does not fit is left to the channel and the thread."""


@dataclass(frozen=True, slots=True)
class Week:
    """One series as its contributor meets it this week. `own` is their part of the note so far."""

    series: Series
    edition: Edition
    asks: str
    goes_out: str
    total: int
    own: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Home:
    """Makes the Home's view from the templates."""

    templates: Templates

    def view(self, weeks: Sequence[Week]) -> dict[str, Any]:
        """Return the view: each series with what was given to it, within Slack's limit of blocks."""
        if not weeks:
            return {"type": "home", "blocks": [section(self.templates.slack("home_empty"))]}
        blocks: Blocks = []
        for week in weeks:
            blocks += [*([divider()] if blocks else []), *self._week(week)]
        return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}

    def _week(self, week: Week) -> Blocks:
        text = self.templates.slack(
            "home",
            series=week.series.name,
            period=week.edition.period,
            asks=week.asks,
            goes_out=week.goes_out,
            total=week.total,
            is_collecting=week.edition.state == "collecting",
        )
        form = actions(button("Answer in a form", "answer.form", {"edition": week.edition.id}))
        return [section(text), *week.own, {**form, "block_id": f"edition:{week.edition.id}"}]
