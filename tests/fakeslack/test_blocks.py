"""The strict checker of messages and views."""

import copy
from typing import Any

import blockkit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from fakeslack.blocks import Problem, check_message, check_view, counted_text
from tests.support.block_samples import (
    INVALID_BLOCKS,
    VALID_BLOCKS,
    VALID_MESSAGE_BLOCKS,
    Json,
    actions,
    asking,
    button,
    home,
    modal,
    part,
    plain,
    rich,
    section,
    words,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["section", "actions", "button"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "blocks", "options", "initial_options", "option_groups", "rows"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", (*VALID_BLOCKS, *VALID_MESSAGE_BLOCKS))
def test_valid_blocks_pass_in_a_message(name: str) -> None:
    """A block as Slack documents it gives no problem in a message."""
    block = {**VALID_BLOCKS, **VALID_MESSAGE_BLOCKS}[name]

    assert [] == check_message([block], "fallback")


@pytest.mark.parametrize("name", VALID_BLOCKS)
def test_valid_blocks_pass_in_views(name: str) -> None:
    """The same blocks give no problem in a modal and in the Home."""
    block = VALID_BLOCKS[name]

    assert [] == check_view(modal(block)) + check_view(home(block))


@pytest.mark.parametrize("name", VALID_BLOCKS)
def test_slack_sdk_agrees_that_valid_blocks_are_valid(name: str) -> None:
    """What this checker takes for valid, the models of Slack's own library take for valid too."""
    block = Block.parse(copy.deepcopy(VALID_BLOCKS[name]))
    assert block is not None

    block.validate_json()


@pytest.mark.parametrize(
    "component",
    (
        blockkit.Section("Hello", accessory=blockkit.Button("Next", action_id="prompt.next", style="primary")),
        blockkit.Section(fields=[blockkit.Text("a"), blockkit.Text("b")]),
        blockkit.Header("x" * 150),
        blockkit.Divider(block_id="d"),
        blockkit.Context([blockkit.Text("a")]),
        blockkit.Actions([blockkit.Button("Next", action_id="prompt.next")]),
        blockkit.Actions(
            [blockkit.StaticSelect(options=[blockkit.Option("A", "a")], placeholder="Pick", action_id="s")]
        ),
        blockkit.Input(
            "Highlights", blockkit.PlainTextInput(action_id="t", multiline=True), hint="Hint", optional=True
        ),
        blockkit.Image("A", image_url="https://example.org/a.png", title="T"),
        blockkit.RichText(
            [
                blockkit.RichTextSection([blockkit.RichTextEl("a", blockkit.RichStyle(bold=True))]),
                blockkit.RichTextList("bullet", [blockkit.RichTextSection([blockkit.RichTextEl("b")])], indent=1),
                blockkit.RichTextQuote([blockkit.RichLinkEl("https://a.b", text="c"), blockkit.RichUserEl("U1")]),
                blockkit.RichTextPreformatted([blockkit.RichTextEl("d")]),
            ],
        ),
    ),
    ids=lambda component: type(component).__name__,
)
def test_blocks_that_blockkit_builds_are_valid(component: Any) -> None:  # noqa: ANN401 — blockkit ships no types
    """What an independent builder of Block Kit makes, this checker takes for valid."""
    assert [] == check_message([component.build()], "fallback")


@pytest.mark.parametrize("name", INVALID_BLOCKS)
def test_invalid_blocks_are_refused(name: str) -> None:
    """A block that Slack refuses is refused, with the place and the reason."""
    block, where, message = INVALID_BLOCKS[name]

    assert Problem("invalid_blocks", f"/blocks/0{where}", message) in check_message([block], "fallback")


def codes(blocks: object, text: str = "fallback", updating: object = None) -> list[str]:
    """Return the error codes of a message."""
    return [problem.code for problem in check_message(blocks, text, updating=updating)]


def test_a_message_has_text_or_blocks() -> None:
    """A message without text and without blocks is refused."""
    assert ["no_text"] == codes([], "")


def test_a_message_of_text_alone_is_fine() -> None:
    """Text without blocks is a message, and so are blocks without text."""
    assert [] == codes(None, "Hello") + codes([section()], "")


def test_fifty_blocks_and_no_more() -> None:
    """A message has at most fifty blocks."""
    assert ([], ["invalid_blocks"]) == (codes([section()] * 50), codes([section()] * 51))


def test_block_ids_are_unique() -> None:
    """Two blocks with one block_id are refused."""
    blocks = [section() | {"block_id": "a"}, section() | {"block_id": "a"}]

    assert [Problem("invalid_blocks", "/blocks/1/block_id", "block_id must be unique: a")] == check_message(blocks)


def test_action_ids_may_repeat_in_other_blocks() -> None:
    """An action_id is unique in its block, not in the message."""
    assert [] == codes([actions(button()), actions(button())])


def test_one_table_in_a_message() -> None:
    """A second table is refused."""
    table = VALID_MESSAGE_BLOCKS["table"]

    assert ([], ["invalid_attachments"]) == (codes([table]), codes([table, table]))


def test_markdown_counts_over_all_blocks() -> None:
    """The markdown blocks of a message share 12,000 characters."""
    half: Json = {"type": "markdown", "text": "x" * 6000}

    assert ([], ["invalid_blocks"]) == (codes([half, half]), codes([half, half, {"type": "markdown", "text": "x"}]))


def test_a_message_is_full_at_13200_characters() -> None:
    """The text of all blocks together is limited."""
    full = [section("x" * 3000)] * 4 + [section("x" * 1200)]

    assert ([], ["msg_blocks_too_long"]) == (codes(full), codes([*full, section("x")]))


def test_every_readable_string_is_counted() -> None:
    """Words, addresses and names count; types, styles and ids do not."""
    link = {"type": "link", "url": "https://a.b", "text": "here"}
    blocks = [rich(part("section", words("12345", bold=True), link)), actions(button(value="not counted"))]

    assert len("12345" + "https://a.b" + "here" + "Next") == counted_text(blocks)


def test_an_update_takes_4000_characters_of_text() -> None:
    """Only chat.update refuses a long fallback text."""
    assert ([], ["msg_too_long"]) == (codes([section()], "x" * 4001), codes([section()], "x" * 4001, [section()]))


def test_rich_text_stays_rich_text() -> None:
    """A message of rich text is not updated with other blocks."""
    rich_text = rich(part("section", words()))

    assert (["block_mismatch"], []) == (codes([section()], "f", [rich_text]), codes([rich_text], "f", [rich_text]))


@pytest.mark.parametrize("name", ("markdown", "table"))
def test_message_blocks_are_refused_in_modals(name: str) -> None:
    """Blocks for messages are refused in a modal."""
    problem = Problem("invalid_arguments", "/view/blocks/0/type", f"unsupported type: {name}")

    assert [problem] == check_view(modal(VALID_MESSAGE_BLOCKS[name]))


def test_files_are_asked_for_in_modals_only() -> None:
    """A file input is refused outside a modal."""
    upload = asking({"type": "file_input", "action_id": "f", "max_files": 1})

    assert ([], True) == (check_view(modal(upload)), bool(check_message([upload], "f")))


def said(view: object) -> list[str]:
    """Return what is wrong with a view, as the Web API says it."""
    return [str(problem) for problem in check_view(view)]


@pytest.mark.parametrize(
    ("view", "complaint"),
    (
        ("modal", "[ERROR] must be an object [json-pointer:/view]"),
        ({"type": "dialog"}, "[ERROR] unsupported type: dialog [json-pointer:/view/type]"),
        (modal(title=plain("x" * 25)), "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "[ERROR] must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(close=plain("x" * 25)), "[ERROR] must be less than 25 characters [json-pointer:/view/close/text]"),
        (modal(asking(), submit=None), "[ERROR] missing required field: submit [json-pointer:/view]"),
        (modal(*[section()] * 101), "[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"),
        (
            modal(private_metadata="x" * 3001),
            "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (modal(callback_id="x" * 256), "[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(colour="red"), "[ERROR] unexpected field: colour [json-pointer:/view]"),
        (home(title=plain("Home")), "[ERROR] unexpected field: title [json-pointer:/view]"),
        ({"type": "home"}, "[ERROR] missing required field: blocks [json-pointer:/view]"),
    ),
)
def test_invalid_views_are_refused(view: object, complaint: str) -> None:
    """A view that Slack refuses is refused, with the place and the reason."""
    assert [complaint] == said(view)


def test_a_view_is_at_most_250_kilobytes() -> None:
    """A view too large to send is refused."""
    view = modal(*[section("é" * 3000)] * 50)

    assert ["view_too_large"] == [problem.code for problem in check_view(view)]


def test_one_element_has_the_focus() -> None:
    """Two elements that want the focus are refused."""
    focused = asking({"type": "plain_text_input", "action_id": "a", "focus_on_load": True})

    assert ([], 1) == (check_view(modal(focused)), len(check_view(modal(focused, focused))))


@given(JSON)
def test_nothing_makes_the_checker_stumble(hostile: object) -> None:
    """Any JSON is answered with problems, never with an exception."""
    check_message(hostile, "f", updating=hostile)
    check_message([hostile], "f", updating=[hostile])

    assert check_view(hostile)
