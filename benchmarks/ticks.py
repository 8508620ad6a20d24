"""A tick with nothing due and nothing owed, of a bot that looks after many workspaces."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from benchmarks.figures import Figure, Scale, at_most, in_turns, seconds
from benchmarks.teams import WEDNESDAY, bot_on, folder, insert_all
from bot.runtime import Runtime
from storage import steps
from storage.models import DeliveryRow, EditionRow, SeriesRow, StepRow, WorkspaceRow

WORKSPACES, SERIES, PEOPLE = 1_000, 5, 5
ROUNDS = 101
ROW = f"a tick with nothing due, {WORKSPACES:,} workspaces × {SERIES} series"
Rows = Iterator[dict[str, Any]]


def measure(scale: Scale) -> list[Figure]:
    """Return the time of a tick beside that of one query of the index of due steps."""
    with folder() as place, bot_on(place / "tick.sqlite3") as bot:
        _fill(bot, scale.of(WORKSPACES, least=2))
        bot.tick()  # the first one of a day tidies up
        found = in_turns(scale.of(ROUNDS, least=3), {"tick": lambda: seconds(bot.tick), "floor": lambda: _query(bot)})
    return [Figure(ROW, found["tick"] * 1000, "ms", at_most(3), found["floor"] * 1000)]


def _query(bot: Runtime) -> float:
    """Ask once for a step that is due, by the index."""
    due = (col(StepRow.state) == steps.DUE, col(StepRow.due_at) <= WEDNESDAY)
    statement = select(col(StepRow.workspace_id)).where(*due)

    def ask() -> None:
        with bot.database.engine.connect() as connection:
            connection.execute(statement).all()

    return seconds(ask)


def _fill(bot: Runtime, count: int) -> None:
    """Write down workspaces with series whose steps fall due tomorrow, and which have been sent what was owed."""
    with bot.database.session() as session:
        insert_all(session, WorkspaceRow, _workspaces(count))
        insert_all(session, SeriesRow, _series(count))
        insert_all(session, EditionRow, _editions(count))
        insert_all(session, StepRow, _steps(count))
        insert_all(session, DeliveryRow, _deliveries(count))


def _workspaces(count: int) -> Rows:
    for number in range(count):
        yield {"id": f"T{number:06}", "scopes": "chat:write", "created_at": WEDNESDAY}


def _series(count: int) -> Rows:
    kinds = ("ask", "remind", "draft", "publish")
    times = {f"{kind}_weekday": 3 for kind in kinds} | {f"{kind}_at": time(10) for kind in kinds}
    texts = {"name": "Team", "zone": "Europe/London", "number_template": "#{count}", "title_template": "{number}"}
    for number in range(count * SERIES):
        place = {"workspace_id": _workspace_of(number), "channel_id": f"C{number:06}"}
        made = {"created_by": "U_ANA", "created_at": WEDNESDAY, "layout": "by_person", "anchor": date(2026, 3, 2)}
        yield {**place, **made, **texts, **times}


def _editions(count: int) -> Rows:
    period = {"period_start": date(2026, 3, 2), "period_end": date(2026, 3, 8)}
    for number in range(count * SERIES):
        yield {"workspace_id": _workspace_of(number), "series_id": number + 1, **period}


def _steps(count: int) -> Rows:
    tomorrow = WEDNESDAY + timedelta(days=1)
    for number in range(count * SERIES):
        place = {"workspace_id": _workspace_of(number), "edition_id": number + 1, "due_at": tomorrow}
        yield from ({**place, "kind": "ask", "user_id": f"U{person}"} for person in range(PEOPLE))
        yield from ({**place, "kind": kind} for kind in ("draft", "publish", "plan"))


def _deliveries(count: int) -> Rows:
    sent = {"kind": "prompt", "method": "chat.postMessage", "state": "sent", "not_before": WEDNESDAY}
    for number in range(count * SERIES):
        place = {"workspace_id": _workspace_of(number), "key": f"prompt:{number}", "channel": "U0"}
        yield {**place, **sent, "created_at": WEDNESDAY}


def _workspace_of(series_number: int) -> str:
    return f"T{series_number // SERIES:06}"
