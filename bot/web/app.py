"""The WSGI application: Bolt's own adapter for Slack's requests, and beside it Flask for everything else.

Going through Flask would halve how many events a second are taken.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.clock import Clock
from bot.metrics import Metrics
from bot.slack.bolt_app import SlackApp
from bot.web.guard import guarded
from bot.web.headers import with_headers
from bot.web.oauth import Installing, add_installing
from bot.web.pages import create_pages
from storage.database import Database

EVENTS_PATH = "/slack/events"


def create_app(
    bolt: SlackApp, database: Database, clock: Clock, metrics: Metrics, installing: Installing | None = None
) -> WSGIApplication:
    """Return the application that serves Slack's requests and the pages, with those for installing where wanted."""
    events = guarded(SlackRequestHandler(bolt, path=EVENTS_PATH), bolt.is_signed)
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
