"""One call of the Web API: token, scopes, arguments, the method itself, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fakeslack import arguments
from fakeslack.methods import METHODS, Method
from fakeslack.methods.registry import need
from fakeslack.model import Json, SlackError
from fakeslack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with."""

    status: int
    body: Json
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(ws: Workspace, name: str, token: str | None, given: Mapping[str, object]) -> Answer:
    """Run a method by name, in the workspace that the token is for."""
    ws = ws.home_of(token)
    try:
        with ws.lock:
            body = _run(ws, name, token, given)
    except SlackError as error:
        return refusal(error, _scope_headers(ws, token))
    return Answer(200, {"ok": True, **body}, _scope_headers(ws, token))


def refusal(error: SlackError, headers: Mapping[str, str] | None = None) -> Answer:
    """Return how an error is answered; being too fast is the one that has a status of its own."""
    body: Json = {"ok": False, "error": error.code}
    if error.messages:
        body["response_metadata"] = {"messages": list(error.messages)}
    retry_after = error.extra.get("retry_after")
    if retry_after is not None:
        return Answer(429, body, {**(headers or {}), "Retry-After": str(retry_after)})
    return Answer(200, {**body, **error.extra}, headers or {})


def _run(ws: Workspace, name: str, token: str | None, given: Mapping[str, object]) -> Json:
    found = METHODS.get(name)
    if found is None:
        raise SlackError("unknown_method", req_method=name)
    _authorize(ws, found, token)
    seconds = ws.rate_limits.wait_for(found.name)
    if seconds:
        raise SlackError("ratelimited", retry_after=seconds)
    for scope in found.scopes:
        need(ws, scope)
    rest = {argument: value for argument, value in given.items() if argument != "team_id"}
    if given.get("team_id", ws.team.id) != ws.team.id:  # clients may send it with every method
        raise SlackError("team_access_not_granted")
    return found.run(ws, arguments.check(found.arguments, rest))


def _authorize(ws: Workspace, found: Method, token: str | None) -> None:
    if found.caller == "anybody":
        return
    if not token:
        raise SlackError("not_authed")
    app = ws.app
    if app is None or token not in (app.bot_token, app.app_token):
        raise SlackError("invalid_auth")
    if not ws.is_installed:
        raise SlackError("account_inactive")
    wanted = app.app_token if found.caller == "app" else app.bot_token
    if token != wanted:
        raise SlackError("not_allowed_token_type")


def _scope_headers(ws: Workspace, token: str | None) -> dict[str, str]:
    app = ws.app
    return {"x-oauth-scopes": ",".join(app.scopes)} if app is not None and token == app.bot_token else {}
