"""The two pages for adding the app to a workspace: one leads to Slack, and Slack leads back to the other."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue

from bot.domain.workspaces import Workspace
from bot.rendering.environments import Templates
from bot.slack.manifest import REDIRECT_PATH
from bot.slack.oauth import GOOD_FOR, InstallError, OAuth

INSTALL_PATH = "/slack/install"
COOKIE = "weeknotes_state"


@dataclass(frozen=True, slots=True)
class Installing:
    """What the pages need: the way to Slack, their words, and whom to tell of a new workspace."""

    oauth: OAuth
    templates: Templates
    installed: Callable[[Workspace], None]


def add_installing(pages: Flask, installing: Installing) -> None:
    """Add the pages."""

    @pages.get(INSTALL_PATH)
    def install() -> ResponseReturnValue:
        """Lead to Slack's page. The browser keeps the state, which proves that the same one comes back."""
        state = installing.oauth.state()
        answer = redirect(installing.oauth.address(state))
        answer.set_cookie(COOKIE, state, max_age=GOOD_FOR, path="/slack", secure=True, httponly=True, samesite="Lax")
        return answer

    @pages.get(REDIRECT_PATH)
    def oauth_redirect() -> ResponseReturnValue:
        """Take the code that Slack gave, once. Nobody else's state, and no old one, gets as far as Slack."""
        state, kept = request.args.get("state", ""), request.cookies.get(COOKIE, "")
        answer = _finish(installing) if installing.oauth.is_good(state, kept) else _page(installing, "expired")
        answer.delete_cookie(COOKIE, path="/slack", secure=True, httponly=True, samesite="Lax")
        return answer


def _finish(installing: Installing) -> Response:
    code = request.args.get("code", "")
    if request.args.get("error") or not code:
        return _page(installing, "cancelled")
    try:
        workspace = installing.oauth.install(code)
    except InstallError as error:
        text = installing.templates.error(error)
        return _page(installing, "failed", text=text, status=HTTPStatus.BAD_GATEWAY)
    installing.installed(workspace)
    return _page(installing, "done", workspace=workspace.name or workspace.id, status=HTTPStatus.OK)


def _page(
    installing: Installing,
    outcome: str,
    *,
    text: str = "",
    status: HTTPStatus = HTTPStatus.BAD_REQUEST,
    **values: str,
) -> Response:
    """Return the page that says how it went."""
    label = installing.templates.label
    title, text = label(f"install.{outcome}_heading", **values), text or label(f"install.{outcome}_text")
    shown = installing.templates.html("web/page.html.j2", title=title, text=text)
    return Response(shown, status, content_type="text/html; charset=utf-8")
