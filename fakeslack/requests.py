"""Reading what comes in: a token and arguments from query, form, JSON or multipart."""

import json

from aiohttp import BasicAuth, web

from fakeslack.model import Json, SlackError


async def read(request: web.Request) -> tuple[str | None, Json]:
    """Return a call's token and its arguments."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await _json(request)
    elif request.method == "POST":
        form = await request.post()
        given |= {name: value for name, value in form.items() if isinstance(value, str)}
    token = given.pop("token", None)
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        given |= _client(bearer)
    return (bearer.strip() if scheme == "Bearer" else token), given


async def read_upload(request: web.Request) -> bytes:
    """Return the bytes of an upload: a raw body, or the first file of a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    raise SlackError("no_file_data")


def _client(credentials: str) -> Json:
    """Return who calls a method that takes an app's own secret."""
    try:
        client = BasicAuth.decode(f"Basic {credentials}")
    except ValueError:
        raise SlackError("invalid_auth") from None
    return {"client_id": client.login, "client_secret": client.password}


async def _json(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body
