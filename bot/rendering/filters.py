"""What templates may do to a value, and the one escaping rule of mrkdwn."""


class Mrkdwn(str):
    """Text that is mrkdwn already, so that templates let it through as it is."""

    __slots__ = ()


def escape_mrkdwn(text: str) -> Mrkdwn:
    """Escape the three characters that Slack asks for and nothing else: then nothing in `text` mentions or links."""
    return Mrkdwn(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def finalize_mrkdwn(value: object) -> str:
    """Return what a template of mrkdwn shows for a value: escaped, unless it is mrkdwn already."""
    return value if isinstance(value, Mrkdwn) else escape_mrkdwn(str(value))


def quantity(count: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun: `1 answer`, `3 answers`."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"
