"""Time: every zone, every week of twelve years, times at which clocks are changed: each step once, and on time."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.domain.cadence import Cadence, Moment
from bot.domain.editions import StepKind
from bot.domain.planning import PlannedStep, plan_steps
from bot.domain.weeks import Period
from bot.domain.zones import known_zones

FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
TIMES = (time(0), time(0, 30), time(1, 30), time(2, 30), time(9), time(16))
DAYS: Mapping[StepKind, int] = {StepKind.ASK: 3, StepKind.REMIND: 4, StepKind.DRAFT: 5, StepKind.PUBLISH: 6}
"""A step a day, the last on Sunday: somewhere in the world the clocks are changed on each of them."""
SOMEBODY = "U_ANA"
OF_SOMEBODY = (StepKind.ASK, StepKind.REMIND)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
PUT_BACK = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), DAY)
"""By how much clocks are put back, anywhere in these years or in any other."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was looked at, how often a time was skipped or came twice, and what was wrong."""

    zones: int = 0
    editions: int = 0
    steps: int = 0
    skipped: int = 0
    repeated: int = 0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: "Checked") -> "Checked":
        """Add up two."""
        return Checked(
            self.zones + other.zones,
            self.editions + other.editions,
            self.steps + other.steps,
            self.skipped + other.skipped,
            self.repeated + other.repeated,
            self.wrong + other.wrong,
        )


def zones_by_rules() -> dict[str, tuple[str, ...]]:
    """Return a zone of each set of rules there is, with all the names of those that share it."""
    found: dict[bytes, list[str]] = {}
    for zone in sorted(known_zones()):
        found.setdefault(_rules(zone), []).append(zone)
    return {names[0]: tuple(names) for names in found.values()}


def _rules(zone: str) -> bytes:
    return files("tzdata.zoneinfo").joinpath(*zone.split("/")).read_bytes()


def check_all(processes: int) -> Checked:
    """Look at every edition there is."""
    zones = zones_by_rules()
    with ProcessPoolExecutor(processes) as pool:
        found = pool.map(partial(check, weeks=tuple(weeks()), times=TIMES), zones, chunksize=8)
        return sum(found, Checked())


def check_some(seed: int, how_many: int) -> Checked:
    """Look at as many zones, drawn by lot, in the weeks in which their clocks are changed and a few others."""
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated
    found = Checked()
    for zone in chance.sample(sorted(zones_by_rules()), how_many):
        chosen = {*changes(zone), *chance.sample(list(weeks()), 6)}
        found += check(zone, sorted(chosen), TIMES)
    return found


def weeks() -> Iterator[date]:
    """Give every Monday."""
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(weeks=1)


def changes(zone: str) -> Iterator[date]:
    """Give the Mondays of the weeks in which the clocks of a zone are changed."""
    tz = ZoneInfo(zone)
    offsets = [datetime(day.year, day.month, day.day, tzinfo=tz).utcoffset() for day in weeks()]
    yield from (day for day, now, then in zip(weeks(), offsets, offsets[1:], strict=False) if now != then)


def check(zone: str, weeks: Sequence[date], times: Iterable[time]) -> Checked:
    """Plan the editions of these weeks for a series and somebody in this zone, and look at each step."""
    tz, found = ZoneInfo(zone), Checked(zones=1)
    for at in times:
        moments = {kind: Moment(day, at) for kind, day in DAYS.items()}
        cadence = Cadence(zone, FIRST, 1, *moments.values())
        for monday in weeks:
            steps = plan_steps(cadence, Period(monday, monday + timedelta(days=6)), {SOMEBODY: zone})
            found += _looked_at(steps, monday, at, tz)
    return found


def _looked_at(steps: Sequence[PlannedStep], monday: date, at: time, tz: ZoneInfo) -> Checked:
    """Look at the steps of an edition: there is one of each, and each is due when it was said to be."""
    expected = {StepKind.PLAN: datetime.combine(monday, time())} | {
        kind: datetime.combine(monday + timedelta(days=day), at) for kind, day in DAYS.items()
    }
    names = sorted((step.kind, step.user_id) for step in steps)
    wrong = (
        [] if names == sorted((kind, SOMEBODY if kind in OF_SOMEBODY else "") for kind in expected) else [f"{names}"]
    )
    judged = [judge(step.due_at, expected[step.kind], tz) for step in steps]
    wrong += [f"{step} is not at {at} {tz}" for step, verdict in zip(steps, judged, strict=True) if verdict == "wrong"]
    return Checked(0, 1, len(steps), judged.count("skipped"), judged.count("repeated"), tuple(wrong))


def judge(due: datetime, wall: datetime, tz: ZoneInfo) -> str:
    """Say whether an instant is the first at which a zone's clocks show a time, or have passed it.

    Only what clocks show at an instant is asked for, never at which instant they show something: that is how the bot
    goes about it.
    """
    shown = _shown(due, tz)
    if shown != wall:
        return "skipped" if _shown(due - SECOND, tz) < wall < shown else "wrong"
    if shown - DAY == _shown(due - DAY, tz) and shown + DAY == _shown(due + DAY, tz):
        return "right"  # nothing is changed within a day
    if any(_shown(due - back, tz) == wall for back in PUT_BACK):
        return "wrong"
    return "repeated" if any(_shown(due + back, tz) == wall for back in PUT_BACK) else "right"


def _shown(instant: datetime, tz: ZoneInfo) -> datetime:
    return instant.astimezone(tz).replace(tzinfo=None)
