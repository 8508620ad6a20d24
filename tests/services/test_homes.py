"""The Home of somebody who has seen a lot, on a database of each kind."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.domain.attempts import Sent
from bot.domain.homes import Leaf, Page
from bot.domain.workspaces import Workspace
from fakeslack.blocks import check_view
from storage.models import DeliveryRow
from tests.support.clocks import FrozenClock
from tests.support.opinion import objections
from tests.support.staff import Staff, T
from tests.support.years import Years

HOSTILE = "<!channel> *_~`&amp;<https://evil.example|x> " + "\u202e🏳️‍🌈" * 3 + "W" * 3_000


@pytest.fixture
def known(staff: Staff) -> Staff:
    """Give the services of a bot that knows where its workspace is."""
    staff.services.workspaces.installed(Workspace(T, "Team", url="https://team.slack.com/"))
    return staff


@pytest.fixture
def light(sqlite_url: str, clock: FrozenClock) -> Iterator[Staff]:
    """Give the same on SQLite alone, for what the database plays no part in."""
    made = Staff.of(sqlite_url, clock)
    made.services.workspaces.installed(Workspace(T, "Team", url="https://team.slack.com/"))
    yield made
    made.database.dispose()


def shown(staff: Staff, page: Page, occasion: str = "1") -> dict[str, Any]:
    """Show Ana a page of her Home, and return it."""
    staff.services.homes.show(T, "U_ANA", occasion, page)
    with staff.database.session() as session:
        delivery_id = session.exec(select(DeliveryRow.id).filter_by(key=f"home:U_ANA:{occasion}")).one()
    claim = staff.services.delivering.claim(T, delivery_id or 0)
    assert claim
    staff.services.delivering.record(claim, Sent())
    view: dict[str, Any] = claim.payload["view"]
    return view


@contextmanager
def counted(staff: Staff) -> Iterator[list[str]]:
    """Count the statements that reach the database."""
    found: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(staff.database.engine, "before_cursor_execute", count)
    try:
        yield found
    finally:
        event.remove(staff.database.engine, "before_cursor_execute", count)


def quickest(staff: Staff, name: str) -> float:
    """Return how long the Home takes, at best of three."""
    taken = []
    for n in range(3):
        begun = time.perf_counter()
        shown(staff, Page(), f"{name}{n}")
        taken.append(time.perf_counter() - begun)
    return min(taken)


def test_ten_series_with_a_hundred_editions_take_as_many_queries_as_one(known: Staff) -> None:
    """What is read depends neither on how many series there are nor on how many editions; nor does it take for ever."""
    Years(series=1, editions=60).write(known.database)
    with counted(known) as few:
        shown(known, Page())
    floor = quickest(known, "few")
    Years(first=2, series=9).write(known.database)
    with counted(known) as many:
        view = shown(known, Page(), "2")
    taken = quickest(known, "many")

    assert len(few) == len(many)
    assert len(many) < 45, many
    assert taken < 20 * floor + 0.2
    assert "*100 notes* in a row" in json.dumps(view)


def test_every_page_is_within_slacks_limits(light: Staff) -> None:
    """With ten series of a hundred editions, and with words as long and hostile as they come, Slack takes each page."""
    Years(words=HOSTILE, name=HOSTILE[:70], headline=HOSTILE[:150]).write(light.database)
    pages = [
        Page(),
        Page(Leaf.NOTES),
        Page(Leaf.NOTES, start=980),
        Page(Leaf.WEEK, edition_id=1_000),
        Page(Leaf.SERIES, start=5),
        Page(Leaf.WEEK, edition_id=77),
    ]
    views = [shown(light, page, str(n)) for n, page in enumerate(pages)]

    assert [] == [problem for view in views for problem in check_view(view)]
    assert [] == objections([{"view": view} for view in views])
    assert "https://team.slack.com/archives/C_0010/p" in json.dumps(views[1])


def test_more_series_than_a_page_holds_are_on_the_next(light: Staff) -> None:
    """Of twenty-three series ten are shown, then a button leads to the others; nothing is lost."""
    Years(series=23, editions=1, name="Series").write(light.database)
    pages = [shown(light, Page(Leaf.SERIES, start), str(start)) for start in (0, 10, 20)]
    headers = [b["text"]["text"] for page in pages for b in page["blocks"] if b["type"] == "header"]
    overview = shown(light, Page(), "overview")

    assert {f"Series {n}" for n in range(1, 24)} <= set(headers)
    assert "13 more series" in json.dumps(overview)
    assert [] == check_view(overview)
