"""Samples of Block Kit that Slack accepts and refuses, and short ways of writing them."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """Return a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def words(text: str = "w", **style: bool) -> Json:
    """Return a text element of rich text."""
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def part(kind: str, *elements: Json, **fields: object) -> Json:
    """Return one part of a rich_text block."""
    return {"type": f"rich_text_{kind}", "elements": list(elements), **fields}


def rich(*parts: Json) -> Json:
    """Return a rich_text block."""
    return {"type": "rich_text", "elements": list(parts)}


def section(text: str = "Hello") -> Json:
    """Return a section block."""
    return {"type": "section", "text": mrkdwn(text)}


def button(**fields: object) -> Json:
    """Return a button."""
    return {"type": "button", "text": plain("Next"), "action_id": "prompt.next", **fields}


def actions(*elements: Json) -> Json:
    """Return an actions block."""
    return {"type": "actions", "elements": list(elements)}


def options(count: int) -> list[Json]:
    """Return so many options."""
    return [{"text": plain(f"Option {n}"), "value": str(n)} for n in range(count)]


def select(**fields: object) -> Json:
    """Return a select menu of three options."""
    return {"type": "static_select", "action_id": "series.pick", "options": options(3), **fields}


def asking(element: Json | None = None, **fields: object) -> Json:
    """Return an input block."""
    element = element or {"type": "plain_text_input", "action_id": "answer.text", "multiline": True}
    return {"type": "input", "label": plain("Highlights"), "element": element, **fields}


def modal(*blocks: Json, **fields: object) -> Json:
    """Return a modal."""
    return {"type": "modal", "title": plain("Weeknotes"), "submit": plain("Save"), "blocks": list(blocks), **fields}


def home(*blocks: Json, **fields: object) -> Json:
    """Return a Home view."""
    return {"type": "home", "blocks": list(blocks), **fields}


CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*Really*"), "confirm": plain("Yes"), "deny": plain("No")}
IMAGE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A"}
LIST = part("list", part("section", words("one")), part("section", words("two")), style="bullet", indent=1)

VALID_BLOCKS: dict[str, Json] = {
    "section": section(),
    "section of 3,000": section("x" * 3000),
    "fields": {"type": "section", "fields": [mrkdwn("x" * 2000)] * 3},
    "accessory": section() | {"accessory": button(style="primary", value="x" * 2000, confirm=CONFIRM)},
    "header": {"type": "header", "text": plain("x" * 150)},
    "context": {"type": "context", "elements": [mrkdwn("a"), plain("b"), IMAGE] * 3},
    "divider": {"type": "divider", "block_id": "d"},
    "image": IMAGE | {"title": plain("Title")},
    "actions": actions(
        button(), button(action_id="prompt.skip", style="danger"), button(action_id="u", url="https://a.b")
    ),
    "overflow": actions({"type": "overflow", "action_id": "note.more", "options": options(5)}),
    "select": actions(select(initial_option=options(3)[1], placeholder=plain("Pick"))),
    "grouped": actions(
        {"type": "static_select", "action_id": "g", "option_groups": [{"label": plain("G"), "options": options(2)}]},
    ),
    "checkboxes": actions({"type": "checkboxes", "action_id": "c", "options": options(10)}),
    "people": actions({"type": "multi_users_select", "action_id": "p", "placeholder": plain("Who")}),
    "dates": actions(
        {"type": "datepicker", "action_id": "d", "initial_date": "2026-03-05"},
        {"type": "timepicker", "action_id": "t", "initial_time": "10:00"},
    ),
    "input": asking(hint=plain("Hint"), optional=True),
    "rich text": rich(
        part("section", words("bold", bold=True), words("\n"), {"type": "user", "user_id": "U_ANA"}),
        LIST,
        part("list", part("section", words("1")), style="ordered", indent=8, offset=2, border=0),
        part("quote", words("said"), {"type": "emoji", "name": "tada", "unicode": "1f389"}),
        part("preformatted", words("x = 1"), border=0),
        part("section", {"type": "link", "url": "https://a.b/?c=d&e=f", "text": "t", "style": {"italic": True}}),
        part("section", {"type": "broadcast", "range": "here"}, {"type": "channel", "channel_id": "C_TEAM"}),
    ),
}
VALID_MESSAGE_BLOCKS: dict[str, Json] = {
    "markdown": {"type": "markdown", "text": "# Hello"},
    "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich(part("section", words()))]]},
}

