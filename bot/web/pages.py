"""The pages for people and machines: for now, whether the bot is well."""

from http import HTTPStatus

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from bot.log import get_logger
from storage import schema
from storage.database import Database


def create_pages(database: Database) -> Flask:
    """Return the Flask application."""
    pages = Flask("weeknotes", static_folder=None)

    @pages.get("/healthz")
    def healthz() -> ResponseReturnValue:
        """Say whether the database answers and has the schema this code is written for."""
        problem = _problem(database)
        return jsonify(status=problem or "ok"), HTTPStatus.SERVICE_UNAVAILABLE if problem else HTTPStatus.OK

    return pages


def _problem(database: Database) -> str:
    """Return what is wrong in a few words that tell a stranger nothing, or an empty string."""
    try:
        return "" if schema.is_current(database) else "the database needs `weeknotes db upgrade`"
    except Exception as error:  # noqa: BLE001 - whatever keeps a database from answering, the health page says so
        get_logger(__name__).warning("database_unreachable", error=type(error).__name__)
        return "the database does not answer"
