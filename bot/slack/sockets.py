"""Leaving Slack's socket, at once and for sure: the SDK's own `close` may take a second, or for ever."""

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode import SocketModeHandler

LOOK_SECONDS = 0.01


def leave(handler: "SocketModeHandler", seconds: float) -> None:
    """Close the connection, within so many seconds.

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
