"""`weeknotes demo`: the local Slack with its page, and the bot in it, until somebody ends it."""

import errno
import fcntl
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.clock import SystemClock
from bot.demo.team import EDITOR, TEAM, ZONE, Demo, monday_morning, running, thursday_before_ten
from bot.domain.editions import Step, StepKind
from bot.domain.errors import WeeknotesError
from bot.domain.people import in_words
from fakeslack import Clock, FakeSlack, Stop
from storage import steps

_SLACK, _DATABASE, _LOCK = "slack", "weeknotes.sqlite3", "demo.lock"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # what a clock shows that has no past to go on from
_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})
_STOPS, _STEPS = 8, 50
_TOLD = (StepKind.PUBLISH, StepKind.DRAFT, StepKind.ASK, StepKind.REMIND)
_WHAT = {
    StepKind.DRAFT: "the editor gets the draft",
    StepKind.PUBLISH: "the note goes out",
}


class DemoIsRunningError(WeeknotesError):
    """A demo is running on that folder already. End it first, or give this one another folder with --data."""


class PortIsTakenError(WeeknotesError):
    """That port is taken. Leave --port out to have one chosen."""


def live(data: Path, port: int = 0, *, reset: bool = False, console: Console | None = None) -> None:
    """Run the demo until Ctrl-C or SIGTERM. What happens is kept in `data`, and gone on with at the next start."""
    console = console or Console()
    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with serving(data, port, reset=reset) as demo:
            _welcome(demo, console)
            told.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def serving(data: Path, port: int = 0, *, reset: bool = False, now: datetime | None = None) -> Iterator[Demo]:
    """Run the demo on a folder: on Thursday before ten of the week of `now`, or where it was left."""
    data.mkdir(parents=True, exist_ok=True)
    with _alone_in(data):
        if reset:
            _forget(data)
        clock = Clock(_LONG_AGO, ticking=True)
        slack = FakeSlack(clock=clock, data=data / _SLACK)
        is_new = clock.now() < _LONG_AGO + timedelta(days=1)
        today = now or SystemClock().now()
        if is_new:
            clock.jump(monday_morning(today))
        try:
            with running(slack, clock, data / _DATABASE, TEAM, TEAM, editor=EDITOR, port=port) as demo:
                slack.stops = lambda: _stops(demo)
                slack.on_jump = lambda _now: demo.runtime.tick()
                demo.settle()
                if is_new:
                    _come_to(thursday_before_ten(today), demo)
                yield demo
        except OSError as error:
            if port and error.errno in _TAKEN:
                raise PortIsTakenError from error
            raise


def _come_to(moment: datetime, demo: Demo) -> None:
    """Let the days before go by step by step, so that everybody is asked at ten by their own clock."""
    with demo.runtime.database.session() as session:
        due = steps.upcoming(session, demo.workspace_id, demo.series.id, limit=_STEPS)
    for at in sorted({step.due_at for step in due if demo.clock.now() < step.due_at < moment} | {moment}):
        demo.clock.jump(at)
        demo.runtime.tick()
        demo.settle()


def _welcome(demo: Demo, console: Console) -> None:
    moment = demo.clock.now().astimezone(ZoneInfo(ZONE))
    console.print(f"\n  [bold]{demo.slack.url}[/bold]\n", highlight=False)
    console.print(
        f"A Slack of your own, with Weeknotes in it. It is {moment:%A %H:%M} there; the clock on the page jumps to "
        "what comes next. Act as anybody, reply to what the bot asks, and see the note go out on Friday. "
        "Ctrl-C ends it.",
        highlight=False,
    )


@contextmanager
def _alone_in(data: Path) -> Iterator[None]:
    """Keep a second demo out of the folder."""
    with (data / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoIsRunningError from None
        yield


def _forget(data: Path) -> None:
    """Remove what a demo kept, and nothing else that may be in the folder."""
    shutil.rmtree(data / _SLACK, ignore_errors=True)
    for path in data.glob(f"{_DATABASE}*"):
        path.unlink()


def _stops(demo: Demo) -> list[Stop]:
    """Return the next moments at which something falls due, as the page's clock offers them."""
    now = demo.clock.now()
    with demo.runtime.database.session() as session:
        upcoming = steps.upcoming(session, demo.workspace_id, demo.series.id, limit=_STEPS)
    shown = [step for step in upcoming if step.due_at > now and step.kind in _TOLD]
    grouped = groupby(shown, key=lambda step: step.due_at)
    return [Stop(_label(list(group), due_at, now), due_at) for due_at, group in grouped][:_STOPS]


def _label(due: Sequence[Step], at: datetime, now: datetime) -> str:
    local = at.astimezone(ZoneInfo(ZONE))
    is_near = at - now < timedelta(days=6)
    moment = f"{local:%A %H:%M}" if is_near else f"{local:%A} {local.day} {local:%B %H:%M}"
    same = [[step for step in due if step.kind is kind] for kind in _TOLD]
    return f"{moment} — {', and '.join(_what(group) for group in same if group)}"


def _what(due: Sequence[Step]) -> str:
    """Say what steps of one kind do."""
    kind = due[0].kind
    if kind in _WHAT:
        return _WHAT[kind]
    named = [member.name for member in TEAM if member.user_id in {step.user_id for step in due}]
    verb = "is" if len(named) == 1 else "are"
    return f"{in_words(named)} {verb} {'asked' if kind is StepKind.ASK else 'reminded, if nothing came'}"
