"""What a person does on the page, as calls on the synchronous Person face."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Body: TypeAlias = Mapping[str, Any]
Act: TypeAlias = Callable[[Any, Body], Any]


@dataclass(frozen=True)
class Upload:
    """A file chosen in the message box."""

    name: str
    mimetype: str
    data: bytes

    def as_dict(self) -> dict[str, Any]:
        """Return it in the shape that `Person.say` takes."""
        return {"name": self.name, "mimetype": self.mimetype, "data": self.data}


def _say(person: Any, body: Body) -> Any:
    files: Sequence[Upload] = body.get("files", ())
    given = [file.as_dict() for file in files] or None
    return person.say(body["channel"], text=body["text"], thread_ts=body.get("thread_ts"), files=given)


def _edit(person: Any, body: Body) -> Any:
    return person.edit(body["channel"], body["ts"], body["text"])


def _delete(person: Any, body: Body) -> Any:
    return person.delete(body["channel"], body["ts"])


def _click(person: Any, body: Body) -> Any:
    return person.click(body["channel"], body["ts"], body["action_id"], selected=body.get("selected"), block_id=body.get("block_id"))


def _click_view(person: Any, body: Body) -> Any:
    return person.click_view(
        body["view_id"], body["action_id"], selected=body.get("selected"), state=body.get("state")
    )


def _command(person: Any, body: Body) -> Any:
    return person.command(body["command"], body["text"], body["channel"])


def _shortcut(person: Any, body: Body) -> Any:
    return person.shortcut(body["callback_id"], body["channel"], body["ts"])


def _submit(person: Any, body: Body) -> Any:
    return person.submit(values=body["values"])


def _close(person: Any, _body: Body) -> Any:
    return person.close_view()


def _open_home(person: Any, _body: Body) -> Any:
    return person.open_home()


def _read(person: Any, body: Body) -> Any:
    return person.mark_read(body["channel"])


ACTS: Mapping[str, Act] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "click": _click,
    "click_view": _click_view,
    "command": _command,
    "shortcut": _shortcut,
    "submit": _submit,
    "close_view": _close,
    "open_home": _open_home,
    "read": _read,
}
