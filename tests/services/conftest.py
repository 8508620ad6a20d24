"""The services, on a database of each kind."""

from collections.abc import Iterator

import pytest

from tests.support.clocks import FrozenClock
from tests.support.staff import Staff


@pytest.fixture
def staff(database_url: str, clock: FrozenClock) -> Iterator[Staff]:
    """Give the services of a bot that never starts."""
    made = Staff.of(database_url, clock)
    yield made
    made.database.dispose()


@pytest.fixture
def crowded(postgres_url: str, clock: FrozenClock) -> Iterator[Staff]:
    """Give the same on PostgreSQL, where several transactions go on at once."""
    made = Staff.of(postgres_url, clock)
    yield made
    made.database.dispose()
