"""Gunicorn's worker with threads, which waits for nobody for ever: a request is in soon, or is cut off."""

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

REQUEST_SECONDS = 15
"""How long a request may take to come in. Slack, and whatever stands in front, send theirs at once."""


class PatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn ships no types
    """Without a limit, as many silent strangers as there are threads would keep Slack out."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - gunicorn's own
        """Be at work for nobody yet."""
        super().__init__(*args, **options)
        self._begun: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:  # noqa: ANN401 - gunicorn's own
        """Handle a request, in a thread, and note since when."""
        self._begun[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._begun[conn]

    def murder_keepalived(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - gunicorn's own
        """About once a second, stop listening to those who have not said everything by now. Answers still go out."""
        super().murder_keepalived(force)
        latest = time.monotonic() - REQUEST_SECONDS
        for conn, begun in list(self._begun.items()):
            if begun < latest:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
