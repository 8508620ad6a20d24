"""What a person can do in the workspace."""

import copy
import uuid
from collections.abc import Iterable

from fakeslack import forms, inputs, interactions, messages, own_commands, views, writing
from fakeslack.events import emit
from fakeslack.forms import Values
from fakeslack.model import Json, SlackError
from fakeslack.workspace import SLACKBOT, Workspace
from fakeslack.writing import Upload

TROUBLE = "We had some trouble connecting. Try again?"


class Person:
    """Somebody in the workspace. What the app must answer at once (commands, submissions) waits for it."""

    def __init__(self, ws: Workspace, user_id: str) -> None:
        """Act as this user."""
        self._ws = ws
        self.id = ws.user(user_id)["id"]

    @property
    def user(self) -> Json:
        """Return the person as Slack describes people."""
        return copy.deepcopy(self._ws.user(self.id))

    def dm(self) -> str:
        """Return the id of this person's direct conversation with the bot."""
        with self._ws.lock:
            return str(self._ws.dm(self.id)["id"])

    def say(
        self,
        channel: str,
        text: str = "",
        thread_ts: str | None = None,
        blocks: list[Json] | None = None,
        files: Iterable[Upload] | None = None,
        *,
        broadcast: bool = False,
    ) -> Json:
        """Send a message, in a thread or not, and return it as stored."""
        with self._ws.lock:
            place = self._place(channel)
            body: Json = {
                "user": self.id,
                **writing.content(self._ws, text, blocks),
                "client_msg_id": str(uuid.uuid4()),
            }
            if thread_ts is not None:
                body["thread_ts"] = thread_ts
            if files:
                body |= {
                    "subtype": "file_share",
                    "files": [writing.upload(self._ws, self.id, each) for each in files],
                    "upload": False,
                }
            if not body["text"] and not files and not blocks:
                raise SlackError("no_text")
            message = messages.post(self._ws, place, body, broadcast=broadcast)
            self._read(place["id"], message["ts"])
            return messages.shown(self._ws, message)

    def edit(self, channel: str, ts: str, text: str, blocks: list[Json] | None = None) -> Json:
        """Change one's own message and return it as stored."""
        with self._ws.lock:
            place = self._place(channel)
            before = self._own(channel, ts, "cant_update_message")
            after = messages.change(
                self._ws, place, before, self.id, **{"blocks": [], **writing.content(self._ws, text, blocks)}
            )
            return messages.shown(self._ws, after)

    def delete(self, channel: str, ts: str) -> None:
        """Delete one's own message."""
        with self._ws.lock:
            place = self._place(channel)
            messages.delete(self._ws, place, self._own(channel, ts, "cant_delete_message"))

    def react(self, channel: str, ts: str, name: str) -> None:
        """Add a reaction."""
        with self._ws.lock:
            messages.react(self._ws, self._place(channel), ts, self.id, name)

    def unreact(self, channel: str, ts: str, name: str) -> None:
        """Take a reaction back."""
        with self._ws.lock:
            messages.unreact(self._ws, self._place(channel), ts, self.id, name)

    def click(
        self, channel: str, ts: str, action_id: str, selected: object = None, block_id: str | None = None
    ) -> None:
        """Press or choose something in a message: the first element with this action_id."""
        with self._ws.lock:
            place = self._place(channel)
            message = self._message(channel, ts)
            at = inputs.find(message.get("blocks", []), action_id, block_id)
            typed = views.typed(self._ws, f"{self.id}/{channel}/{ts}")
            action = forms.act(self._ws, at, selected, typed)
            if forms.dispatches(at.block):
                interactions.message_block_actions(self._ws, self.user, place, message, action)

    def click_view(
        self,
        view_id: str,
        action_id: str,
        selected: object = None,
        state: Values | None = None,
        block_id: str | None = None,
    ) -> None:
        """Press or choose something in a modal or on App Home, `state` is typed first."""
        with self._ws.lock:
            view = views.get(self._ws, view_id)
            forms.type_into(self._ws, view, state or {})
            at = inputs.find(view["blocks"], action_id, block_id)
            action = forms.act(self._ws, at, selected, views.typed(self._ws, view_id))
            if forms.dispatches(at.block):
                interactions.view_block_actions(self._ws, self.user, view, action)

    def command(self, name: str, text: str, channel: str) -> Json | None:
        """Run a slash command; return what the app answered at once, if anything."""
        with self._ws.lock:
            place = self._place(channel)
            if name == own_commands.INVITE:
                return own_commands.invite(self._ws, self.id, place, text)
            known = {each["command"]: each for each in self._commands()}
            if name not in known:
                text = f"{name} is not a valid command."
                return messages.whisper(self._ws, self.id, channel, {"user": SLACKBOT, "text": text})
            given = writing.typed(self._ws, text).text if known[name].get("should_escape") else text
            delivery = interactions.command(self._ws, self.user, place, name, given.strip())
        answer = self._ws.outbox.wait(delivery).answer
        return answer or None

    def shortcut(self, callback_id: str, channel: str | None = None, ts: str | None = None) -> None:
        """Run a shortcut: on a message if one is named, else a global one."""
        with self._ws.lock:
            kind = "global" if ts is None else "message"
            wanted = (callback_id, kind)
            if wanted not in [(each["callback_id"], each["type"]) for each in self._ws.installed.shortcuts]:
                raise LookupError(f"The app has no {kind} shortcut {callback_id!r}.")
            if channel is None or ts is None:
                interactions.shortcut(self._ws, self.user, callback_id)
                return
            place = self._place(channel)
            message = messages.get(self._ws, channel, ts)
            interactions.message_action(self._ws, self.user, place, message, callback_id)

    def open_home(self, tab: str = "home") -> None:
        """Look at the app's Home tab, or its Messages tab."""
        with self._ws.lock:
            home = views.home(self._ws, self.id)
            event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.dm(), "tab": tab}
            if tab == "home" and home is not None:
                event["view"] = views.shown(self._ws, home)
            emit(self._ws, {**event, "event_ts": self._ws.ts()})

    def home(self) -> Json | None:
        """Return the App Home that this person sees."""
        with self._ws.lock:
            home = views.home(self._ws, self.id)
            return copy.deepcopy(views.shown(self._ws, home)) if home else None

    def view(self) -> Json | None:
        """Return the top open modal."""
        with self._ws.lock:
            view = views.top(self._ws, self.id)
            return copy.deepcopy(views.shown(self._ws, view)) if view else None

    def views(self) -> list[Json]:
        """Return the stack of open modals, the top one last."""
        with self._ws.lock:
            found = [views.get(self._ws, view_id) for view_id in views.stack(self._ws, self.id)]
            return [copy.deepcopy(views.shown(self._ws, view)) for view in found]

    def submit(self, values: Values | None = None) -> Json:
        """Type values ({block_id: {action_id: value}}) into the top modal and submit it; return its errors."""
        with self._ws.lock:
            view = self._top()
            if not view["submit"]:
                raise SlackError("invalid_arguments", "this view has no submit button")
            forms.type_into(self._ws, view, values or {})
            complaints = forms.complaints(self._ws, view)
            if complaints:
                return {"errors": complaints}
            delivery = interactions.view_submission(self._ws, self.user, view)
        self._ws.outbox.wait(delivery)
        if delivery.state != "acknowledged":
            return {"errors": {"": TROUBLE}}
        answer = delivery.answer or {}
        return {"errors": answer["errors"]} if answer.get("response_action") == "errors" else {}

    def close_view(self) -> None:
        """Close the top modal, or all of them if it says so."""
        with self._ws.lock:
            view = self._top()
            is_cleared = view["clear_on_close"]
            closing = views.stack(self._ws, self.id)[::-1] if is_cleared else [view["id"]]
            for view_id in closing:
                closed = views.get(self._ws, view_id)
                interactions.view_closed(self._ws, self.user, closed, is_cleared=is_cleared)
                views.close(self._ws, self.id)

    def ephemerals(self, channel: str) -> list[Json]:
        """Return what only this person sees in a channel, oldest first."""
        with self._ws.lock:
            kept = self._ws.store.all(f"eph/{self.id}")
            return copy.deepcopy([each for each in kept if each["channel"] == channel])

    def join(self, channel: str) -> None:
        """Become a member of a public channel."""
        with self._ws.lock:
            place = self._ws.channel(channel)
            if place["is_private"]:
                raise SlackError("channel_not_found")
            messages.join(self._ws, place, self.id)

    def leave(self, channel: str) -> None:
        """Stop being a member of a channel."""
        with self._ws.lock:
            messages.leave(self._ws, self._ws.channel(channel), self.id)

    def invite(self, user_id: str, channel: str) -> None:
        """Make somebody, or the bot, a member of a channel one is in."""
        with self._ws.lock:
            messages.join(self._ws, self._place(channel), self._ws.user(user_id)["id"], inviter=self.id)

    def read(self, channel: str) -> None:
        """Have read everything in a channel."""
        with self._ws.lock:
            found = [message["ts"] for message in messages.all_of(self._ws, channel)]
            if found and found[-1] != self.last_read(channel):
                self._read(channel, found[-1])

    def last_read(self, channel: str) -> str:
        """Return the `ts` up to which this person has read a channel."""
        return str((self._ws.store.get("reads", f"{self.id}/{channel}") or {"ts": "0"})["ts"])

    def _read(self, channel: str, ts: str) -> None:
        self._ws.store.put("reads", f"{self.id}/{channel}", {"ts": ts})
        self._ws.changed("read", user=self.id, channel=channel)

    def _place(self, channel_id: str) -> Json:
        channel = self._ws.channel(channel_id)
        if self.id not in channel["members"]:
            raise SlackError("channel_not_found" if channel["is_private"] else "not_in_channel")
        if channel["is_archived"]:
            raise SlackError("is_archived")
        if channel.get("is_im") and not self._ws.installed.messages_tab:
            raise SlackError("messages_tab_disabled")
        return channel

    def _own(self, channel: str, ts: str, code: str) -> Json:
        message = messages.get(self._ws, channel, ts)
        if message["user"] != self.id:
            raise SlackError(code)
        return message

    def _message(self, channel: str, ts: str) -> Json:
        return self._ws.store.get(f"eph/{self.id}", ts) or messages.get(self._ws, channel, ts)

    def _top(self) -> Json:
        view = views.top(self._ws, self.id)
        if view is None:
            raise SlackError("not_found", "no modal is open")
        return view

    def _commands(self) -> list[Json]:
        app = self._ws.installed
        return list(app.commands) if "commands" in app.scopes else []
