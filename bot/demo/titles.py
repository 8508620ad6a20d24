"""A week that is one person's alone may bring its own title: `3.24 — weeknotes — a good week`."""

import re
from dataclasses import dataclass, replace

from bot.demo.weeks import Week

_TITLE = re.compile(r"(?P<season>\d+)\.(?P<episode>\d+) — weeknotes — (?P<headline>\S.*)")


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """The number and the headline that a week gives itself."""

    season: str = "3"
    episode: str = "24"
    headline: str = ""


def title_of(week: Week) -> OwnTitle:
    """Return what a week's title says, in the shape this project's titles have; else the demo's usual number."""
    found = _TITLE.fullmatch(week.title.strip())
    return OwnTitle(**found.groupdict()) if found else OwnTitle()


def without_title(week: Week) -> Week:
    """Return the week without the line of its title, which the note has above everything."""
    key, *_ = week.replies
    first, *others = week.replies[key]
    line, _, rest = first.partition("\n")
    if not title_of(week).headline or week.title not in line:
        return week
    replies = (rest.strip("\n"), *others) if rest.strip() else tuple(others)
    return replace(week, replies={**week.replies, key: replies})
