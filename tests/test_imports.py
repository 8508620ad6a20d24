"""Importing does nothing but define things, and the command line loads only what it needs."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "storage", "fakeslack")
HEAVY = ("aiohttp", "alembic", "apscheduler", "flask", "gunicorn", "jinja2", "procrastinate", "psycopg", "pydantic")
HEAVIER = ("slack_bolt", "slack_sdk", "sqlalchemy", "sqlmodel", "fakeslack")
ATTEMPTS = 5
LARGEST_RATIO = 20
"""Of `weeknotes --help` to a Python that does nothing: about 5 here, and some 40 if the whole bot were loaded."""


def test_help_is_quick() -> None:
    """A command line that is slow to say what it can do is not asked again."""
    bare = min(_seconds("-c", "") for _ in range(ATTEMPTS))
    quickest = min(_seconds("-c", "from bot.cli import main; main(['--help'])") for _ in range(ATTEMPTS))

    assert quickest / bare < LARGEST_RATIO


def test_help_loads_nothing_heavy() -> None:
    """Slack, SQL and the web are loaded by the commands that need them."""
    loaded = _run("-c", "import sys, bot.cli; print(*sorted(sys.modules), sep='\\n')").split()

    assert [] == sorted({*HEAVY, *HEAVIER}.intersection(loaded))


@pytest.mark.parametrize("module", ("bot.bootstrap", "bot.web.app", "bot.processes"))
def test_a_running_bot_loads_only_what_it_uses(module: str) -> None:
    """Alembic is for the `db` commands, the local Slack for the demo, and drivers for whom they are configured."""
    loaded = _run("-c", f"import sys, {module}; print(*sorted(sys.modules), sep='\\n')").split()

    assert [] == sorted({"alembic", "fakeslack", "procrastinate", "psycopg"}.intersection(loaded))


def test_importing_everything_does_nothing() -> None:
    """No thread is started, nothing is printed, no warning is given, whichever module is imported."""
    modules = [name for package in PACKAGES for name in _modules(package)]
    script = "; ".join((*(f"import {name}" for name in modules), "import threading; print(threading.active_count())"))

    assert "1" == _run("-W", "error", "-c", script).strip()


def _modules(package: str) -> list[str]:
    """Return the names of all modules of a package, but for those that Alembic runs."""
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / package).rglob("*.py")]
    return sorted(name.removesuffix(".__init__") for name in names if ".migrations." not in name)


def _run(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout


def _seconds(*arguments: str) -> float:
    began = time.perf_counter()
    _run(*arguments)
    return time.perf_counter() - began
