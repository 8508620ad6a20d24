"""files.*: sending a file in three steps, and describing one."""

import mimetypes

from fakeslack import messages, texts
from fakeslack.methods.chat import checked_blocks, signed
from fakeslack.methods.registry import method, writable
from fakeslack.model import Json, SlackError
from fakeslack.workspace import Workspace


@method("files.getUploadURLExternal", "filename! length:int! alt_txt snippet_type", "files:write")
def get_upload_url(ws: Workspace, args: Json) -> Json:
    """Give the address that takes the bytes of a new file."""
    if args["length"] <= 0:
        raise SlackError("invalid_arguments", "[ERROR] must be greater than 0 [json-pointer:/length]")
    file = new_file(ws, args["filename"], ws.installed.bot_user, size=args["length"])
    ws.store.put("files", file["id"], {**file, "is_uploaded": False, "alt_txt": args.get("alt_txt", "")})
    return {"upload_url": f"{ws.url}/upload/v1/{file['id']}", "file_id": file["id"]}


@method(
    "files.completeUploadExternal",
    "files:list! channel_id channels initial_comment thread_ts blocks:list",
    "files:write",
)
def complete_upload(ws: Workspace, args: Json) -> Json:
    """Finish uploads, and share them in a channel if one is named."""
    found = [_uploaded(ws, each) for each in args["files"]]
    channels = [name for name in (args.get("channel_id"), *args.get("channels", "").split(",")) if name]
    for channel_id in channels:
        _share(ws, writable(ws, channel_id), found, args)
    return {"files": [messages.show_file(ws, file) for file in found]}


@method("files.info", "file! count:int page:int limit:int cursor", "files:read")
def info(ws: Workspace, args: Json) -> Json:
    """Describe a file."""
    file = ws.store.get("files", args["file"])
    if file is None:
        raise SlackError("file_not_found")
    return {"file": messages.show_file(ws, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def new_file(ws: Workspace, name: str, user: str, *, size: int, mimetype: str = "") -> Json:
    """Return a file as Slack describes files, not yet kept."""
    kind = mimetype or mimetypes.guess_type(name)[0] or "application/octet-stream"
    ending = name.rpartition(".")[2].lower() if "." in name else "text"
    facts = {"name": name, "title": name, "mimetype": kind, "filetype": ending, "pretty_type": ending.upper()}
    made = {"created": ws.seconds(), "timestamp": ws.seconds(), "user": user, "size": size}
    return {"id": ws.fresh("F"), **facts, **made, "mode": "hosted", "is_external": False, "is_public": False}


def receive(ws: Workspace, file_id: str, data: bytes) -> None:
    """Keep the bytes of a file that was announced."""
    file = ws.store.get("files", file_id)
    if file is None or file.get("is_uploaded", True):
        raise SlackError("file_not_found")
    ws.store.put_bytes(file_id, data)
    ws.store.put("files", file_id, {**file, "size": len(data), "is_uploaded": True})


def _uploaded(ws: Workspace, named: object) -> Json:
    if not isinstance(named, dict) or not isinstance(named.get("id"), str):
        raise SlackError("invalid_arguments", "[ERROR] must be objects with an id [json-pointer:/files]")
    file = ws.store.get("files", named["id"])
    if file is None or not file.get("is_uploaded"):
        raise SlackError("file_not_found", f"[ERROR] {named['id']} was not uploaded")
    return ws.store.put("files", file["id"], {**file, "title": named.get("title", file["title"])})


def _share(ws: Workspace, channel: Json, files: list[Json], args: Json) -> None:
    body = {**signed(ws), "subtype": "file_share", "files": files, "upload": True}
    body["text"] = texts.stored(args.get("initial_comment", ""))
    if "blocks" in args:
        body["blocks"] = checked_blocks(ws, {"blocks": args["blocks"]}, "files.completeUploadExternal")
    if "thread_ts" in args:
        body["thread_ts"] = args["thread_ts"]
    messages.post(ws, channel, body)
