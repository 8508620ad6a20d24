"""The long-running commands start, work, and end when they are told to."""

import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from bot.clock import SystemClock
from bot.domain.editions import StepKind
from bot.domain.planning import PlannedStep
from bot.domain.series_forms import SeriesForm
from bot.rendering.environments import Templates
from bot.services.administering import Administering
from bot.services.workspaces import Workspaces
from bot.slack.manifest import EVENTS_PATH, manifest
from bot.web.server import THREADS
from fakeslack import App, FakeSlack
from storage import editions, schema, steps
from storage.database import Database
from storage.models import StepRow
from tests.support.opinion import assert_taken
from tests.support.postgres import PostgresServer
from tests.support.programs import running, weeknotes
from tests.support.world import free_port

LONGEST_ENDING_SECONDS = 10.0
CHANNEL = "C_TEAM"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-true", "SLACK_APP_TOKEN": "xapp-true", "SLACK_SIGNING_SECRET": "true"}

Json = dict[str, Any]


def app() -> App:
    """Return the app that the processes are."""
    return App(
        name="Weeknotes",
        bot_token=TOKENS["SLACK_BOT_TOKEN"],
        app_token=TOKENS["SLACK_APP_TOKEN"],
        signing_secret=TOKENS["SLACK_SIGNING_SECRET"],
        scopes=manifest()["oauth_config"]["scopes"]["bot"],
    )


@pytest.fixture
def workspace() -> Iterator[FakeSlack]:
    """Give a workspace in which the app is installed."""
    made = FakeSlack()
    made.add_user("U_ANA", real_name="Ana Okafor")
    made.install(app())
    made.add_channel(CHANNEL, name="team-weeknotes", members=["U_ANA", "U_BOT"], creator="U_ANA")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def slack(workspace: FakeSlack) -> dict[str, str]:
    """Give the settings of a bot installed in a local Slack."""
    return {**TOKENS, "WEEKNOTES_SLACK_API_URL": workspace.api_url}


@pytest.mark.parametrize("number", (signal.SIGTERM, signal.SIGINT))
def test_run_makes_its_database_and_ends_when_told(
    slack: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    """A first start just works, those who watch over it find its pages, and an ending is clean and quick."""
    port = str(free_port())
    with running("run", cwd=tmp_path, WEEKNOTES_HEALTH_PORT=port, **slack) as process:
        assert '{"status":"ok"}' == _fetched(f"http://127.0.0.1:{port}/readyz")
        assert "weeknotes_deliveries" in _fetched(f"http://127.0.0.1:{port}/metrics")
        assert 0 == _ended(process, number)

    assert _is_current(f"sqlite:///{tmp_path / 'weeknotes.sqlite3'}")


def test_web_serves_on_its_address_alone_and_ends_when_told(slack: dict[str, str], tmp_path: Path) -> None:
    """On SQLite it is the whole bot: it makes its database, and answers on the one address it was given."""
    port = free_port()
    with running("web", cwd=tmp_path, PORT=str(port), WEEKNOTES_HOST="127.0.0.2", **slack) as process:
        assert '{"status":"ok"}' == _fetched(f"http://127.0.0.2:{port}/readyz")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)
        assert 0 == _ended(process, signal.SIGTERM)


def test_web_waits_for_nobody_and_tells_nobody_what_it_is(slack: dict[str, str], tmp_path: Path) -> None:
    """As many as it has threads say half of something and fall silent: they are cut off, and the others are served."""
    port = free_port()
    hurry = "from bot.web import patience; patience.REQUEST_SECONDS = 0.5"
    halves = (b"POST /slack/events HTTP/1.1\r\nHost: x\r\n", b"GET /", b"")
    with running("web", cwd=tmp_path, first=hurry, PORT=str(port), **slack):
        silent = [socket.create_connection(("127.0.0.1", port), timeout=15) for _ in range(2 * THREADS)]
        for stranger, half in zip(silent, halves * THREADS, strict=False):
            stranger.sendall(half)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=15) as answer:
            served = answer.headers["Server"]
        cut_off = [stranger for stranger, half in zip(silent, halves * THREADS, strict=False) if half]
        assert all(map(_is_cut_off, cut_off))
        for stranger in silent:
            stranger.close()

    assert served == "gunicorn"


def _is_cut_off(stranger: socket.socket) -> bool:
    """Say whether a connection ends, after whatever was answered on it, before its patience does."""
    try:
        while stranger.recv(1000):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        pass
    return True


def test_web_hears_and_worker_acts_on_one_postgresql(
    workspace: FakeSlack, slack: dict[str, str], postgres_url: str, tmp_path: Path
) -> None:
    """Signed requests reach the one, what is owed goes out from the other: a reply is kept, ticked, and followed up."""
    settings = {**slack, "DATABASE_URL": postgres_url, "PORT": str(free_port())}
    address = f"http://127.0.0.1:{settings['PORT']}"
    workspace.install(replace(app(), request_url=f"{address}{EVENTS_PATH}"))
    (tmp_path / "web").mkdir()
    (tmp_path / "worker").mkdir()
    with (
        running("web", cwd=tmp_path / "web", **settings) as web,
        running("worker", cwd=tmp_path / "worker", **settings) as worker,
    ):
        assert '{"status":"ok"}' == _fetched(f"{address}/readyz")
        assert workspace.verify_request_url()
        ana = workspace.person("U_ANA")
        _be_asked(postgres_url)
        opening = _soon(lambda: [m for m in workspace.messages(ana.dm()) if "It’s time for" in m["text"]])[0]
        said = ana.say(ana.dm(), text="The library opened.", thread_ts=opening["ts"])
        ana.say(ana.dm(), text="next", thread_ts=opening["ts"])
        _soon(lambda: [m for m in workspace.messages(ana.dm()) if "What else did you do?" in m["text"]])
        _soon(lambda: [m for m in workspace.messages(ana.dm()) if m["ts"] == said["ts"] and m.get("reactions")])

        assert (0, 0) == (_ended(worker, signal.SIGTERM), _ended(web, signal.SIGTERM))
    assert_taken(workspace)


