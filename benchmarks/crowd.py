"""Asking ten thousand people in fifty workspaces from one process, in real time, against a Slack that takes anything.

That Slack and the bot are processes of their own.
"""

import itertools
import json
import sys
from pathlib import Path

from aiohttp import web

from benchmarks.fanout import BURST, PER_MINUTE, owe
from benchmarks.figures import Figure, Scale, at_most, no_more_than, seconds
from benchmarks.live import free_port, is_answering, wait_until
from benchmarks.processes import kept_up, peak_megabytes, told_by
from benchmarks.teams import BOT_TOKEN, SCOPES, THURSDAY, bot_on, folder
from bot import log
from bot.domain.workspaces import Workspace
from bot.jobs.engines import InProcess, Task
from bot.slack.messenger import Sender
from fakeslack import Clock

WORKSPACES, PEOPLE = 50, 200
PATIENCE = 600.0
ROW = f"asking {WORKSPACES * PEOPLE:,} people in {WORKSPACES} workspaces"


class OneToken:
    """The token of every workspace, which this Slack does not look at."""

    def token(self, workspace_id: str) -> str:
        """Return it."""
        del workspace_id
        return BOT_TOKEN


def measure(scale: Scale) -> list[Figure]:
    """Return how long it takes, and how much memory."""
    workspaces, people = scale.of(WORKSPACES, least=2), scale.of(PEOPLE, least=BURST + 2)
    with folder() as place:
        path, port = place / "bot.sqlite3", free_port()
        with bot_on(path) as bot:
            for name in _names(workspaces):
                bot.services.workspaces.installed(Workspace(name, name, scopes=SCOPES))
                owe(bot, name, people)
        with kept_up("-m", "benchmarks.crowd", "slack", port):
            wait_until(lambda: is_answering(port))
            took, megabytes = json.loads(told_by("benchmarks.crowd", "bot", port, path, workspaces))
    ideal = (people - BURST) / PER_MINUTE * 60
    return [
        Figure(
            f"{ROW}: time", took, "s", at_most(1.2), ideal, "one round, in real time; floor: the ideal by the limits"
        ),
        Figure(f"{ROW}: memory", megabytes, "MB", no_more_than(100)),
    ]


def _names(workspaces: int) -> list[str]:
    return [f"T{number:03}" for number in range(workspaces)]


def _bot(port: str, path: str, workspaces: str) -> None:
    """Send everything that is owed, as the bot does, and tell how long it took and how much memory."""
    log.configure(style="json")
    with bot_on(Path(path), Clock(THURSDAY)) as bot:
        sender = Sender(bot.services.delivering, OneToken(), base_url=f"http://127.0.0.1:{port}/api/")
        engine = InProcess({Task.DELIVERIES: sender.drain})
        engine.start()

        def send_all() -> None:
            for name in _names(int(workspaces)):
                engine.defer(Task.DELIVERIES, name)
            engine.idle(PATIENCE)

        took = seconds(send_all)
        owing = bot.services.delivering.workspaces_owing()
        engine.stop(1.0)
        sender.close()
    if owing:
        raise TimeoutError("Not everything was sent.")
    sys.stdout.write(json.dumps([took, peak_megabytes()]))


def _slack(port: str) -> None:
    """Answer every call as Slack does when all is well."""
    numbers = itertools.count(1)

    async def taken(request: web.Request) -> web.Response:
        given = await request.json()
        return web.json_response(
            {"ok": True, "channel": f"D{given['channel']}", "ts": f"1772700000.{next(numbers):06}"}
        )

    app = web.Application()
    app.router.add_post("/api/{method}", taken)
    web.run_app(app, host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    if sys.argv[1] == "slack":
        _slack(sys.argv[2])
    else:
        _bot(*sys.argv[2:])
