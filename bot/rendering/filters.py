"""What templates may do to a value, and the one escaping rule of mrkdwn."""

from datetime import date

from bot.domain.weeks import Period

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Mrkdwn(str):
    """Text that is mrkdwn already, so that templates let it through as it is."""

    __slots__ = ()


def escape_mrkdwn(text: str) -> Mrkdwn:
    """Escape the three characters that Slack asks for and nothing else: then nothing in `text` mentions or links."""
    return Mrkdwn(text.translate(_ESCAPES))


def finalize_mrkdwn(value: object) -> str:
    """Return what a template of mrkdwn shows for a value: escaped, unless it is mrkdwn already."""
    return value if isinstance(value, Mrkdwn) else escape_mrkdwn(str(value))


def day(value: date, *, year: bool = False) -> str:
    """Write a date as people say it: `Friday 7 March`, with `year` `Friday 7 March 2025`."""
    text = f"{value:%A} {value.day} {value:%B}"
    return f"{text} {value.year}" if year else text


def quantity(count: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun: `1 answer`, `3 answers`."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def dates(period: Period) -> str:
    """Write the dates of a period, saying no month or year twice: `3–9 March 2025`, `30 June – 6 July 2025`."""
    first, last = period.start, period.end
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} – {last.day} {last:%B %Y}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {last.day} {last:%B %Y}"
    return f"{first.day}–{last.day} {last:%B %Y}"


def names(people: tuple[str, ...] | list[str]) -> str:
    """Write names as a sentence does: `Ana`, `Ana and Ben`, `Ana, Ben and Cy`."""
    *others, last = people or ("",)
    return f"{', '.join(others)} and {last}" if others else last
