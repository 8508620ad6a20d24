"""Forms for a series' standing notices: a list, and one notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import MarkdownTextObject as Mrkdwn
from slack_sdk.models.blocks import Option, OverflowMenuElement, SectionBlock

from bot.domain.notices import MOST, Notice
from bot.domain.richtext import RichText
from bot.domain.series import Series
from bot.rendering.blocks import Blocks, actions, bold_line, button, rich_text, section
from bot.rendering.environments import Templates
from bot.rendering.note_forms import Json, modal
from bot.rendering.richtext import elements_of, sendable
from bot.rendering.splitting import split_block

SAVED, LIST, ADD, DO = "notice.save", "notice.list", "notice.add", "notice.do"
_PIECE = 2_600
_SHOWN = 6
"""How many blocks of one notice the list shows: Slack takes 100 in all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A series' notices that are still to come in a note."""

    series: Series
    notices: Sequence[Notice]


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor typed: the words, and the last day."""

    words: Mapping[str, Any] | None
    until_day: date | None


def notices_form(standing: Standing, templates: Templates) -> Json:
    """Return the modal that lists a series' notices."""
    lead = templates.slack("notices_lead", series=standing.series.name, count=len(standing.notices), most=MOST)
    blocks: Blocks = [section(lead)]
    for notice in standing.notices:
        text = templates.slack("notice_line", until_day=notice.until_day)
        menu = OverflowMenuElement(
            action_id=DO,
            options=[
                Option(value=f"{what}:{notice.id}", label=templates.label(f"notices.{what}"))
                for what in ("change", "end")
            ],
        )
        block_id = f"notice:{notice.id}"
        blocks.append(SectionBlock(text=Mrkdwn(text=text), accessory=menu, block_id=block_id).to_dict())
        blocks += _words(notice.told)
    about = {"series": standing.series.id}
    if len(standing.notices) < MOST:
        blocks.append(actions(button(templates.label("notices.add"), ADD, about, style="primary")))
    return modal("", templates.label("notices.title"), "", about, blocks, templates)


def notice_form(series_id: int, notice: Notice | None, templates: Templates, *, typed: Typed | None = None) -> Json:
    """Return the modal for one notice, or for a new one. `typed` is there when it has changed since somebody looked."""
    shown = typed or (Typed(notice.words, notice.until_day) if notice else Typed(None, None))
    blocks: Blocks = []
    if typed is not None:
        blocks.append(section(templates.slack("notice_changed", is_ended=notice is None)))
    words: Json = {"type": "rich_text_input", "action_id": "words"}
    words |= {"initial_value": shown.words} if shown.words else {}
    day: Json = {"type": "datepicker", "action_id": "day"}
    day |= {"initial_date": shown.until_day.isoformat()} if shown.until_day else {}
    blocks.append(_input("words", templates.label("notices.words"), templates.label("notices.words_hint"), words))
    until = _input("until", templates.label("notices.until"), templates.label("notices.until_hint"), day)
    blocks.append({**until, "optional": True})
    if typed is not None and notice is not None:
        blocks += [bold_line(templates.label("draft.as_it_is")), *_words(notice.told)]
    about = {"series": series_id, "notice": notice.id if notice else 0, "state": notice.state if notice else ""}
    title = templates.label("notices.one" if notice else "notices.new")
    return modal(SAVED, title, templates.label("draft.save"), about, blocks, templates)


def _input(block_id: str, label: str, hint: str, element: Json) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": label},
        "hint": {"type": "plain_text", "text": hint},
        "element": element,
    }


def _words(told: RichText) -> list[Mapping[str, Any]]:
    pieces = [piece for block in told.blocks for piece in split_block(sendable(block), _PIECE)]
    return [rich_text(elements_of([piece])) for piece in pieces[:_SHOWN]]
