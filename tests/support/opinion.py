"""A second opinion on messages and views: the same blocks, built and validated by blockkit.

blockkit refuses what it thinks wrong by raising, and an element it does not know stops here as a KeyError or a
TypeError. What it cannot say, though Slack takes it, is left out before it looks: see INEXPRESSIBLE.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import blockkit

from bot.domain.deliveries import Message
from bot.slack.manifest import manifest
from fakeslack import Call, FakeSlack

Json = Mapping[str, Any]

KINDS = {
    "actions": blockkit.Actions,
    "button": blockkit.Button,
    "channel": blockkit.RichChannelEl,
    "checkboxes": blockkit.Checkboxes,
    "context": blockkit.Context,
    "conversations_select": blockkit.ConversationsSelect,
    "datepicker": blockkit.DatePicker,
    "divider": blockkit.Divider,
    "emoji": blockkit.RichEmojiEl,
    "header": blockkit.Header,
    "home": blockkit.Home,
    "image": blockkit.Image,
    "input": blockkit.Input,
    "link": blockkit.RichLinkEl,
    "modal": blockkit.Modal,
    "mrkdwn": blockkit.Text,
    "multi_users_select": blockkit.MultiUsersSelect,
    "overflow": blockkit.Overflow,
    "plain_text": blockkit.Text,
    "plain_text_input": blockkit.PlainTextInput,
    "rich_text": blockkit.RichText,
    "rich_text_input": blockkit.RichTextInput,
    "rich_text_list": blockkit.RichTextList,
    "rich_text_preformatted": blockkit.RichTextPreformatted,
    "rich_text_quote": blockkit.RichTextQuote,
    "rich_text_section": blockkit.RichTextSection,
    "section": blockkit.Section,
    "static_select": blockkit.StaticSelect,
    "text": blockkit.RichTextEl,
    "timepicker": blockkit.TimePicker,
    "user": blockkit.RichUserEl,
    "usergroup": blockkit.RichUserGroupEl,
    "broadcast": blockkit.RichBroadcastEl,
}
"""By Slack's `type`: everything the bot may send, and nothing else."""

UNTYPED = {
    "confirm": blockkit.Confirm,
    "dispatch_action_config": blockkit.DispatchActionConfig,
    "filter": blockkit.ConversationFilter,
    "initial_option": blockkit.Option,
    "initial_options": blockkit.Option,
    "option_groups": blockkit.OptionGroup,
    "options": blockkit.Option,
    "slack_file": blockkit.SlackFile,
    "style": blockkit.RichStyle,
}
"""By the field they stand in: objects that have no type of their own."""

INEXPRESSIBLE = {
    "style": ("underline",),  # Slack's composer has underlined words since 2025, after blockkit 2.1.3
}
"""Fields left out before blockkit looks, by the field that holds them, each with its reason."""


BLAMELESS = frozenset(
    {
        "already_reacted",
        "channel_not_found",
        "exchanged_trigger_id",
        "expired_trigger_id",
        "expired_url",
        "hash_conflict",
        "is_archived",
        "message_not_found",
        "not_in_channel",
        "ratelimited",
        "user_disabled",
    }
)
"""Slack's refusals that are about what happened in the meantime. Any other would be the bot's own mistake."""


def assert_taken(slack: FakeSlack) -> None:
    """Fail if the local Slack, or blockkit, found something wrong with anything that the bot sent."""
    refused = [f"{call.method}: {call.response}" for call in slack.calls if _is_our_mistake(call)]
    found = [*slack.problems, *refused, *objections(slack.blocks_seen)]
    assert found == [], "\n".join(found)


def _is_our_mistake(call: Call) -> bool:
    error = call.response.get("error")
    if call.is_fault:  # the test asked for it
        return False
    if "invalid slack file" in str(call.response.get("response_metadata")):  # somebody deleted a picture meanwhile
        return False
    if call.method == "conversations.replies" and error == "thread_not_found":  # so the bot learns what was deleted
        return False
    if error == "missing_scope":  # a test may install the app with fewer scopes than its manifest asks for
        return call.response.get("needed") not in manifest()["oauth_config"]["scopes"]["bot"]
    return error is not None and error not in BLAMELESS


def rebuilt(message: Message) -> list[dict[str, Any]]:
    """Return the blocks as blockkit builds them; it raises where it finds something wrong."""
    return [_made(block).build() for block in message.blocks]


def objections(seen: Iterable[Json]) -> list[str]:
    """Return what blockkit has against messages and views, as the local Slack keeps them in `blocks_seen`."""
    payloads = {json.dumps(_payload(each), sort_keys=True): _payload(each) for each in seen}
    return [objection for payload in payloads.values() for objection in _objection(payload)]


def _payload(seen: Json) -> Json:
    return seen["view"] if "view" in seen else {"blocks": seen.get("blocks") or []}


def _objection(payload: Json) -> list[str]:
    if not payload["blocks"]:
        return []  # blockkit has nothing to say about a message of text alone
    try:
        built = _made(payload).build()["blocks"]
    except (blockkit.core.FieldValidationError, blockkit.core.ComponentValidationError, KeyError, TypeError) as error:
        return [f"{type(error).__name__} {error} in {json.dumps(payload, ensure_ascii=False)}"]
    sent = _expressible("", payload["blocks"])
    return [] if built == sent else [f"{built} is not {sent}"]


def _made(part: Json, field: str = "") -> Any:  # noqa: ANN401 - blockkit ships no types
    """Return the component of blockkit that says the same as a part of a payload."""
    kind = str(part.get("type", ""))
    maker = KINDS[kind] if kind else UNTYPED.get(field, blockkit.Message)
    given = {name: _value(name, value) for name, value in part.items() if name != "type" or maker is blockkit.Text}
    return maker(**{name: value for name, value in given.items() if name not in INEXPRESSIBLE.get(field, ())})


def _value(field: str, value: object) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return _made(value, field)
    if isinstance(value, list | tuple):
        return [_value(field, each) for each in value]
    return value


def _expressible(field: str, value: Any) -> Any:  # noqa: ANN401
    """Return a payload without what blockkit cannot say, to compare with what it built."""
    if isinstance(value, Mapping):
        left_out = INEXPRESSIBLE.get(field, ())
        inner = {name: _expressible(name, each) for name, each in value.items() if name not in left_out}
        return {name: each for name, each in inner.items() if each != {}}
    if isinstance(value, list | tuple):
        return [_expressible(field, each) for each in value]
    return value