INVALID_BLOCKS: dict[str, tuple[object, str, str]] = {
    "unknown type": ({"type": "carousel"}, "/type", "unsupported type: carousel"),
    "no type": ({"text": mrkdwn("a")}, "", "missing required field: type"),
    "not an object": ("section", "", "must be an object"),
    "unknown field": (section() | {"colour": "red"}, "", "unexpected field: colour"),
    "empty text": (section(""), "/text/text", "must be more than 0 characters"),
    "long text": (section("x" * 3001), "/text/text", "must be less than 3001 characters"),
    "no text": ({"type": "section"}, "", "must have at least one of: text, fields"),
    "11 fields": ({"type": "section", "fields": [plain("a")] * 11}, "/fields", "no more than 10 items allowed"),
    "long field": (
        {"type": "section", "fields": [plain("a" * 2001)]},
        "/fields/0/text",
        "must be less than 2001 characters",
    ),
    "mrkdwn header": ({"type": "header", "text": mrkdwn("a")}, "/text/type", "unsupported type: mrkdwn"),
    "long header": ({"type": "header", "text": plain("x" * 151)}, "/text/text", "must be less than 151 characters"),
    "mrkdwn with emoji": (section() | {"text": mrkdwn("a") | {"emoji": True}}, "/text", "unexpected field: emoji"),
    "empty context": ({"type": "context", "elements": []}, "/elements", "must have at least 1 items"),
    "11 in context": ({"type": "context", "elements": [plain("a")] * 11}, "/elements", "no more than 10 items allowed"),
    "button in context": ({"type": "context", "elements": [button()]}, "/elements/0/type", "unsupported type: button"),
    "26 buttons": (
        actions(*(button(action_id=f"a{n}") for n in range(26))),
        "/elements",
        "no more than 25 items allowed",
    ),
    "long button": (actions(button(text=plain("x" * 76))), "/elements/0/text/text", "must be less than 76 characters"),
    "long value": (actions(button(value="x" * 2001)), "/elements/0/value", "must be less than 2001 characters"),
    "long url": (actions(button(url="https://" + "x" * 3000)), "/elements/0/url", "must be less than 3001 characters"),
    "grey button": (actions(button(style="default")), "/elements/0/style", "must be one of: primary, danger"),
    "same action_id": (actions(button(), button()), "/elements/1/action_id", "action_id must be unique: prompt.next"),
    "long action_id": (
        actions(button(action_id="x" * 256)),
        "/elements/0/action_id",
        "must be less than 256 characters",
    ),
    "long confirm": (
        actions(button(confirm=CONFIRM | {"text": plain("x" * 301)})),
        "/elements/0/confirm/text/text",
        "must be less than 301 characters",
    ),
    "no deny": (
        actions(button(confirm={k: v for k, v in CONFIRM.items() if k != "deny"})),
        "/elements/0/confirm",
        "missing required field: deny",
    ),
    "6 in overflow": (
        actions({"type": "overflow", "action_id": "o", "options": options(6)}),
        "/elements/0/options",
        "no more than 5 items allowed",
    ),
    "101 options": (actions(select(options=options(101))), "/elements/0/options", "no more than 100 items allowed"),
    "options twice": (
        actions(select(option_groups=[{"label": plain("G"), "options": options(1)}])),
        "/elements/0",
        "must have exactly one of: options, option_groups",
    ),
    "long option": (
        actions(select(options=[{"text": plain("x" * 76), "value": "v"}])),
        "/elements/0/options/0/text/text",
        "must be less than 76 characters",
    ),
    "long option value": (
        actions(select(options=[{"text": plain("x"), "value": "v" * 151}])),
        "/elements/0/options/0/value",
        "must be less than 151 characters",
    ),
    "strange initial option": (
        actions(select(initial_option={"text": plain("Other"), "value": "9"})),
        "/elements/0",
        "initial options must be among the options",
    ),
    "long placeholder": (
        actions(select(placeholder=plain("x" * 151))),
        "/elements/0/placeholder/text",
        "must be less than 151 characters",
    ),
    "11 checkboxes": (
        actions({"type": "checkboxes", "action_id": "c", "options": options(11)}),
        "/elements/0/options",
        "no more than 10 items allowed",
    ),
    "input in actions": (
        actions({"type": "plain_text_input", "action_id": "a"}),
        "/elements/0/type",
        "unsupported type: plain_text_input",
    ),
    "no such date": (
        actions({"type": "datepicker", "action_id": "d", "initial_date": "5 March"}),
        "/elements/0/initial_date",
        "must be a date as YYYY-MM-DD",
    ),
    "button as input": (asking(button()), "/element/type", "unsupported type: button"),
    "long label": (asking(label=plain("x" * 2001)), "/label/text", "must be less than 2001 characters"),
    "long input": (
        asking({"type": "plain_text_input", "action_id": "a", "max_length": 3001}),
        "/element/max_length",
        "must be between 1 and 3000",
    ),
    "image without words": (
        {"type": "image", "image_url": "https://a.b/c.png"},
        "",
        "missing required field: alt_text",
    ),
    "image from nowhere": (
        {"type": "image", "alt_text": "a"},
        "",
        "must have exactly one of: image_url, slack_file",
    ),
    "empty rich text": (rich(), "/elements", "must have at least 1 items"),
    "empty element": (
        rich(part("section", words(""))),
        "/elements/0/elements/0/text",
        "must be more than 0 characters",
    ),
    "bare element": (rich(words()), "/elements/0/type", "unsupported type: text"),
    "strange element": (
        rich(part("section", {"type": "mrkdwn", "text": "a"})),
        "/elements/0/elements/0/type",
        "unsupported type: mrkdwn",
    ),
    "list style": (
        rich(LIST | {"style": "dash"}),
        "/elements/0/style",
        "must be one of: bullet, ordered",
    ),
    "deep list": (rich(LIST | {"indent": 9}), "/elements/0/indent", "must be between 0 and 8"),
    "list of words": (
        rich(part("list", words(), style="bullet")),
        "/elements/0/elements/0/type",
        "unsupported type: text",
    ),
    "unknown style": (
        rich(part("section", words() | {"style": {"red": True}})),
        "/elements/0/elements/0/style",
        "unexpected field: red",
    ),
    "style not boolean": (
        rich(part("section", words() | {"style": {"bold": 1}})),
        "/elements/0/elements/0/style/bold",
        "must be a boolean",
    ),
    "mention in code": (
        rich(part("preformatted", {"type": "user", "user_id": "U1"})),
        "/elements/0/elements/0/type",
        "unsupported type: user",
    ),
    "link to nowhere": (
        rich(part("section", {"type": "link", "url": "somewhere"})),
        "/elements/0/elements/0/url",
        "must be a URL",
    ),
    "everybody": (
        rich(part("section", {"type": "broadcast", "range": "all"})),
        "/elements/0/elements/0/range",
        "must be one of: here, channel, everyone",
    ),
}
