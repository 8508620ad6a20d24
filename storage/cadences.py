"""Cadences as they are kept with an edition that has one of its own."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.domain.cadence import Cadence, Moment

STEPS = ("ask", "remind", "draft", "publish")


def written(cadence: Cadence | None) -> dict[str, Any]:
    """Return a cadence as JSON takes it; empty when there is none."""
    if cadence is None:
        return {}
    moments: dict[str, Moment] = {step: getattr(cadence, step) for step in STEPS}
    return {
        "zone": cadence.zone,
        "anchor": cadence.anchor.isoformat(),
        "every_weeks": cadence.every_weeks,
        **{step: [moment.weekday, f"{moment.at:%H:%M}"] for step, moment in moments.items()},
    }


def read(kept: Mapping[str, Any]) -> Cadence | None:
    """Return a cadence that was kept."""
    if not kept:
        return None
    moments = {step: Moment(kept[step][0], time.fromisoformat(kept[step][1])) for step in STEPS}
    return Cadence(kept["zone"], date.fromisoformat(kept["anchor"]), kept["every_weeks"], **moments)
