"""The tables of Procrastinate: `weeknotes db upgrade` makes them on PostgreSQL, and brings them up to date."""

from pathlib import Path

from procrastinate import App, SyncPsycopgConnector
from procrastinate.connector import BaseConnector

from bot.jobs.workers import conninfo

# The newest migration that a database has is kept as the comment of Procrastinate's main table.
FIND = """
SELECT to_regclass('procrastinate_jobs') IS NOT NULL AS is_there,
       obj_description(to_regclass('procrastinate_jobs'), 'pg_class') AS newest
"""


def apply_schema(url: str) -> bool:
    """Make or upgrade the tables. Returns whether there was anything to do."""
    app = App(connector=SyncPsycopgConnector(conninfo=conninfo(url), min_size=1, max_size=1))
    with app.open():
        connector = app.connector.get_sync_connector()
        found = connector.execute_query_one(FIND)
        migrations = _migrations(app)
        newest = migrations[-1].stem
        if not found["is_there"]:
            app.schema_manager.apply_schema()
        elif found["newest"] is None or found["newest"] >= newest:
            return False
        else:
            _run(connector, [path.read_text() for path in migrations if path.stem > found["newest"]])
        _run(connector, [f"COMMENT ON TABLE procrastinate_jobs IS '{newest}'"])
        return True


def is_applied(url: str) -> bool:
    """Say whether the tables are there."""
    app = App(connector=SyncPsycopgConnector(conninfo=conninfo(url), min_size=1, max_size=1))
    with app.open():
        return bool(app.connector.get_sync_connector().execute_query_one(FIND)["is_there"])


def _migrations(app: App) -> list[Path]:
    """Return the migrations that come with Procrastinate, oldest first."""
    return sorted(Path(app.schema_manager.get_migrations_path()).glob("*.sql"))


def _run(connector: BaseConnector, statements: list[str]) -> None:
    for statement in statements:
        connector.execute_query(statement.replace("%", "%%"))
