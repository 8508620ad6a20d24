"""The bot as a process of its own, told the time by a file: what tests kill. `python -m tests.support.bot_process`.

It is built as always, with three other values: a clock that reads the file, a pace that waits for nothing, and a quick
tick. With KILL_AT_COMMIT=n it dies by SIGKILL just before its n-th commit.
"""

import os
import signal
import sys
import threading
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, event

from bot import config, log
from bot.bootstrap import build
from tests.support.world import hurried

TICK_SECONDS = 0.25


class FileClock:
    """Tells the time that stands in a file."""

    def __init__(self, path: Path) -> None:
        """Know the file."""
        self._path = path

    def now(self) -> datetime:
        """Return the instant in the file, aware, in UTC."""
        return datetime.fromisoformat(self._path.read_text())


def main() -> None:
    """Run until killed, or until the parent closes standard input."""
    log.configure("error")
    clock = FileClock(Path(os.environ["CLOCK_FILE"]))
    runtime = build(config.load(), clock=clock, pace=hurried(), tick_seconds=TICK_SECONDS)
    last = int(os.environ.get("KILL_AT_COMMIT", "0"))
    commits = count(1)

    def committing(_connection: Connection) -> None:
        if next(commits) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(runtime.database.engine, "commit", committing)
    runtime.start(socket_mode=True)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.pause()


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
