"""The pages for machines: whether the process lives, whether it can do its work, and its figures."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from flask import Flask, Response, jsonify
from flask.typing import ResponseReturnValue

from bot.clock import Clock
from bot.domain.errors import DatabaseAwayError
from bot.log import get_logger
from bot.metrics import Metrics
from bot.services.watching import Watching
from storage import schema
from storage.database import Database
from storage.troubles import NO_ANSWER

T = TypeVar("T")
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LONGEST_PAUSE_SECONDS = 120
"""How long the clock may be silent before the process counts as stuck: several ticks."""


def create_pages(database: Database, clock: Clock, metrics: Metrics) -> Flask:
    """Return the Flask application."""
    pages = Flask("weeknotes", static_folder=None)
    watching = Watching(database, clock)

    @pages.get("/healthz")
    def healthz() -> ResponseReturnValue:
        """Say that the process lives. Starting it anew would not help a database that is away."""
        return jsonify(status="ok")

    @pages.get("/readyz")
    def readyz() -> ResponseReturnValue:
        """Say whether the database takes changes and has the right schema, and whether the clock, if here, ticks."""
        problem = _database_problem(database) or _clock_problem(clock, metrics)
        return jsonify(status=problem or "ok"), HTTPStatus.SERVICE_UNAVAILABLE if problem else HTTPStatus.OK

    @pages.get("/metrics")
    def prometheus() -> ResponseReturnValue:
        """Give the figures, as Prometheus reads them; an error of the database is a 503."""
        from bot.web import figures  # noqa: PLC0415 - Prometheus's library is slow to load, and few ask for it

        backlog = _answered(watching.backlog)
        if backlog is None:
            return Response("", HTTPStatus.SERVICE_UNAVAILABLE)
        return Response(figures.page(metrics, backlog), content_type=CONTENT_TYPE)

    return pages


def _database_problem(database: Database) -> str:
    """Return what is wrong in a few words that tell a stranger nothing of where it is, or an empty string."""
    try:
        database.try_to_write()
    except DatabaseAwayError as error:
        get_logger(__name__).warning("database_away", trouble=error.trouble)
        return error.trouble
    is_current = _answered(lambda: schema.is_current(database))
    if is_current is None:
        return NO_ANSWER
    return "" if is_current else "the database needs `weeknotes db upgrade`"


def _clock_problem(clock: Clock, metrics: Metrics) -> str:
    if metrics.last_tick and (clock.now() - metrics.last_tick).total_seconds() > LONGEST_PAUSE_SECONDS:
        return "the clock does not tick"
    return ""


def _answered(ask: Callable[[], T]) -> T | None:
    """Return what was asked of the database, or None when it does not answer."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever keeps a database from answering, the page says so
        get_logger(__name__).warning("database_unreachable", error=type(error).__name__)
        return None
