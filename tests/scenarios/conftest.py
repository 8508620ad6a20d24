"""A world for each way in and each database."""

from collections.abc import Iterator

import pytest

from tests.support.world import World, world


@pytest.fixture(params=["socket", "http"])
def team(request: pytest.FixtureRequest, database_url: str) -> Iterator[World]:
    """Give a team's workspace with the bot in it: over Socket Mode and HTTP, on SQLite and PostgreSQL."""
    with world(database_url, is_http=request.param == "http") as made:
        yield made


@pytest.fixture
def small(sqlite_url: str) -> Iterator[World]:
    """Give the same over Socket Mode on SQLite, for what does not depend on the way in or the database."""
    with world(sqlite_url) as made:
        yield made
