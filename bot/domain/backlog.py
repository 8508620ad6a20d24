"""What waits to be done: figures for whoever watches over the bot."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many deliveries are in each state, and how long the oldest thing that could be done now has waited.

    The lags are in seconds, 0 when nothing waits: of steps since they fell due, of deliveries since they might go out.
    """

    deliveries: Mapping[str, int]
    step_lag: float
    delivery_lag: float
