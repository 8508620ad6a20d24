"""A full disk, a failing one, and a file that another program has locked, again and again, under SQLite."""

import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from chaos.databases import Databases, databases
from chaos.kills import Arena
from chaos.stage import Stage
from chaos.trouble import READING, Troubled, Troubles, compared

SECONDS, LOCKED_SECONDS = 10.0, 40.0
"""How long each lasts; the lock longer than SQLite waits for one (30 s)."""
DISK = "16m"
NAME = "weeknotes.sqlite3"


@contextmanager
def locked(week: Stage) -> Iterator[None]:
    """Have another program write, and come to no end."""
    with closing(sqlite3.connect(file_of(week), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def failing(week: Stage) -> Iterator[None]:
    """Let the system refuse every write of the bot's to any file, as a broken disk does."""
    (slot,) = week.slots
    assert slot.process
    process_id = slot.process.pid or 0
    before = resource.prlimit(process_id, resource.RLIMIT_FSIZE)
    resource.prlimit(process_id, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process_id, resource.RLIMIT_FSIZE, before)


@contextmanager
def full(week: Stage) -> Iterator[None]:
    """Fill the disk that the database is on, to the last byte, with the room in its log used up."""
    ballast = file_of(week).with_name("ballast")
    with closing(sqlite3.connect(file_of(week))) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _fill(ballast)
    try:
        yield
    finally:
        ballast.unlink()


def _fill(ballast: Path) -> None:
    with ballast.open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


def file_of(week: Stage) -> Path:
    """Return the file of the database."""
    return Path(week.engine.url.database or "")


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """Give a folder on a small disk of its own; None where that cannot be made, since it takes root."""
    place = Path(tempfile.mkdtemp(prefix="weeknotes-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "weeknotes", str(place)]
    can = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0  # noqa: S603
    try:
        yield place if can else None
    finally:
        if can:
            subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607
        place.rmdir()


def on(disk: Path, template: Path) -> Databases:
    """Give copies of a file on another disk."""

    @contextmanager
    def copied(_folder: Path) -> Iterator[str]:
        yield f"sqlite:///{shutil.copy(template, disk / NAME)}"
        for each in disk.iterdir():
            each.unlink()

    return copied


def tried(seconds: float = SECONDS, locked_seconds: float = LOCKED_SECONDS) -> dict[str, Troubles]:
    """Return what came of a week of each."""
    with tempfile.TemporaryDirectory(prefix="weeknotes-chaos-") as name, small_disk() as disk:
        folder = Path(name)
        with databases("sqlite", folder) as give:
            weeks: dict[str, tuple[Databases, Troubled]] = {
                f"locked for {locked_seconds:.0f} s": (give, Troubled(locked, locked_seconds, command=READING)),
                f"every write failing for {seconds:.0f} s": (give, Troubled(failing, seconds)),
            }
            if disk:
                on_disk = on(disk, folder / "template.sqlite3")
                weeks[f"disk full for {seconds:.0f} s"] = (on_disk, Troubled(full, seconds))
            return {what: compared(Arena(where), week, what) for what, (where, week) in weeks.items()}
