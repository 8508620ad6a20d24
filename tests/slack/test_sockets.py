"""Leaving Slack's socket."""

import time
from queue import Queue
from types import SimpleNamespace
from typing import cast

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack.sockets import leave


class Stubborn:
    """A connection whose reader takes back once that it is to end, as the one of Slack's SDK does at its beginning."""

    def __init__(self) -> None:
        """Be open."""
        self.state = SimpleNamespace(terminated=False)
        self.client = SimpleNamespace(closed=False, message_queue=Queue[None](), current_session_state=self.state)
        self.is_open = True

    def close(self) -> None:
        """Wait for the reader."""
        self.state.terminated = False
        while not self.state.terminated:
            time.sleep(0.001)
        self.is_open = False


@pytest.mark.timeout(20)
def test_a_reader_that_has_just_begun_is_told_until_it_ends() -> None:
    """Leaving does not wait for it for ever."""
    connection = Stubborn()

    leave(cast("SocketModeHandler", connection), seconds=10)

    assert not connection.is_open
    assert connection.client.closed