def _be_asked(database_url: str) -> None:
    """Set up a series of Ana's, and let its asking be due now: the processes tell the time by this machine."""
    database = Database(database_url)
    clock = SystemClock()
    form = SeriesForm(CHANNEL, "Digital weeknotes", ("U_ANA",), ("U_ANA",), zone="UTC")
    people = Workspaces(database, clock).known("T_TEAM", ["U_ANA"])
    made = Administering(database, clock, Templates()).create_series("T_TEAM", "U_ANA", form, people)
    with database.session() as session:
        edition = editions.unfinished(session, "T_TEAM", made.id)[0]
        session.execute(delete(StepRow))
        steps.plan(session, edition, [PlannedStep(StepKind.ASK, "U_ANA", clock.now())])
    database.dispose()


def _soon(look: Callable[[], list[Json]]) -> list[Json]:
    """Return what there is to be seen within a minute: the worker looks what is due every so often."""
    deadline = time.monotonic() + 60
    while not (found := look()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def test_postgresql_is_for_somebody_to_upgrade(slack: dict[str, str], postgres: PostgresServer, tmp_path: Path) -> None:
    """Two processes that upgrade at their start would do it twice, and under a running bot."""
    name = postgres.create()
    try:
        settings = {**slack, "DATABASE_URL": postgres.url(name)}
        refused = weeknotes("run", cwd=tmp_path, **settings)
        upgraded = weeknotes("db", "upgrade", cwd=tmp_path, **settings)
        checked = weeknotes("db", "check", cwd=tmp_path, **settings)
    finally:
        postgres.drop(name)

    assert (1, 0, 0) == (refused.returncode, upgraded.returncode, checked.returncode), upgraded.stderr + checked.stdout
    assert "weeknotes db upgrade" in refused.stderr


def test_a_port_that_is_taken_is_one_sentence(slack: dict[str, str], tmp_path: Path) -> None:
    """It names the variables to change."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = weeknotes("web", cwd=tmp_path, PORT=str(taken.getsockname()[1]), **slack)

    assert 1 == done.returncode
    assert "PORT" in _only_line(done.stderr)


@pytest.mark.parametrize("command", ("run", "web"))
def test_a_token_that_slack_refuses_is_one_sentence(slack: dict[str, str], command: str, tmp_path: Path) -> None:
    """It says what Slack said, and where to look further."""
    settings = {**slack, "SLACK_BOT_TOKEN": "xoxb-false", "PORT": str(free_port())}
    done = weeknotes(command, cwd=tmp_path, **settings)

    assert 0 != done.returncode
    assert "Slack says: invalid_auth. `weeknotes doctor`" in done.stderr
    assert "Traceback" not in done.stderr


def test_slack_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    """A machine without a network is no reason for a traceback."""
    done = weeknotes("run", cwd=tmp_path, WEEKNOTES_SLACK_API_URL="http://127.0.0.1:9/api/", **TOKENS)

    assert 1 == done.returncode
    assert "Slack cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_a_healthy_bot_well(slack: dict[str, str], sqlite_url: str, tmp_path: Path) -> None:
    """Nothing is wrong, and the exit status says so."""
    done = weeknotes("doctor", cwd=tmp_path, DATABASE_URL=sqlite_url, **slack)

    assert 0 == done.returncode, done.stdout
    assert "✗" not in done.stdout


def test_the_doctor_names_what_is_wrong_with_the_tokens(slack: dict[str, str], tmp_path: Path) -> None:
    """Tokens that Slack does not know, each with what to do."""
    wrong = {**slack, "SLACK_BOT_TOKEN": "xoxb-false", "SLACK_APP_TOKEN": "xapp-false"}
    done = weeknotes("doctor", cwd=tmp_path, **wrong)

    assert 1 == done.returncode
    assert ["Bot token", "App token"] == [line[3:12] for line in done.stdout.splitlines() if line.startswith("✗")]


def _ended(process: "subprocess.Popen[str]", number: signal.Signals) -> int:
    """Tell a process to end, and return its exit status. Fails when it takes longer than service managers wait."""
    began = time.monotonic()
    process.send_signal(number)
    status = process.wait(LONGEST_ENDING_SECONDS)
    assert time.monotonic() - began < LONGEST_ENDING_SECONDS
    return status


def _is_current(url: str) -> bool:
    database = Database(url)
    try:
        return schema.is_current(database)
    finally:
        database.dispose()


def _fetched(url: str) -> str:
    """Return what is at a URL that should be there within seconds."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return str(answer.read().decode().strip())
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def _only_line(text: str) -> str:
    (line,) = text.strip().splitlines()
    return line
