"""How long a start takes, and how much memory."""

import subprocess
import sys
import time

ATTEMPTS = 5


def measure() -> dict[str, str]:
    """Return the best of a few starts of each kind."""
    return {
        "a Python that does nothing": _best(""),
        "weeknotes --help": _best("from bot.cli import main; main(['--help'])"),
        "the whole bot, made but not started": _best("import bot.bootstrap"),
        "with the HTTP server": _best("import bot.processes"),
    }


def _best(script: str) -> str:
    found = min(_start(script) for _ in range(ATTEMPTS))
    return f"{found[0] * 1000:6.0f} ms  {found[1] / 1024:6.0f} MB"


def _start(script: str) -> tuple[float, int]:
    """Return the seconds and the kilobytes of one start."""
    began = time.perf_counter()
    code = f"{PEAK}\natexit.register(tell)\n{script}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return time.perf_counter() - began, int(done.stderr.splitlines()[-1])


PEAK = """
import atexit, resource, sys
def tell():
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
