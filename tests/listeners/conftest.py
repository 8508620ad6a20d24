"""A team's workspace with the real bot in it."""

from collections.abc import Iterator

import pytest

from tests.support.world import World, world


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a team's workspace with the bot in it, over signed HTTP, on SQLite; Wednesday 4 March 2026, 09:00."""
    with world(sqlite_url, is_http=True) as made:
        yield made
