"""The App Home's view: everything in brief within Slack's limits, and pages for what is longer."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.domain.homes import NOTES_ON_A_PAGE, Edited, Leaf, Page, PastNote, Remembered, Week
from bot.domain.richtext import Block, Item, Link, ListBlock, Paragraph, Text
from bot.rendering.away import Choices, choices_blocks
from bot.rendering.blocks import Blocks, actions, button, context, divider, header, section
from bot.rendering.environments import Templates
from bot.rendering.home_weeks import HomeWeeks
from bot.rendering.note_blocks import body_of
from bot.rendering.richtext import elements_of, sendable
from bot.rendering.setup_view import CALLBACK_ID as SETUP
from bot.rendering.splitting import cost, pack, split_block

MOST_BLOCKS = 100
MOST_CHARACTERS = 100_000
"""How much JSON people's words take of a Home: well below the 250 kB at which Slack refuses a view."""
SERIES_IN_BRIEF = 10
_LIST_LIMIT = 2_600


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything that is shown of one person, whose zone and date these are."""

    zone: str
    today: date
    weeks: Sequence[Week] = ()
    edited: Sequence[Edited] = ()
    notes: Sequence[PastNote] = ()
    has_more_notes: bool = False
    year_ago: Sequence[Remembered] = ()
    choices: Choices | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Makes the Home's view from the templates."""

    templates: Templates

    def view(self, mine: Mine, page: Page) -> dict[str, Any]:
        """Return a page of the Home, within Slack's limits."""
        week = next((each for each in mine.weeks if each.edition and each.edition.id == page.edition_id), None)
        if page.leaf is Leaf.NOTES:
            blocks = self._notes_page(mine, page)
        elif page.leaf is Leaf.WEEK and week:
            blocks = self._week_page(week, mine.zone)
        elif page.leaf is Leaf.SERIES:
            blocks = self._series_page(mine, page)
        else:
            blocks = self._overview(mine)
        return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}

    def _overview(self, mine: Mine) -> Blocks:
        """Return everything in brief. People's words take the room that the rest leaves."""
        about = self._about(mine.choices)
        if not (mine.weeks or mine.edited or mine.notes):
            set_up = button(self.templates.label("home.set_up"), SETUP, {"channel": ""}, style="primary")
            return [section(self.templates.slack("home_empty")), actions(set_up), divider(), *about]
        after = [*self._edited(mine, 0), *self._more_series(mine, 0), *self._notes_in_brief(mine), *about]
        room = _Room(MOST_BLOCKS - len(after) - 2 * len(mine.year_ago[:SERIES_IN_BRIEF]) - 2, MOST_CHARACTERS)
        weeks = self._weeks(mine.weeks[:SERIES_IN_BRIEF], mine.zone, room)
        return [*weeks, *self._year_ago(mine.year_ago[:SERIES_IN_BRIEF], room), *after]

    def _weeks(self, weeks: Sequence[Week], zone: str, room: "_Room") -> Blocks:
        """Return the weeks, those that fit with what was given, the others with a button that shows it."""
        home = HomeWeeks(self.templates, zone)
        brief = [home.brief(week) for week in weeks]
        room.take([block for blocks in brief for block in (*blocks, divider())])
        found: Blocks = []
        for week, blocks in zip(weeks, brief, strict=True):
            whole = home.whole(week)
            found += [*(whole if room.take(whole, instead_of=blocks) else blocks), divider()]
        return found

    def _edited(self, mine: Mine, start: int) -> Blocks:
        shown = mine.edited[start : start + SERIES_IN_BRIEF]
        if not shown:
            return []
        lines = [self._edited_line(each, mine.zone) for each in shown]
        return [header(self.templates.label("home.edited")), *lines, divider()]

    def _edited_line(self, each: Edited, zone: str) -> dict[str, Any]:
        series, trouble = each.series, each.trouble
        text = self.templates.slack(
            "home_edited",
            series=series.name,
            edition=each.edition,
            is_paused=series.is_paused,
            givers=each.givers,
            asked=max(len(series.contributors), each.givers),
            coming=each.coming.value if each.coming else "",
            coming_at=self._spoken(each.coming_at, zone),
            trouble=self.templates.slack("trouble", failure=trouble, channel_id=series.channel_id) if trouble else "",
        )
        settings = button(self.templates.label("home.settings"), SETUP, {"channel": series.channel_id}, of=series.name)
        return {**section(text), "accessory": settings.to_dict()}

    def _more_series(self, mine: Mine, start: int) -> Blocks:
        """Return the button to the series that come after those shown."""
        left = max(len(mine.weeks), len(mine.edited)) - start - SERIES_IN_BRIEF
        if left <= 0:
            return []
        label = self.templates.label("home.more_series", count=left)
        return [actions(_turn("home.series", label, Leaf.SERIES, start + SERIES_IN_BRIEF)), divider()]

    def _year_ago(self, remembered: Sequence[Remembered], room: "_Room") -> Blocks:
        """Return what was given a year before: each note's line, with as many of the words as there is room for."""
        found: Blocks = []
        for each in remembered:
            line: Blocks = [_rich([Paragraph((self._note_line(each.note),))])]
            own = body_of(each.own, self.templates)
            found += [*line, *own] if room.take(own) else line
        heading = [header(self.templates.label("home.year_ago"))] if found else []
        return [*heading, *found, *([divider()] if found else [])]

    def _notes_in_brief(self, mine: Mine) -> Blocks:
        if not mine.notes:
            return []
        more = [actions(_turn("home.notes", self.templates.label("home.all_notes"), Leaf.NOTES))]
        heading = header(self.templates.label("home.notes"))
        return [heading, *self._listed(mine.notes), *(more if mine.has_more_notes else []), divider()]

    def _listed(self, notes: Iterable[PastNote]) -> Blocks:
        """Return notes as a list of links, in as many blocks as their titles need."""
        items = [Item((self._note_line(note),)) for note in notes]
        pieces = [piece for item in items for piece in split_block(sendable(ListBlock((item,))), _LIST_LIMIT)]
        return [_rich(_joined(group)) for group in pack(pieces, cost, _LIST_LIMIT)]

    def _note_line(self, note: PastNote) -> tuple[Link | Text, ...]:
        title = note.title or note.series_name
        told = f" · {self.templates.words.dates(note.period)}"
        if note.title and note.series_name not in note.title:
            told = f" · {note.series_name}{told}"
        return (Link(note.url, title) if note.url else Text(title), Text(told))

    def _about(self, choices: Choices | None) -> Blocks:
        if choices is None:
            return []
        templates = self.templates
        data = actions(
            button(templates.label("home.export"), "export.mine", {}),
            button(templates.label("home.forget"), "forget.ask", {}),
        )
        return [
            header(templates.label("home.about")),
            *choices_blocks(templates, choices),
            section(templates.slack("home_data")),
            data,
            context(templates.slack("home_tip")),
        ]

    def _notes_page(self, mine: Mine, page: Page) -> Blocks:
        templates = self.templates
        newer = _turn("home.newer", templates.label("home.newer"), Leaf.NOTES, max(page.start - NOTES_ON_A_PAGE, 0))
        older = _turn("home.older", templates.label("home.older"), Leaf.NOTES, page.start + NOTES_ON_A_PAGE)
        turns = [*([newer] if page.start else []), *([older] if mine.has_more_notes else []), self._back()]
        listed = self._listed(mine.notes) or [section(templates.slack("home_no_notes"))]
        return [header(templates.label("home.notes")), *listed[: MOST_BLOCKS - 2], actions(*turns)]

    def _week_page(self, week: Week, zone: str) -> Blocks:
        end: Blocks = [actions(self._back())]
        blocks = HomeWeeks(self.templates, zone).page(week, MOST_BLOCKS - len(end), MOST_CHARACTERS)
        return [*blocks, *end]

    def _series_page(self, mine: Mine, page: Page) -> Blocks:
        shown = mine.weeks[page.start : page.start + SERIES_IN_BRIEF]
        after = [*self._edited(mine, page.start), *self._more_series(mine, page.start), actions(self._back())]
        return [*self._weeks(shown, mine.zone, _Room(MOST_BLOCKS - len(after), MOST_CHARACTERS)), *after]

    def _back(self) -> ButtonElement:
        return _turn("home.overview", self.templates.label("home.back"), Leaf.OVERVIEW)

    def _spoken(self, at: datetime | None, zone: str) -> str:
        return self.templates.words.spoken(at, zone) if at else ""


@dataclass(slots=True)
class _Room:
    """How many blocks, and characters of JSON, there is still room for."""

    blocks: int
    characters: int

    def take(self, wanted: Blocks, *, instead_of: Blocks = ()) -> bool:  # type: ignore[assignment]
        """Take room for blocks that stand where others would. Returns False, taking none, when there is too little."""
        blocks = len(wanted) - len(instead_of)
        characters = len(json.dumps(list(wanted))) - len(json.dumps(list(instead_of)))
        if blocks > self.blocks or characters > self.characters:
            return False
        self.blocks -= blocks
        self.characters -= characters
        return True


def _turn(action_id: str, label: str, leaf: Leaf, start: int = 0) -> ButtonElement:
    """Return a button that turns to a page."""
    return button(label, action_id, {"leaf": leaf.value, "start": start})


def _rich(blocks: Sequence[Block]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": elements_of([sendable(block) for block in blocks])}


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Return lists as one."""
    return [ListBlock(tuple(item for block in blocks if isinstance(block, ListBlock) for item in block.items))]
