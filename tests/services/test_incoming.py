"""Reading the words of any message, whoever wrote it."""

from typing import Any

import pytest

from bot.services.incoming import words_in

RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "<b> & all"}]}],
}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Build 7* passed"}}
HEADER = {"type": "header", "text": {"type": "plain_text", "text": "a < b"}}
BUTTONS = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}}]}
FIELDS = {"type": "section", "fields": [{"type": "mrkdwn", "text": "Took"}, {"type": "plain_text", "text": "3 min"}]}


@pytest.mark.parametrize(
    ("message", "words"),
    (
        ({"text": "Hello", "blocks": [RICH]}, ("Hello", (RICH,))),
        ({"text": "Hello", "blocks": [RICH, {"type": "image"}]}, ("Hello", (RICH,))),
        ({"text": "Hello", "attachments": [{"text": "a preview"}]}, ("Hello", ())),
        ({"text": "short", "blocks": [HEADER, SECTION, BUTTONS]}, ("a &lt; b\n*Build 7* passed", ())),
        ({"text": "", "blocks": [SECTION, RICH]}, ("*Build 7* passed\n&lt;b&gt; &amp; all", ())),
        ({"blocks": [FIELDS]}, ("Took\n3 min", ())),
        ({"blocks": [{"type": "markdown", "text": "# 1 < 2"}]}, ("# 1 &lt; 2", ())),
        ({"text": "", "attachments": [{"pretext": "See", "text": "this"}]}, ("See\nthis", ())),
        ({"attachments": [{"fallback": "only this"}]}, ("only this", ())),
        ({"text": None, "blocks": None, "attachments": None}, ("", ())),
        ({}, ("", ())),
    ),
)
def test_the_words_of_a_message_are_found_in_whatever_holds_them(message: dict[str, Any], words: object) -> None:
    """People's rich text as it is; what apps write in blocks or attachments as text; never a button's label."""
    assert words == words_in(message)
