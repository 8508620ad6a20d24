"""PostgreSQL goes away or stands still for a minute, again and again, in the middle of a week."""

from collections.abc import Iterator
from contextlib import contextmanager

from chaos.databases import clones, migrate
from chaos.kills import Arena
from chaos.stage import Stage
from chaos.trouble import READING, Trouble, Troubled, Troubles, compared
from tests.support.postgres import Switch, switched_server

SECONDS = 60.0


def stopped(switch: Switch) -> Trouble:
    """Stop the server: whoever is connected is cut off, and nobody gets in."""

    @contextmanager
    def away(_week: Stage) -> Iterator[None]:
        switch.off()
        try:
            yield
        finally:
            switch.on()

    return away


def frozen(switch: Switch) -> Trouble:
    """Have the server stand still, as a machine does that is moved: whoever asks waits, and nobody new gets in."""
    return lambda _week: switch.server.frozen()


def tried(seconds: float = SECONDS) -> dict[str, Troubles]:
    """Return what came of a week of outages."""
    with switched_server() as switch:
        template = switch.server.create()
        migrate(switch.server.url(template))
        arena = Arena(clones(switch.server, template))
        name = f"PostgreSQL stopped for {seconds:.0f} s"
        weeks = {
            name: Troubled(stopped(switch), seconds),
            f"{name}, given up by Slack": Troubled(stopped(switch), seconds, is_given_up=True),
            f"PostgreSQL frozen for {seconds:.0f} s": Troubled(frozen(switch), seconds, command=READING),
        }
        return {what: compared(arena, week, what) for what, week in weeks.items()}
