"""A world for each way in and each database."""

from collections.abc import Iterator

import pytest

from tests.support.world import World, world


@pytest.fixture(params=[("sqlite_url", "socket"), ("postgres_url", "http")], ids=["run", "web"])
def team(request: pytest.FixtureRequest) -> Iterator[World]:
    """Give a team's workspace with the bot in it, as it is run: Socket Mode on SQLite, and HTTP on PostgreSQL."""
    database, way_in = request.param
    with world(request.getfixturevalue(database), is_http=way_in == "http") as made:
        yield made


@pytest.fixture(params=["socket", "http"])
def everywhere(request: pytest.FixtureRequest, database_url: str) -> Iterator[World]:
    """Give the same by every way in, on every database: for the main path."""
    with world(database_url, is_http=request.param == "http") as made:
        yield made


@pytest.fixture
def small(sqlite_url: str) -> Iterator[World]:
    """Give the same over Socket Mode on SQLite, for what does not depend on the way in or the database."""
    with world(sqlite_url) as made:
        yield made
