"""Empty databases with today's schema, as many as are wanted, each of them thrown away after use."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bot import upkeep
from bot.config import Settings
from tests.support.postgres import PostgresServer, postgres_server

Databases = Callable[[Path], AbstractContextManager[str]]
"""Gives the URL of a database, which may keep what it needs in a folder."""


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    """Give databases of a kind: `sqlite` or `postgres`."""
    if kind == "sqlite":
        template = folder / "template.sqlite3"
        migrate(f"sqlite:///{template}")
        yield copies(template)
        return
    with postgres_server() as server:
        name = server.create()
        migrate(server.url(name))
        yield clones(server, name)


def copies(template: Path) -> Databases:
    """Give copies of a SQLite file."""

    @contextmanager
    def copied(folder: Path) -> Iterator[str]:
        yield f"sqlite:///{shutil.copy(template, folder / 'weeknotes.sqlite3')}"

    return copied


def clones(server: PostgresServer, template: str) -> Databases:
    """Give clones of a PostgreSQL database."""

    @contextmanager
    def cloned(_folder: Path) -> Iterator[str]:
        name = server.create(template)
        yield server.url(name)
        server.drop(name)

    return cloned


def migrate(url: str) -> None:
    """Bring a database up to date."""
    upkeep.migrate(Settings(database_url=url))
