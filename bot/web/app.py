"""The WSGI application: Bolt's own adapter for Slack's requests, and beside it Flask for everything else.

Going through Flask would halve how many events a second are taken.
"""

from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from slack_bolt import BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest

from bot.clock import Clock
from bot.metrics import Metrics
from bot.slack.bolt_app import SlackApp, request_of
from bot.web.guard import guarded
from bot.web.headers import with_headers
from bot.web.oauth import Installing, add_installing
from bot.web.pages import create_pages
from storage.database import Database

EVENTS_PATH = "/slack/events"


class _Handler(SlackRequestHandler):
    """Answers 400 to what is signed and makes no sense all the same."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        """Answer a request of Slack's."""
        made = request_of(request.get_body(), query=request.query_string, headers=request.get_headers())
        return self.app.dispatch(made) if made else BoltResponse(status=HTTPStatus.BAD_REQUEST)


def create_app(
    bolt: SlackApp, database: Database, clock: Clock, metrics: Metrics, installing: Installing | None = None
) -> WSGIApplication:
    """Return the application that serves Slack's requests and the pages, with those for installing where wanted."""
    events = guarded(_Handler(bolt, path=EVENTS_PATH), bolt.is_signed)
    pages = create_pages(database, clock, metrics)
    if installing:
        add_installing(pages, installing)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        chosen = events if environ.get("PATH_INFO") == EVENTS_PATH else pages
        return chosen(environ, start_response)

    return with_headers(application)


def create_watch(database: Database, clock: Clock, metrics: Metrics) -> WSGIApplication:
    """Return the application with the pages alone, for a process that Slack does not call."""
    return with_headers(create_pages(database, clock, metrics))
