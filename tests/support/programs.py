"""The command `weeknotes` as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 60


def environment(**variables: str) -> dict[str, str]:
    """Return this process's environment without the settings of whoever runs the tests, and with these."""
    ours = ("SLACK_", "WEEKNOTES_", "DATABASE_URL", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONPATH": str(ROOT), **variables}


def command(*arguments: str, first: str = "") -> list[str]:
    """Return how to run `weeknotes` with this Python, from any directory; what is to be done `first` is Python too."""
    return [sys.executable, "-c", f"{first}\nfrom bot.cli import main; main(prog_name='weeknotes')", *arguments]


def weeknotes(*arguments: str, cwd: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run `weeknotes` to its end."""
    return subprocess.run(  # noqa: S603 - our own program
        command(*arguments),
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
    )


@contextmanager
def running(*arguments: str, cwd: Path, first: str = "", **variables: str) -> Iterator["subprocess.Popen[str]"]:
    """Start `weeknotes`, wait for the line that says it has started, and see that it is gone in the end."""
    with (cwd / "errors.log").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command(*arguments, first=first),
            cwd=cwd,
            env=environment(PYTHONUNBUFFERED="1", **variables),
            stdout=subprocess.PIPE,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            if not process.stdout.readline():
                errors.seek(0)
                raise AssertionError(f"{arguments} did not start: {errors.read()}")
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()
