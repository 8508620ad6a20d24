"""The floor of a start: a process that imports what the bot is made with, and serves."""

import sys
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import apscheduler.schedulers.background
import jinja2
import slack_bolt
import sqlmodel
from gunicorn.app.base import BaseApplication

LOADED = (apscheduler.schedulers.background, jinja2, slack_bolt, sqlmodel)


class Server(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn as the bot has it."""

    def load_config(self) -> None:
        """Listen where the command line says."""
        values = {"bind": [f"127.0.0.1:{sys.argv[1]}"], "worker_class": "gthread", "threads": 16, "loglevel": "warning"}
        for name, value in (values | {"control_socket_disable": True}).items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - gunicorn's own
        """Return what is served."""
        return answer


def answer(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Say that all is well."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


if __name__ == "__main__":
    Server().run()
