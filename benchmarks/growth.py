"""How planning, composing and `status` grow from a hundred contributors to ten thousand."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack

from sqlalchemy import delete

from benchmarks.figures import Figure, Scale, at_most, in_turns, seconds
from benchmarks.teams import TEAM, bot_on, folder, give, series_of
from bot.domain.series import Series
from bot.runtime import Runtime
from bot.services.composing import whole_note
from storage import editions
from storage.models import StepRow

FEW, MANY = 100, 10_000
ROUNDS = 3
LINEAR = at_most(1.1)
Work = Callable[[Runtime, Series], float]


def measure(scale: Scale) -> list[Figure]:
    """Return the time of each for many, beside that for a few times as many as there are more."""
    few, many = scale.of(FEW, least=2), scale.of(MANY, least=20)
    figures = []
    with ExitStack() as stack:
        place = stack.enter_context(folder())
        bots = {count: stack.enter_context(bot_on(place / f"{count}.sqlite3")) for count in (few, many)}
        known = {count: _known(bot, count) for count, bot in bots.items()}
        for what, work in WORKS.items():
            measures = {str(count): lambda n=count, do=work: do(bots[n], known[n]) for count in (few, many)}
            found = in_turns(min(ROUNDS, scale.rounds), measures)
            linear = found[str(few)] * many / few
            row = f"{what} for {MANY:,} contributors, against {FEW}"
            figures.append(Figure(row, found[str(many)] * 1000, "ms", LINEAR, linear * 1000))
    return figures


def _known(bot: Runtime, count: int) -> Series:
    series = series_of(bot, count)
    with bot.database.session() as session:
        edition = editions.unfinished(session, TEAM, series.id)[0]
    give(bot, series, edition.id)
    return series


def _plan(bot: Runtime, series: Series) -> float:
    """Plan a series of which nothing is planned."""
    with bot.database.session() as session:
        session.execute(delete(StepRow))
    return seconds(lambda: bot.services.scheduling.plan(TEAM, series.id))


def _compose(bot: Runtime, series: Series) -> float:
    with bot.database.session() as session:
        edition = editions.unfinished(session, TEAM, series.id)[0]
        return seconds(lambda: whole_note(session, series, edition))


def _status(bot: Runtime, series: Series) -> float:
    return seconds(lambda: bot.services.reporting.status(TEAM, series.id, series.editors[0]))


WORKS: Mapping[str, Work] = {"planning": _plan, "composing": _compose, "status": _status}
