"""Emoji by the names Slack gives them, for the page to show `:tada:` as 🎉."""

from functools import cache

import emoji

# Slack's own names that the emoji library spells differently.
SLACK_NAMES = {
    "simple_smile": "🙂",
    "thumbsup_all": "👍",
    "heavy_check_mark": "✔️",
    "white_check_mark": "✅",
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "spiral_note_pad": "🗒️",
    "spiral_calendar_pad": "🗓️",
    "hugging_face": "🤗",
    "wastebasket": "🗑️",
}


@cache
def by_name() -> dict[str, str]:
    """Return every emoji by each of its short names, without the colons."""
    found: dict[str, str] = {}
    for character, facts in emoji.EMOJI_DATA.items():
        if facts["status"] > emoji.STATUS["fully_qualified"]:
            continue
        for name in (facts["en"], *facts.get("alias", ())):
            found.setdefault(str(name).strip(":").lower(), character)
    return found | SLACK_NAMES
