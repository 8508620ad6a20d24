"""What every test may ask for: a clock that stands still, a migrated database of each kind, and golden files."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import upkeep
from bot.config import Settings
from storage.database import Database
from tests.support.clocks import FrozenClock
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.toured import Toured, toured_world

GOLDEN = Path(__file__).parent / "golden"
LONG = ("tests/machine", "tests/chaos", "tests/test_processes", "tests/scenarios/test_languages", "tests/browser")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: a worker that got it last would let the others wait."""
    items.sort(key=lambda item: not (item.get_closest_marker("xdist_group") or item.nodeid.startswith(LONG)))


@pytest.fixture
def clock() -> FrozenClock:
    """Give a clock standing at Monday 2 March 2026, 09:00 UTC."""
    return FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Give the PostgreSQL server of this test run."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """Give the name of a migrated database to copy."""
    name = postgres.create()
    _migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "weeknotes.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the URL of a migrated SQLite database of the test's own."""
    path = shutil.copy(sqlite_template, tmp_path / "weeknotes.sqlite3")
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """Give the URL of a migrated PostgreSQL database of the test's own."""
    name = postgres.create(template=postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a migrated database of the test's own: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give a migrated database of the test's own: the test runs once on each kind."""
    yield from _opened(database_url)


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """Give a migrated SQLite database, for tests in which the kind of database plays no part."""
    yield from _opened(sqlite_url)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    """Give a migrated PostgreSQL database, for what only PostgreSQL does."""
    yield from _opened(postgres_url)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give a database without a schema: the test runs once on each kind."""
    if request.param == "sqlite":
        yield from _opened(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    yield from _opened(server.url(name))
    server.drop(name)


@pytest.fixture(scope="session")
def toured(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Toured:
    """Give a workspace in which everything has been used, once, for the tests of the xdist group "tour"."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("tour") / "weeknotes.sqlite3")
    return toured_world(f"sqlite:///{path}")


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()


def _migrate(url: str) -> None:
    upkeep.migrate(Settings(database_url=url))


@pytest.fixture
def golden() -> Callable[[str, str], str]:
    """Give a function that returns what a golden file holds; with WEEKNOTES_UPDATE_GOLDEN=1 it writes it first."""

    def read(name: str, rendered: str) -> str:
        path = GOLDEN / name
        if os.environ.get("WEEKNOTES_UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(rendered, encoding="utf-8")
        return path.read_text(encoding="utf-8")

    return read
