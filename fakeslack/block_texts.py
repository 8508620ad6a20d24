"""The composition objects of Block Kit, and rich text: what blocks and elements are filled with."""

import re
from collections.abc import Mapping, Sequence

from fakeslack.block_rules import Check, Rule, boolean, items, matching, one_of, record, string, typed, whole

HTTP_URL = matching(re.compile(r"https?://\S").match, "an http or https URL", 3000)
URL = matching(re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S").match, "a URL", 3000)
SLACK_FILE = record({}, {"id": string(), "url": string(3000)})


def plain_text(high: int) -> Rule:
    """Accept a `plain_text` object of 1 to `high` characters."""
    return typed({"plain_text": record({"text": string(high)}, {"emoji": boolean})})


def any_text(high: int) -> Rule:
    """Accept a `plain_text` or `mrkdwn` object of 1 to `high` characters."""
    return typed(
        {
            "plain_text": record({"text": string(high)}, {"emoji": boolean}),
            "mrkdwn": record({"text": string(high)}, {"verbatim": boolean}),
        },
    )


CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)


def option(*, text: Rule | None = None, url: bool = False) -> Rule:
    """Accept an option; those of checkboxes and radio buttons may be mrkdwn, those of an overflow may have a URL."""
    optional = {"description": text or plain_text(75)}
    return record(
        {"text": text or plain_text(75), "value": string(150)},
        {**optional, "url": HTTP_URL} if url else optional,
    )


OPTION = option()
OPTION_GROUP = record({"label": plain_text(75), "options": items(OPTION, 100)})
DISPATCH_CONFIG = record(
    {},
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)},
)
CONVERSATION_FILTER = record(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)

_STYLE = {"bold": boolean, "italic": boolean, "strike": boolean, "underline": boolean, "code": boolean}
TEXT_STYLE = record({}, _STYLE)
MENTION_STYLE = record({}, {**_STYLE, "highlight": boolean, "client_highlight": boolean, "unlink": boolean})

_TEXT = record({"text": string()}, {"style": TEXT_STYLE})
_LINK = record({"url": URL}, {"text": string(), "unsafe": boolean, "style": TEXT_STYLE})
RICH_TEXT_ELEMENT = typed(
    {
        "text": _TEXT,
        "link": _LINK,
        "emoji": record(
            {"name": matching(re.compile(r"[^\s:]+(::skin-tone-[2-6])?\Z").match, "an emoji's name", 255)},
            {"unicode": string(), "skin_tone": whole(1, 6), "style": TEXT_STYLE},
        ),
        "user": record(
            {"user_id": matching(re.compile(r"[UW][A-Z0-9_]+\Z").match, "a user's id")}, {"style": MENTION_STYLE}
        ),
        "channel": record(
            {"channel_id": matching(re.compile(r"[CGD][A-Z0-9_]+\Z").match, "a channel's id")}, {"style": MENTION_STYLE}
        ),
        "usergroup": record(
            {"usergroup_id": matching(re.compile(r"S[A-Z0-9_]+\Z").match, "a user group's id")},
            {"style": MENTION_STYLE},
        ),
        "team": record({"team_id": string()}, {"style": MENTION_STYLE}),
        "broadcast": record({"range": one_of("here", "channel", "everyone")}, {"style": TEXT_STYLE}),
        "color": record(
            {"value": matching(re.compile(r"#[0-9A-Fa-f]{6}\Z").match, "a hex colour")}, {"style": TEXT_STYLE}
        ),
        "date": record(
            {"timestamp": whole(0), "format": string()},
            {"url": URL, "fallback": string(), "style": TEXT_STYLE},
        ),
    },
)

_BORDER = whole(0, 1)
RICH_TEXT_SECTION = record({"elements": items(RICH_TEXT_ELEMENT)})
_LIST = record(
    {
        "style": one_of("bullet", "ordered"),
        "elements": items(typed({"rich_text_section": RICH_TEXT_SECTION})),
    },
    {"indent": whole(0, 8), "offset": whole(0), "border": _BORDER},
)
RICH_TEXT_PARTS = items(
    typed(
        {
            "rich_text_section": RICH_TEXT_SECTION,
            "rich_text_list": _LIST,
            "rich_text_quote": record({"elements": items(RICH_TEXT_ELEMENT)}, {"border": _BORDER}),
            "rich_text_preformatted": record(
                {"elements": items(typed({"text": _TEXT, "link": _LINK}))},
                {"border": _BORDER, "language": string()},
            ),
        },
    ),
)
RICH_TEXT = record({"elements": RICH_TEXT_PARTS}, {"block_id": string(255)})


def among_options(check: Check, value: object, where: str) -> None:
    """Refuse an initial option that is not, letter for letter, one of the element's options."""
    if not isinstance(value, Mapping):
        return
    groups = [group for group in _listed(value.get("option_groups")) if isinstance(group, Mapping)]
    offered = [*_listed(value.get("options")), *(one for group in groups for one in _listed(group.get("options")))]
    chosen = [*_listed(value.get("initial_options")), *filter(None, [value.get("initial_option")])]
    if not all(one in offered for one in chosen):
        check.refuse(where, "initial options must be among the options")


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
