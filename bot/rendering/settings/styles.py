"""House style in the settings: the documents with what each is laid out by, and the form of one template."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Option, OverflowMenuElement, PlainTextInputElement

from bot.domain.exports import in_pieces
from bot.domain.house_styles import (
    MAX_PIECE,
    MAX_PIECES,
    Document,
    HouseStyle,
    StyleError,
    joined,
    pieces_of,
    place_of,
    state_of,
)
from bot.domain.notes import Note
from bot.domain.series import Series
from bot.rendering.blocks import Blocks, actions, button, context, divider, rich_text, section
from bot.rendering.environments import Templates
from bot.rendering.house.styles import starter
from bot.rendering.inputs import VALUE, Input, element_input
from bot.rendering.inputs import Typed as State
from bot.rendering.note_blocks import Laid, note_messages

KEY = "style"
LIST, DO, SAVED = "style.list", "style.do", "style.save"
CHANGE, BUILT_IN = "change", "built_in"
PIECE = 2_900
MAX_SHOWN = 60
"""How many blocks of a preview are shown: Slack takes 100 in all, and so many characters of them."""
MAX_CHARACTERS = 60_000


@dataclass(frozen=True, slots=True)
class Styled:
    """A series, and the templates it has of its own."""

    series: Series
    styles: Mapping[Document, HouseStyle]


@dataclass(frozen=True, slots=True)
class Tried:
    """A note as a template makes it: in Slack `laid` out, or the `text` of a document."""

    document: Document
    note: Note
    laid: Sequence[Laid] | None = None
    text: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A template in its form, in as many pieces as inputs; `shown` is the state of the one it takes the place of."""

    document: Document
    pieces: Sequence[str]
    shown: str = ""

    @property
    def template(self) -> str:
        """Return the whole of it."""
        return joined(self.pieces)


@dataclass(frozen=True, slots=True)
class StyleViews:
    """Makes the views of house style."""

    templates: Templates

    def listed(self, styled: Styled, notice: str = "") -> dict[str, Any]:
        """Return each document with what it is laid out by, and a menu."""
        label = self.templates.label
        blocks: Blocks = [section(notice)] if notice else []
        blocks.append(context(self.templates.slack("settings/style_lead", series=styled.series.name)))
        for document in Document:
            style = styled.styles.get(document)
            name = label(f"style.title.{document.value}")
            day = style.changed_at.astimezone(ZoneInfo(styled.series.cadence.zone)).date() if style else None
            text = self.templates.slack("settings/style_line", name=name, day=day)
            acts = (CHANGE, BUILT_IN) if style else (CHANGE,)
            menu = OverflowMenuElement(
                action_id=DO,
                options=[Option(value=f"{act}:{document.value}", label=label(f"style.{act}")) for act in acts],
            ).to_dict()
            blocks.append({**section(text), "block_id": f"style.{document.value}", "accessory": menu})
        about = {"series": styled.series.id}
        return self._modal(label("settings.style.title"), "", about, [self._back("settings.back", about), *blocks])

    def form(self, styled: Styled, written: Written, *, tried: Tried | None = None, notice: str = "") -> dict[str, Any]:
        """Return the form of a template, with how the note looks in it where it has been tried out."""
        about = {
            "series": styled.series.id,
            "document": written.document.value,
            "shown": written.shown,
            "seen": state_of(written.template) if tried else "",
        }
        blocks: Blocks = [self._back("style.list", about), *([section(notice)] if notice else [])]
        blocks += [self._input(written, number) for number in range(_inputs(written.pieces))]
        if tried:
            blocks += [divider(), *self._preview(tried)]
        else:
            blocks.append(context(self.templates.slack("settings/style_hint", document=written.document.value)))
        title = self.templates.label(f"style.title.{written.document.value}")
        return self._modal(title, "style.save" if tried else "style.preview", about, blocks)

    def _input(self, written: Written, number: int) -> Input:
        label = self.templates.label("style.more" if number else "style.template")
        element = PlainTextInputElement(
            action_id=VALUE,
            multiline=True,
            max_length=MAX_PIECE,
            initial_value=written.pieces[number] if number < len(written.pieces) else None,
        )
        return {**element_input(_field(number), label, element), "optional": number > 0}

    def _preview(self, tried: Tried) -> Blocks:
        """Return the note as it would look, as much as a form can show."""
        document = tried.document.value
        lead = section(self.templates.slack("settings/style_preview", is_sample=tried.is_sample, document=document))
        if tried.laid is not None:
            messages = note_messages(tried.note, self.templates, laid=tried.laid)
            blocks = [block for message in messages for block in message.blocks]
        else:
            blocks = [_verbatim(piece) for piece in in_pieces(tried.text, PIECE)]
        shown = _as_much(blocks)
        rest = [context(self.templates.slack("settings/style_rest"))] if len(shown) < len(blocks) else []
        return [lead, *shown, *rest]

    def _back(self, to: str, about: Mapping[str, Any]) -> Mapping[str, Any]:
        label = self.templates.label("settings.back" if to == "settings.back" else "style.back")
        return {**actions(button(label, to, {"series": about["series"]})), "block_id": "style.back"}

    def _modal(self, title: str, submit: str, about: Mapping[str, Any], blocks: Blocks) -> dict[str, Any]:
        label = self.templates.label
        view: dict[str, Any] = {
            "type": "modal",
            "callback_id": SAVED,
            "title": {"type": "plain_text", "text": title},
            "close": {"type": "plain_text", "text": label("settings.cancel" if submit else "settings.done")},
            "private_metadata": json.dumps(about),
            "blocks": blocks,
        }
        return view | ({"submit": {"type": "plain_text", "text": label(submit)}} if submit else {})


def begun(styled: Styled, document: Document) -> Written:
    """Return the template to change: the series' own, or one to begin with."""
    style = styled.styles.get(document)
    return Written(document, pieces_of(style.template if style else starter(document)), style.state if style else "")


def read(view: Mapping[str, Any], document: Document, shown: str) -> Written:
    """Return what is in the form."""
    state = State.of(view)
    pieces = [state.text(_field(number)) for number in range(MAX_PIECES) if _field(number) in state.values]
    return Written(document, pieces, shown)


def mistake(written: Written, error: StyleError, templates: Templates) -> dict[str, str]:
    """Return the reason at the input with the line in it, counted in that input."""
    number, line = place_of(written.pieces, error.line)
    return {_field(number): templates.error(error.at(line))}


def _field(number: int) -> str:
    return f"template.{number}"


def _inputs(pieces: Sequence[str]) -> int:
    """Return how many inputs there are: one more than is in use."""
    return min(len(pieces) + (1 if pieces and pieces[-1].strip() else 0), MAX_PIECES)


def _as_much(blocks: Blocks) -> Blocks:
    shown: Blocks = []
    characters = 0
    for block in blocks[:MAX_SHOWN]:
        characters += len(json.dumps(block))
        if characters > MAX_CHARACTERS:
            break
        shown.append(block)
    return shown


def _verbatim(piece: str) -> Mapping[str, Any]:
    return rich_text([{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": piece}]}])
