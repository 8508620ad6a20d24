"""Forms for editing a note's entries, and what their authors are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import ButtonElement, Option, OverflowMenuElement, SectionBlock
from slack_sdk.models.blocks import MarkdownTextObject as Mrkdwn

from bot.domain.arranging import DOWN, UP
from bot.domain.deliveries import Message
from bot.domain.editions import Answer, Edition
from bot.domain.entries import Entry, as_shown, fingerprint, state_of
from bot.domain.notes import Note, Section
from bot.domain.richtext import RichText, Text, parse, plain, resolve
from bot.domain.series import Layout, Series
from bot.rendering.blocks import actions, bold_line, button, context, rich_section, rich_text, section
from bot.rendering.environments import Templates
from bot.rendering.note_blocks import note_messages
from bot.rendering.note_forms import initial_words, modal
from bot.rendering.richtext import elements_of, sendable
from bot.rendering.splitting import split_block

PER_PAGE = 20
"""How many entries a form shows at a time; each takes up to three of Slack's 100 blocks."""
SHOWN_WORDS = 300
WORDING = "entry.wording"
CHANGE, PAGE = "entry.change", "entry.page"
LABEL = 75
_PIECE = 2_600
_ASIDE = 20
"""How many blocks of a wording that was put aside are shown below the form."""

Json = dict[str, Any]


class Change(StrEnum):
    """What an editor may do with an entry."""

    REWORD = "reword"
    HIDE = "hide"
    SHOW = "show"
    UP = "up"
    DOWN = "down"
    HEADLINE = "headline"
    NO_HEADLINE = "no_headline"

    @property
    def step(self) -> int:
        """Return the direction in which an entry moves."""
        return UP if self is Change.UP else DOWN


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as the form lists it. `answer` has the words the note shows; `moves` says where it may go."""

    answer: Answer
    entry: Entry | None
    author: str
    editor: str
    heading: str
    has_words: bool
    is_headline: bool
    may_be_headline: bool
    moves: Mapping[int, bool]

    def changes(self) -> Iterator[Change]:
        """Yield what may be done with the entry; Slack takes five such options."""
        if self.has_words:
            yield Change.REWORD
        yield Change.SHOW if self.entry and self.entry.is_hidden else Change.HIDE
        yield from (Change.UP,) if UP in self.moves else ()
        yield from (Change.DOWN,) if DOWN in self.moves else ()
        if self.is_headline:
            yield Change.NO_HEADLINE
        elif self.may_be_headline:
            yield Change.HEADLINE


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a note's entries, in the note's order."""

    series: Series
    edition: Edition
    lines: tuple[EntryLine, ...]
    number: int
    pages: int

    @staticmethod
    def state_of(edition: Edition) -> str:
        """Return a name for the order that an editor sees, to tell whether it has changed since."""
        return fingerprint(edition.entry_order)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an entry, for an editor to change; `names` are those of its author and its editor."""

    edition: Edition
    answer: Answer
    entry: Entry | None
    names: Mapping[str, str]
    heading: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the author of an answer is told: who changed its wording, and what was there and is there."""

    series: Series
    edition: Edition
    answer: Answer
    entry: Entry | None
    editor: str
    heading: str


def entries_form(page: Page, templates: Templates, *, is_stale: bool = False) -> Json:
    """Return the modal that lists a note's entries. `is_stale` says that the order was not the one the editor saw."""
    lead = templates.slack(
        "entries_lead",
        series=page.series.name,
        period=page.edition.period,
        has_entries=bool(page.lines),
        number=page.number + 1,
        pages=page.pages,
        is_stale=is_stale,
    )
    blocks = [section(lead)]
    for line in page.lines:
        blocks += _line(line, templates)
    turns = list(_turns(page, templates))
    if turns:
        blocks.append(actions(*turns))
    about = {"edition": page.edition.id, "page": page.number, "order": Page.state_of(page.edition)}
    return modal("", templates.label("draft.entries"), "", about, blocks, templates)


def wording_form(
    wording: Wording,
    templates: Templates,
    about: Mapping[str, object],
    *,
    typed: Mapping[str, Any] | None = None,
) -> Json:
    """Return the modal in which an editor changes an entry's wording. `about` is what the list of entries carries.

    `typed` is what they typed already, when the words have changed since they looked.
    """
    entry, answer = wording.entry, wording.answer
    shown = as_shown(answer, entry)
    lead = templates.slack(
        "wording_lead",
        author=wording.names.get(answer.user_id, ""),
        editor=wording.names.get(entry.edited_by, "") if entry else "",
        heading=wording.heading,
        is_reworded=bool(entry and entry.is_reworded),
        is_outdated=bool(entry and entry.wording and entry.is_outdated),
        has_changed=typed is not None,
    )
    element: Json = {"type": "rich_text_input", "action_id": "words"}
    initial = typed or initial_words(shown)
    element |= {"initial_value": initial} if initial else {}
    words = {
        "type": "input",
        "block_id": "words",
        "label": {"type": "plain_text", "text": templates.label("draft.wording_label")},
        "hint": {"type": "plain_text", "text": templates.label("draft.wording_hint")},
        "element": element,
    }
    carried = {**about, "answer": answer.id, "state": state_of(answer, entry)}
    blocks = [section(lead), words, *_aside(wording, templates, has_typed=typed is not None)]
    return modal(WORDING, templates.label("draft.wording"), templates.label("draft.save"), carried, blocks, templates)


