"""The page on which somebody lets an app into a workspace."""

from html import escape
from urllib.parse import urlencode

from aiohttp import web

from fakeslack.workspace import Workspace

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Add {name}?</title>
<h1>Add {name}?</h1>
<p>It asks for: {scopes}</p>
<ul>
{choices}
</ul>
</html>
"""


def authorize(ws: Workspace, request: web.Request) -> web.Response:
    """Show a link for each workspace behind this address, and one for those who would rather not."""
    app, asked = ws.app, request.query
    scopes = [scope for scope in asked.get("scope", "").split(",") if scope]
    if app is None or asked.get("client_id") != app.client_id or app.redirect_url is None:
        raise web.HTTPBadRequest(text="Invalid client_id parameter, or the app has no redirect URL.")
    if not scopes or set(scopes) - set(app.scopes):
        raise web.HTTPBadRequest(text="Invalid permissions requested.")
    if asked.get("redirect_uri", app.redirect_url) != app.redirect_url:
        raise web.HTTPBadRequest(text="redirect_uri did not match any configured URIs.")
    state = asked.get("state", "")
    teams = [each.team for each in (ws, *ws.neighbours)]
    answers = {f"Allow in {team.name}": {"code": ws.codes.give(team.id), "state": state} for team in teams}
    answers["Cancel"] = {"error": "access_denied", "state": state}
    choices = [
        f'<li><a href="{escape(f"{app.redirect_url}?{urlencode(answer)}")}">{escape(words)}</a></li>'
        for words, answer in answers.items()
    ]
    shown = PAGE.format(name=escape(app.name), scopes=escape(", ".join(scopes)), choices="\n".join(choices))
    return web.Response(text=shown, content_type="text/html")
