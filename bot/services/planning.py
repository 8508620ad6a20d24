"""Planning: writing down which steps the editions of a series have, so that the schedule is data."""

from datetime import datetime

from bot.domain.planning import first_period, periods_to_plan, plan_steps
from bot.domain.series import Series
from storage import editions, people, steps
from storage.database import Session


def plan_series(session: Session, series: Series, *, now: datetime) -> None:
    """Plan the present and the next edition of a series, moving steps that are still due to where they now belong.

    A new series starts with the first period it can still ask for.
    """
    known = {edition.period for edition in editions.unfinished(session, series.workspace_id, series.id)}
    first = first_period(series.cadence, now)
    zones = people.zones(session, series.workspace_id, series.contributors)
    for period in periods_to_plan(series.cadence, now):
        if period in known or period >= first:
            edition = editions.create(session, series.workspace_id, series.id, period)
            steps.plan(session, edition, plan_steps(series.cadence, period, zones))
