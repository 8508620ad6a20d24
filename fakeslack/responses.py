"""response_url: the app's answers to one interaction."""

from fakeslack import interactions, messages, texts
from fakeslack.methods.chat import checked_blocks
from fakeslack.model import Json, SlackError
from fakeslack.tokens import ResponseUrl
from fakeslack.workspace import Workspace

FIELDS = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "metadata",
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
}


def respond(ws: Workspace, key: str, body: Json) -> None:
    """Take one answer."""
    url = ws.response_urls.take(key)
    unknown = sorted(set(body) - FIELDS)
    if unknown:
        raise SlackError("invalid_arguments", *(f"[ERROR] unknown argument: {name}" for name in unknown))
    channel = ws.channel(url.channel)
    if body.get("delete_original"):
        _delete(ws, url, channel)
        return
    if body.get("thread_ts") and (body.get("response_type") != "in_channel" or body.get("replace_original")):
        raise SlackError(
            "invalid_arguments", "[ERROR] thread_ts needs response_type in_channel and no replace_original"
        )
    if body.get("replace_original") and url.ts is not None:
        _replace(ws, url, channel, body)
        return
    ws.blocks_seen.append({"surface": "message", "method": "response_url", **body})
    interactions.respond(ws, url.user, channel, body)


def _delete(ws: Workspace, url: ResponseUrl, channel: Json) -> None:
    if url.ts is None:
        raise SlackError("invalid_arguments", "[ERROR] delete_original does not work for slash commands")
    if url.is_ephemeral:
        ws.store.drop(f"eph/{url.user}", url.ts)
        ws.changed("ephemeral", user=url.user, channel=channel["id"])
    else:
        messages.delete(ws, channel, _own(ws, url, channel))


def _replace(ws: Workspace, url: ResponseUrl, channel: Json, body: Json) -> None:
    blocks = checked_blocks(ws, body, "response_url", is_short=False)
    content = {"text": texts.stored(body.get("text") or ""), "blocks": blocks}
    if not url.is_ephemeral:
        messages.change(ws, channel, _own(ws, url, channel), ws.installed.bot_user, **content)
        return
    before = ws.store.get(f"eph/{url.user}", url.ts or "")
    if before is None:
        raise SlackError("message_not_found")
    ws.store.put(f"eph/{url.user}", before["ts"], {**before, **content})
    ws.changed("ephemeral", user=url.user, channel=channel["id"])


def _own(ws: Workspace, url: ResponseUrl, channel: Json) -> Json:
    message = messages.get(ws, channel["id"], url.ts or "")
    if message.get("bot_id") != ws.installed.bot_id:
        raise SlackError("cant_update_message")
    return message
