"""What people do with the app's things, as payloads, and what the app's acknowledgements do in return."""

from collections.abc import Callable

from fakeslack import inputs, messages, texts, views
from fakeslack.blocks import check_message
from fakeslack.model import Json, SlackError
from fakeslack.outbox import Delivery
from fakeslack.tokens import Trigger
from fakeslack.workspace import SLACKBOT, Workspace, kind_of

OnAnswer = Callable[[Delivery], None]
_NAMES = {"im": "directmessage", "group": "privategroup", "mpim": "privategroup"}


def channel_name(channel: Json) -> str:
    """Return a conversation's name as payloads give it: private ones are not named."""
    return _NAMES.get(kind_of(channel)) or str(channel["name"])


def hand_out(ws: Workspace, kind: str, name: str, payload: Json, on_answer: OnAnswer | None = None) -> Delivery:
    """Send a command or an interaction to the app."""
    return ws.outbox.hand_out(Delivery(kind, name, payload, ws.clock.now(), on_answer))


def base(ws: Workspace, kind: str, user: Json) -> Json:
    """Return what every interaction's payload says."""
    who = {"id": user["id"], "username": user["name"], "name": user["name"], "team_id": ws.team.id}
    return {
        "type": kind,
        "user": who,
        "api_app_id": ws.installed.app_id,
        "token": "local-verification-token",
        "team": {"id": ws.team.id, "domain": ws.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(ws: Workspace, user: Json, channel: Json, name: str, text: str) -> Delivery:
    """Send a slash command."""
    path = ws.response_urls.give(user["id"], channel["id"])
    payload = {
        "token": "local-verification-token",
        "team_id": ws.team.id,
        "team_domain": ws.team.domain,
        "channel_id": channel["id"],
        "channel_name": channel_name(channel),
        "user_id": user["id"],
        "user_name": user["name"],
        "command": name,
        "text": text,
        "api_app_id": ws.installed.app_id,
        "is_enterprise_install": "false",
        "response_url": ws.url + path,
        "trigger_id": ws.triggers.give(user["id"], channel=channel["id"]),
    }

    def answered(delivery: Delivery) -> None:
        with ws.lock:
            _command_answered(ws, user, channel, delivery)

    return hand_out(ws, "slash_commands", f"{name} {text}".strip(), payload, answered)


def message_action(ws: Workspace, user: Json, channel: Json, message: Json, callback_id: str) -> Delivery:
    """Send a message shortcut."""
    path = ws.response_urls.give(user["id"], channel["id"], ts=message["ts"])
    payload = {
        **base(ws, "message_action", user),
        "callback_id": callback_id,
        "trigger_id": ws.triggers.give(user["id"], channel=channel["id"]),
        "response_url": ws.url + path,
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        "message": messages.shown(ws, message),
        "message_ts": message["ts"],
        "action_ts": ws.ts(),
    }
    return hand_out(ws, "interactive", callback_id, payload)


def shortcut(ws: Workspace, user: Json, callback_id: str) -> Delivery:
    """Send a global shortcut."""
    trigger_id = ws.triggers.give(user["id"])
    payload = {**base(ws, "shortcut", user), "callback_id": callback_id, "trigger_id": trigger_id}
    return hand_out(ws, "interactive", callback_id, {**payload, "action_ts": ws.ts()})


def message_block_actions(ws: Workspace, user: Json, channel: Json, message: Json, action: Json) -> Delivery:
    """Send what a person did with an element of a message."""
    is_ephemeral = bool(message.get("is_ephemeral"))
    path = ws.response_urls.give(user["id"], channel["id"], ts=message["ts"], is_ephemeral=is_ephemeral)
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"]}
    thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
    typed = views.typed(ws, f"{user['id']}/{channel['id']}/{message['ts']}")
    payload = {
        **base(ws, "block_actions", user),
        "container": {**container, **thread, "is_ephemeral": is_ephemeral},
        "trigger_id": ws.triggers.give(user["id"], channel=channel["id"]),
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        **({} if is_ephemeral else {"message": messages.shown(ws, message)}),
        "state": {"values": inputs.values(message.get("blocks", []), typed, channel["id"])},
        "response_url": ws.url + path,
        "actions": [action],
    }
    return hand_out(ws, "interactive", str(action["action_id"]), payload)


def view_block_actions(ws: Workspace, user: Json, view: Json, action: Json) -> Delivery:
    """Send what a person did with an element of a modal or of App Home."""
    payload = {
        **base(ws, "block_actions", user),
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": ws.triggers.give(user["id"], channel=view["origin"], view=view["id"]),
        "view": views.shown(ws, view),
        "actions": [action],
    }
    return hand_out(ws, "interactive", str(action["action_id"]), payload)


def view_submission(ws: Workspace, user: Json, view: Json) -> Delivery:
    """Send a modal that a person submitted."""
    trigger_id = ws.triggers.give(user["id"], channel=view["origin"], view=view["id"])
    payload = {**base(ws, "view_submission", user), "trigger_id": trigger_id, "view": views.shown(ws, view)}

    def answered(delivery: Delivery) -> None:
        with ws.lock:
            _submission_answered(ws, view, delivery)

    return hand_out(ws, "interactive", view["callback_id"], {**payload, "response_urls": []}, answered)


def view_closed(ws: Workspace, user: Json, view: Json, *, is_cleared: bool) -> None:
    """Tell the app that a person closed a modal, if it asked to know."""
    if view["notify_on_close"]:
        payload = {**base(ws, "view_closed", user), "view": views.shown(ws, view), "is_cleared": is_cleared}
        hand_out(ws, "interactive", f"{view['callback_id']} closed", payload)


def _command_answered(ws: Workspace, user: Json, channel: Json, delivery: Delivery) -> None:
    if delivery.state != "acknowledged":
        code = "operation_timeout" if delivery.attempts == ["timeout"] else "dispatch_failed"
        text = f"{delivery.payload['command']} failed with the error “{code}”"
        messages.whisper(ws, user["id"], channel["id"], {"user": SLACKBOT, "text": text})
        return
    answer = delivery.answer or {}
    if answer.get("text") or answer.get("blocks"):
        ws.blocks_seen.append({"surface": "message", "method": "ack", **answer})
        respond(ws, user["id"], channel, answer)


def respond(ws: Workspace, user: str, channel: Json, answer: Json) -> None:
    """Show the app's answer to a person, or to the channel when it says `in_channel`."""
    blocks = answer.get("blocks") or []
    problems = [p for p in check_message(blocks, answer.get("text")) if p.code != "msg_blocks_too_long"]
    if problems:
        ws.problems.append(f"An answer was refused: {'; '.join(map(str, problems))}")
        raise SlackError(problems[0].code, *map(str, problems))
    app = ws.installed
    body: Json = {"user": app.bot_user, "bot_id": app.bot_id, "text": texts.stored(answer.get("text") or "")}
    if blocks:
        body["blocks"] = texts.stored_blocks(blocks, ws.fresh("b"))
    if answer.get("thread_ts"):
        body["thread_ts"] = answer["thread_ts"]
    if answer.get("response_type") == "in_channel":
        messages.post(ws, channel, {**body, "app_id": app.app_id})
    else:
        messages.whisper(ws, user, channel["id"], body)


def _submission_answered(ws: Workspace, view: Json, delivery: Delivery) -> None:
    if delivery.state != "acknowledged":
        return
    answer = delivery.answer or {}
    action = answer.get("response_action")
    try:
        _apply(ws, view, action, answer)
    except SlackError as error:
        ws.problems.append(f"response_action {action} was refused: {error}")


def _apply(ws: Workspace, view: Json, action: str | None, answer: Json) -> None:
    user = view["user"]
    current = ws.store.get("views", view["id"])
    if action == "errors":
        _check_errors(view, answer.get("errors"))
    elif action == "clear":
        views.close_all(ws, user)
    elif action == "update" and current is not None:
        views.check(ws, answer["view"], "response_action")
        views.update(ws, current, answer["view"], None)
    elif action == "push":
        views.check(ws, answer["view"], "response_action")
        views.push(ws, Trigger(user, view["origin"], view["id"], 0.0), answer["view"], is_new=False)
    elif action is None and current is not None and views.stack(ws, user)[-1:] == [view["id"]]:
        views.close(ws, user)
    elif action is not None and current is not None:
        raise SlackError("invalid_arguments", f"[ERROR] unknown response_action: {action}")


def _check_errors(view: Json, errors: object) -> None:
    known = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= known:
        raise SlackError("invalid_arguments", f"[ERROR] errors must name input blocks of the view: {errors}")
