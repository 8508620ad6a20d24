"""Slack's socket: what the SDK's client of it lacks."""

import socket
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode import SocketModeHandler

LOOK_SECONDS = 0.01


def answer_at_once(client: Any, message: Mapping[str, Any], _raw: str | None) -> None:  # noqa: ANN401 - the SDK's
    """Have acknowledgements sent as they are given: a listener to what comes in, for each connection's `hello`.

    As a rule TCP keeps what is short back until the last that was sent has been received, which the other side may
    say with its next event only, or 40 ms later (RFC 896, RFC 1122 4.2.3.2).
    """
    session = client.current_session if message.get("type") == "hello" else None
    if session and session.sock:  # it may be gone already
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def leave(handler: "SocketModeHandler", seconds: float) -> None:
    """Close the connection, within so many seconds: the SDK's own `close` may take a second, or for ever.

    What reads from it looks once a second whether it is to end, unless something wakes it. When it has just begun, it
    takes back that it is to end, and never would: so it is told until it has.
    """
    client = handler.client
    client.closed = True
    client.message_queue.put(None)  # no message, and the SDK knows that
    closing = threading.Thread(target=handler.close, name="leaving", daemon=True)
    closing.start()
    ends = time.monotonic() + seconds
    while closing.is_alive() and time.monotonic() < ends:
        client.current_session_state.terminated = True
        closing.join(LOOK_SECONDS)
