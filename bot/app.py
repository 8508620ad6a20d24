"""The Bolt app: who may talk to it, what it listens to, and what people see when something goes wrong."""

import contextvars
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.domain.deliveries import Message
from bot.domain.errors import DatabaseAwayError, WeeknotesError
from bot.listeners import register
from bot.log import get_logger
from bot.metrics import Metrics
from bot.rendering.environments import Templates
from bot.services import Services
from bot.slack.bolt_app import SlackApp

P = ParamSpec("P")
T = TypeVar("T")
LISTENER_THREADS = 16
log = logging.getLogger(__name__)

Authorize = Callable[..., AuthorizeResult]


def create_app(
    *,
    client: WebClient,
    authorize: Authorize,
    signing_secret: str,
    services: Services,
    templates: Templates,
    metrics: Metrics,
) -> SlackApp:
    """Return the app with all its listeners. What a listener writes is committed before Slack gets its answer."""
    app = SlackApp(
        metrics,
        client=client,
        authorize=authorize,
        signing_secret=signing_secret,
        process_before_response=True,
        listener_executor=_ContextExecutor(LISTENER_THREADS),
    )
    _do_once(app, services)
    register(app, services, templates)
    _register_errors(app, services, templates)
    return app


class _ContextExecutor(ThreadPoolExecutor):
    """Runs listeners with the context (ids for the log) of the thread that received the request."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run `fn` in a copy of the present context."""
        context = contextvars.copy_context()
        return super().submit(lambda: context.run(fn, *args, **kwargs))


def _do_once(app: App, services: Services) -> None:
    @app.middleware
    def once(body: dict[str, Any], context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's name
        """Take what people press, send in and type no second time, should somebody have kept it on the way."""
        trigger_id = body.get("trigger_id")
        if trigger_id and services.repeating.is_repeated(context.team_id or "", str(trigger_id)):
            return BoltResponse(status=200)
        return next()


def _register_errors(app: App, services: Services, templates: Templates) -> None:
    @app.error
    def failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Tell the person in a sentence. A surprise shows an id that is in the log too, and Slack may try again."""
        if isinstance(error, DatabaseAwayError):
            return _put_off(templates, body, error)
        if isinstance(error, WeeknotesError):
            text = templates.error(error)
        else:
            error_id = secrets.token_hex(4)
            log.error("surprise %s: %s", error_id, type(error).__name__, exc_info=error)
            text = templates.slack("surprise", error_id=error_id)
        return _answer(services, templates, body, text) or BoltResponse(status=_status(error))


def _put_off(templates: Templates, body: dict[str, Any], error: DatabaseAwayError) -> BoltResponse:
    """Say that nothing can be kept, where an answer can say so; what else came in, Slack is to deliver again."""
    get_logger(__name__).error("database_away", trouble=error.trouble)
    text = templates.error(error)
    return _answer_at_once(templates, body, text) or BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)


def _status(error: Exception) -> int:
    """Return 200 for what was refused for good, 500 for what Slack should deliver again."""
    return 200 if isinstance(error, WeeknotesError) else 500


def _answer(services: Services, templates: Templates, body: dict[str, Any], text: str) -> BoltResponse | None:
    """Return the answer that shows a sentence where the person is: a command's answer, a form, or beside a button."""
    if answer := _answer_at_once(templates, body, text):
        return answer
    if body.get("response_url"):
        workspace_id = (body.get("team") or {}).get("id") or ""
        channel = (body.get("channel") or {}).get("id") or (body.get("user") or {}).get("id") or ""
        services.telling.respond(
            workspace_id,
            channel,
            body["response_url"],
            body.get("trigger_id") or "",
            Message(templates.slack("words", words=text)),
            is_replacing=False,
        )
        return BoltResponse(status=200)
    return None


def _answer_at_once(templates: Templates, body: dict[str, Any], text: str) -> BoltResponse | None:
    """Return the answer to a command or a form, which shows a sentence and takes nothing to be kept."""
    if body.get("command"):
        shown = {"response_type": "ephemeral", "text": templates.slack("words", words=text)}
        return BoltResponse(status=200, body=shown)
    return _beside_first_input(body["view"], text) if body.get("type") == "view_submission" else None


def _beside_first_input(view: dict[str, Any], text: str) -> BoltResponse:
    """Show a sentence in the form itself, which stays open with everything that was typed."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    return BoltResponse(status=200, body={"response_action": "errors", "errors": dict.fromkeys(inputs[:1], text)})
