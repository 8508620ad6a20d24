"""What the workspace is made of, and the one error of Slack's API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace as Slack names it."""

    id: str = "T_TEAM"
    name: str = "Local preview"
    domain: str = "local-preview"


class SlackError(ValueError):
    """Slack said no: `code` is its own word for it, `messages` say what and where."""

    def __init__(self, code: str, *messages: str, **extra: object) -> None:
        """Keep the code, the messages of `response_metadata`, and further fields of the answer."""
        super().__init__(f"{code}: {'; '.join(messages)}" if messages else code)
        self.code = code
        self.messages = messages
        self.extra = extra


@dataclass(frozen=True, slots=True)
class App:
    """The app that is installed: what its manifest says and the secrets it holds.

    `client_id` and `client_secret` are for installing it by OAuth, which leads back to `redirect_url`.

    `events` are the bot events it subscribed to, by their manifest names (`message.im`); None means every event that
    its scopes allow. With a `request_url` everything is sent there, signed; without one it goes over Socket Mode.
    """

    name: str
    bot_token: str = "xoxb-local"  # noqa: S105 - secrets of a workspace that exists on this machine alone
    app_token: str = "xapp-local"  # noqa: S105
    signing_secret: str = "local-signing-secret"  # noqa: S105
    client_id: str = "1.1"
    client_secret: str = "local-client-secret"  # noqa: S105
    redirect_url: str | None = None
    scopes: Sequence[str] = ()
    commands: Sequence[Json] = ()
    shortcuts: Sequence[Json] = ()
    request_url: str | None = None
    events: Sequence[str] | None = None
    home_tab: bool = True
    messages_tab: bool = True
    app_id: str = "A_APP"
    bot_id: str = "B_BOT"
    bot_user: str = "U_BOT"


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment worth jumping to, as the page's clock control offers it."""

    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One request that came over the wire, with tokens taken out, and what was answered.

    `is_fault` where the answer was asked for by a test, whatever the request was.
    """

    method: str
    args: Json
    status: int
    response: Json
    at: datetime
    is_fault: bool = False


@dataclass(slots=True)
class Fault:
    """Something that goes wrong on the next `times` calls of a method (`*` is any method).

    Kinds: `ratelimited`, `error:<code>`, `http_<status>`, `timeout` (never answered, not done), `accept_then_timeout`
    (done, never answered), `drop` (the connection breaks, not done), `accept_then_drop` (done, then it breaks).
    `retry_after` is what goes with `ratelimited`, in seconds; with None Slack does not say how long.
    """

    method: str
    kind: str
    times: int = 1
    retry_after: int | None = 1

    def __post_init__(self) -> None:
        """Refuse a kind that does not exist."""
        known = ("ratelimited", "timeout", "accept_then_timeout", "drop", "accept_then_drop")
        if self.kind not in known and not self.kind.startswith(("error:", "http_")):
            raise ValueError(f"There is no fault of the kind {self.kind!r}.")