def author_told(templates: Templates, told: Told, names: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the messages that show an author both wordings; `names` are those of people they mention."""
    is_back = not (told.entry and told.entry.is_reworded)
    lead = templates.slack(
        "entry_reworded",
        editor=told.editor,
        heading=told.heading,
        series=told.series.name,
        period=told.edition.period,
        is_back=is_back,
    )
    given = resolve(parse(told.answer.text, told.answer.blocks), names)
    shown = as_shown(told.answer, told.entry)
    parts = [("draft.you_wrote", given), ("draft.note_has", resolve(parse(shown.text, shown.blocks), names))]
    sections = [Section((Text(templates.label(label)),), words.blocks) for label, words in parts]
    note = _note(told, tuple(sections[:1] if is_back else sections))
    first, *others = note_messages(note, templates, lead=lead)
    blocks = [block for block in first.blocks if block["type"] not in {"header", "context"}]
    return replace(first, blocks=(section(lead), *blocks)), *others


def _note(told: Told, sections: tuple[Section, ...]) -> Note:
    """Return both wordings as a note, which fits any length into messages."""
    return Note(
        title=told.heading,
        number="",
        headline="",
        introduction=RichText(),
        period=told.edition.period,
        layout=Layout.PERSONAL,
        sections=sections,
        contributors=(),
    )


def _line(line: EntryLine, templates: Templates) -> list[Mapping[str, Any]]:
    text = templates.slack(
        "entry_line",
        author=line.author,
        heading=line.heading,
        editor=line.editor,
        is_hidden=bool(line.entry and line.entry.is_hidden),
        is_reworded=bool(line.entry and line.entry.is_reworded),
        is_outdated=bool(line.entry and line.entry.wording and line.entry.is_outdated),
        is_headline=line.is_headline,
        is_inside=line.answer.is_inside,
        files=len(line.answer.files),
    )
    options = [
        Option(value=f"{change}:{line.answer.id}", label=_label(line, change, templates)) for change in line.changes()
    ]
    menu = OverflowMenuElement(action_id=CHANGE, options=options)
    head = SectionBlock(text=Mrkdwn(text=text), accessory=menu, block_id=f"entry:{line.answer.id}").to_dict()
    words = plain(parse(line.answer.text, line.answer.blocks)).strip()
    beginning = words if len(words) <= SHOWN_WORDS else f"{words[:SHOWN_WORDS]}…"
    return [head, *([rich_text([rich_section([{"type": "text", "text": beginning}])])] if beginning else [])]


def _label(line: EntryLine, change: Change, templates: Templates) -> str:
    takes_part = change in {Change.UP, Change.DOWN} and line.moves[change.step]
    key = f"draft.change.{change}_part" if takes_part else f"draft.change.{change}"
    label = templates.label(key, author=line.author)
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def _turns(page: Page, templates: Templates) -> Iterator[ButtonElement]:
    for way, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        if 0 <= number < page.pages:
            value = {"edition": page.edition.id, "page": number}
            yield button(templates.label(f"draft.{way}"), f"{PAGE}.{way}", value)


def _aside(wording: Wording, templates: Templates, *, has_typed: bool) -> Sequence[Mapping[str, Any]]:
    """Return, below the form, the words it does not start with: the author's, a wording put aside, or the present."""
    entry, answer = wording.entry, wording.answer
    found: list[tuple[str, RichText]] = []
    if has_typed:
        shown = as_shown(answer, entry)
        found.append(("draft.as_it_is", parse(shown.text, shown.blocks)))
    if entry and entry.wording:
        key, words = (
            ("draft.put_aside", parse("", entry.wording))
            if entry.is_outdated
            else ("draft.as_given", parse(answer.text, answer.blocks))
        )
        found.append((key, words))
    return [block for key, words in found for block in (bold_line(templates.label(key)), *_words(words))]


def _words(words: RichText) -> list[Mapping[str, Any]]:
    pieces = [piece for block in words.blocks for piece in split_block(sendable(block), _PIECE)]
    shown = [rich_text(elements_of([piece])) for piece in pieces[:_ASIDE]]
    return [*shown, *([context("…")] if len(pieces) > _ASIDE else [])]
