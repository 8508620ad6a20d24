"""What a person does on the page, as calls on the synchronous Person face."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from fakeslack.people import Person

Body: TypeAlias = Mapping[str, Any]
Act: TypeAlias = "Callable[[Person, Body], object]"


@dataclass(frozen=True)
class Upload:
    """A file chosen in the message box."""

    name: str
    mimetype: str
    data: bytes


def _say(person: "Person", body: Body) -> object:
    uploads: Sequence[Upload] = body.get("files", ())
    files = [asdict(upload) for upload in uploads] or None
    return person.say(body["channel"], text=body["text"], thread_ts=body.get("thread_ts"), files=files)


def _click(person: "Person", body: Body) -> None:
    selected, block_id = body.get("selected"), body.get("block_id")
    person.click(body["channel"], body["ts"], body["action_id"], selected=selected, block_id=block_id)


def _click_view(person: "Person", body: Body) -> None:
    given = {name: body.get(name) for name in ("selected", "state", "block_id")}
    person.click_view(body["view_id"], body["action_id"], **given)


ACTS: Mapping[str, Act] = {
    "say": _say,
    "edit": lambda person, body: person.edit(body["channel"], body["ts"], body["text"]),
    "delete": lambda person, body: person.delete(body["channel"], body["ts"]),
    "react": lambda person, body: person.react(body["channel"], body["ts"], body["name"]),
    "unreact": lambda person, body: person.unreact(body["channel"], body["ts"], body["name"]),
    "click": _click,
    "click_view": _click_view,
    "command": lambda person, body: person.command(body["command"], body["text"], body["channel"]),
    "shortcut": lambda person, body: person.shortcut(body["callback_id"], body["channel"], body["ts"]),
    "submit": lambda person, body: person.submit(values=body["values"]),
    "close_view": lambda person, _body: person.close_view(),
    "open_home": lambda person, _body: person.open_home(),
    "read": lambda person, body: person.read(body["channel"]),
    "join": lambda person, body: person.join(body["channel"]),
}
