"""Processes of their own: running one to its end, and keeping one up while it is measured."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
STATUS = Path("/proc/self/status")


def told_by(module: str, *arguments: object) -> str:
    """Run a module of ours with some arguments, and return what it printed."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


@contextmanager
def kept_up(
    *command: object, environment: Mapping[str, str] | None = None, folder: Path = ROOT
) -> Iterator[subprocess.Popen[str]]:
    """Start a command of ours with this Python, and end it with the block. It may read its input to its end."""
    process = subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, *map(str, command)],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()


def peak_megabytes() -> float:
    """Return the most memory this process has had.

    Where there is /proc it is read there: `getrusage` counts what the parent had when it started us, too.
    """
    if STATUS.exists():
        return _kilobytes(STATUS.read_text(encoding="ascii"), "VmHWM") / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def megabytes_of_all(process_id: int) -> float:
    """Return how much memory a process and its children have now, what they share counted once (0 without /proc)."""
    root = Path(f"/proc/{process_id}")
    if not (root / "smaps_rollup").exists():
        return 0.0
    own = _kilobytes((root / "smaps_rollup").read_text(encoding="ascii"), "Pss") / 1024
    children = (root / "task" / str(process_id) / "children").read_text(encoding="ascii").split()
    return own + sum(megabytes_of_all(int(child)) for child in children)


def _kilobytes(status: str, name: str) -> int:
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(f"{name}:"))
