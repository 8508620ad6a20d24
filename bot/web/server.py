"""The HTTP server: gunicorn with threads, one process, on the one address it was given and nothing else."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from wsgiref.types import WSGIApplication

import click
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.domain.errors import SettingError
from bot.web.patience import PatientWorker

THREADS = 16
GRACE_SECONDS = 8
"""How long requests that are being answered, and the bot's own ending, may take when the server is told to end."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is served, and what is called when serving ends."""

    application: WSGIApplication
    stop: Callable[[], None]


def serve(start: Callable[[], Served], host: str, port: int) -> None:
    """Serve what `start` returns until told to end. `start` is called in the process that serves.

    Raises SettingError when the address cannot be had.
    """
    _check_free(host, port)
    _Server(start, f"[{host}]:{port}" if ":" in host else f"{host}:{port}").run()


@contextmanager
def in_background(application: WSGIApplication, host: str, port: int) -> Iterator[None]:
    """Serve an application in a thread, for the few requests of those who watch over the bot.

    Raises SettingError when the address cannot be had.
    """
    _check_free(host, port)
    server = make_server(host, port, application, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, name="watch", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    """Serves without a line on the terminal for each request, and without telling what serves."""

    timeout = 10
    server_version = "weeknotes"
    sys_version = ""
    error_message_format = "%(code)d"
    error_content_type = "text/plain"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ANN401 - werkzeug's own
        """Say nothing, and repeat nothing that somebody sent."""


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn with its settings in code: no command line, no file, no variables of its own."""

    def __init__(self, start: Callable[[], Served], address: str) -> None:
        self._start = start
        self._address = address
        self._served: Served | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        for name, value in {
            "bind": [self._address],
            "worker_class": PatientWorker,
            "workers": 1,  # more processes are for whoever runs the bot to start, on PostgreSQL
            "threads": THREADS,
            "graceful_timeout": GRACE_SECONDS,
            "timeout": 30,
            "keepalive": 75,  # longer than proxies keep theirs, so that none of them meets a closed connection
            "control_socket_disable": True,
            "limit_request_line": 4094,
            "limit_request_fields": 50,
            "when_ready": self._welcome,
            "worker_exit": self._end,
            "loglevel": "warning",
            "proc_name": "weeknotes web",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """Start, in the process that serves. What is wrong with the settings ends the server, with a sentence."""
        try:
            self._served = self._start()
        except SettingError as error:
            sys.stderr.write(f"Error: {error}\n")
            sys.exit(Arbiter.APP_LOAD_ERROR)
        return self._served.application

    def _welcome(self, _server: Any) -> None:  # noqa: ANN401 - gunicorn's own
        click.echo(f"Listening on http://{self._address} for Slack's requests. Ctrl-C ends it.")

    def _end(self, _server: Any, _worker: Any) -> None:  # noqa: ANN401 - gunicorn's own
        if self._served:
            self._served.stop()


def _check_free(host: str, port: int) -> None:
    """Raise SettingError when the address cannot be had: gunicorn would try five times, and then say little."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise SettingError(
                f"The address {host}, port {port} cannot be listened on ({error.strerror}): "
                "set WEEKNOTES_HOST and PORT (or WEEKNOTES_HEALTH_PORT) to one that can."
            ) from error
