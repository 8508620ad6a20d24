"""Slack's socket: leaving it, and answering on it at once."""

import socket
import time
from queue import Queue
from types import SimpleNamespace
from typing import cast

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack.sockets import answer_at_once, leave


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


def test_an_acknowledgement_does_not_wait_for_the_next_event() -> None:
    """Each new connection, of which Slack's `hello` tells, sends at once what is written to it."""
    with socket.socket() as first, socket.socket() as second:
        for each in (first, second):
            client = SimpleNamespace(current_session=SimpleNamespace(sock=each))
            answer_at_once(client, {"type": "events_api"}, None)
            assert not each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

            answer_at_once(client, {"type": "hello"}, None)

            assert each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
