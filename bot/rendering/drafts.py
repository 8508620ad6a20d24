"""The draft as an editor gets it, and a contributor's own part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import ButtonElement, ConfirmObject, PlainTextObject

from bot.domain.deliveries import Message
from bot.domain.editions import Edition, EditionState
from bot.domain.notes import Note
from bot.domain.series import Series
from bot.domain.weeks import Period
from bot.rendering.blocks import actions, button, divider, section
from bot.rendering.environments import Templates
from bot.rendering.messages import form_button
from bot.rendering.note_blocks import Laid, note_messages
from bot.rendering.notices import LIST

NAMED_AT_MOST = 25
"""How many names a sentence holds; Slack takes 3,000 characters in one section."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How an edition stands for one editor: its note, the names of those who gave something or not, when it goes out.

    `covered` are the weeks of the note it goes out with, `turn` is the editor of the week, where editors take turns;
    `edited_by` is the editor after whom another is to look at it, where the series wants that; a note that `is_refused`
    should be out and is nowhere; a draft that `is_asked_for` stays as it is, unlike the one that is sent; `laid` is
    the digest in house style, where the series has one.
    """

    note: Note | None
    given: Sequence[str]
    missing: Sequence[str]
    goes_out: str
    away: Sequence[str] = ()
    covered: Period | None = None
    turn: str = ""
    is_mine: bool = False
    edited_by: str = ""
    is_refused: bool = False
    is_asked_for: bool = False
    is_edited_by_me: bool = False
    laid: Sequence[Laid] | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """Makes drafts from the templates and the note."""

    templates: Templates

    def draft(self, series: Series, edition: Edition, stand: Stand, *, halvings: int = 0) -> tuple[Message, ...]:
        """Return the draft: a first message with where it stands and the buttons, and what does not fit in it."""
        note = stand.note
        lead = self.templates.slack(
            _lead(edition),
            series=series.name,
            period=edition.period,
            is_held=edition.is_held,
            is_paused=series.is_paused,
            is_refused=stand.is_refused,
            is_waiting=edition.state is EditionState.CLOSED,
            approval=series.needs_approval,
            goes_out=stand.goes_out,
            given=list(stand.given),
            missing=self._named(stand.missing),
            missing_count=len(stand.missing),
            away=self._named(stand.away),
            headline=note.headline if note else edition.headline,
            title=note.title if note else "",
            channel=series.channel_id,
            covered=stand.covered or edition.period,
            turn=stand.turn,
            is_mine=stand.is_mine,
            edited_by=stand.edited_by,
            is_edited_by_me=stand.is_edited_by_me,
        )
        if stand.is_asked_for:
            lead = f"{lead}\n{self.templates.slack('draft_snapshot')}"
        parts = note_messages(note, self.templates, lead=lead, laid=stand.laid, halvings=halvings) if note else ()
        buttons = self._buttons(edition, has_entries=bool(stand.given), is_mine=stand.is_mine)
        row = [actions(*buttons)] if buttons else []
        if not parts:
            return (Message(lead, (section(lead), *row)),)
        first = replace(parts[0], blocks=(section(lead), *row, divider(), *parts[0].blocks))
        return first, *parts[1:]

    def own(
        self, series: Series, edition: Edition, *, note: Note | None, total: int, goes_out: str
    ) -> tuple[Message, ...]:
        """Return one contributor's part of the note as it will look."""
        lead = self.templates.slack(
            "own_draft",
            series=series.name,
            period=edition.period,
            total=total,
            goes_out=goes_out,
            is_published=edition.state is EditionState.PUBLISHED,
        )
        parts = note_messages(note, self.templates, lead=lead) if note else ()
        form = actions(form_button(self.templates, edition, has_given=total > 0))
        if not parts:
            return (Message(lead, (section(lead), form)),)
        return replace(parts[0], blocks=(section(lead), *parts[0].blocks, form)), *parts[1:]

    def plain(self, template: str, **values: object) -> Message:
        """Return a message that is one template's text."""
        text = self.templates.slack(template, **values)
        return Message(text, (section(text),))

    def outdated(self, series: Series, edition: Edition, author: str, heading: str) -> Message:
        """Return what an editor reads whose wording an author's newer words have taken the place of."""
        text = self.templates.slack(
            "entry_outdated", author=author, heading=heading, series=series.name, period=edition.period
        )
        edit = self._button("edit", "note.edit", {"edition": edition.id})
        return Message(text, (section(text), actions(edit)))

    def _buttons(self, edition: Edition, *, has_entries: bool, is_mine: bool) -> list[ButtonElement]:
        value = {"edition": edition.id}
        title = self._button("title", "note.title", value)
        edit = [self._button("edit", "note.edit", value)] if has_entries else []
        notices = self._button("notices", LIST, {"series": edition.series_id})
        if edition.state is EditionState.PUBLISHED:
            return [self._button("update", "note.publish", value), title, *edit]
        if edition.state is EditionState.SKIPPED:
            return []
        if edition.state is EditionState.MERGED:
            return [] if edition.published_at else [self._button("unmerge", "note.unmerge", value)]
        hold = self._release(value) if edition.is_held else self._button("hold", "note.hold", value)
        merge = self._confirmed("merge", "note.merge", value)
        hand = [self._button("hand_over", "note.hand_over", value)] if is_mine else []
        return [*([self._publish(value)] if has_entries else []), title, *edit, notices, hold, merge, *hand]

    def asked_for_eyes(self, series: Series, edition: Edition, editor: str) -> Message:
        """Return what the other editors read when one wants a second pair of eyes."""
        text = self.templates.slack("second_eyes", editor=editor, series=series.name, period=edition.period)
        return Message(text, (section(text), actions(self._publish({"edition": edition.id}))))

    def held(self, series: Series, edition: Edition) -> Message:
        """Return what an editor reads who held a note back."""
        text = self.templates.slack("held", series=series.name, period=edition.period)
        return Message(text, (section(text), actions(self._release({"edition": edition.id}))))

    def released(self, series: Series, edition: Edition, due: datetime, zone: str) -> Message:
        """Return what an editor reads who let a note go out again."""
        return self.plain(
            "released",
            series=series.name,
            period=edition.period,
            is_out=edition.state is EditionState.PUBLISHED,
            is_waiting=edition.state is EditionState.CLOSED,
            approval=series.needs_approval,
            goes_out=self.templates.words.spoken(due, zone),
        )

    def merged(self, series: Series, edition: Edition, target: Edition, due: datetime, zone: str) -> Message:
        """Return what an editor reads who merged a week into the next."""
        text = self.templates.slack(
            "merged",
            series=series.name,
            period=edition.period,
            target=target.period,
            goes_out=self.templates.words.spoken(due, zone),
        )
        undo = self._button("unmerge", "note.unmerge", {"edition": edition.id})
        return Message(text, (section(text), actions(undo)))

    def told_of_merging(
        self, series: Series, edition: Edition, target: Edition, due: datetime, zone: str, *, has_given: bool
    ) -> Message:
        """Return what a contributor reads when a week is merged into the next, or has its own note again."""
        return self.plain(
            "merging",
            series=series.name,
            period=edition.period,
            target=target.period,
            is_merged=target.id != edition.id,
            is_held=target.is_held,
            has_given=has_given,
            goes_out=self.templates.words.spoken(due, zone),
        )

    def _named(self, names: Sequence[str]) -> list[str]:
        """Return the names for a sentence, and how many more there are when it could not hold them all."""
        named, others = list(names[:NAMED_AT_MOST]), len(names) - NAMED_AT_MOST
        return [*named, self.templates.label("draft.others", count=others)] if others > 0 else named

    def _release(self, value: Mapping[str, Any]) -> ButtonElement:
        return self._confirmed("release", "note.release", value)

    def _confirmed(self, name: str, action_id: str, value: Mapping[str, Any]) -> ButtonElement:
        """Return a button that asks before it does what it says."""
        label = self.templates.label
        asking = self._button(name, action_id, value)
        asking.confirm = ConfirmObject(
            title=label(f"draft.{name}_title"),
            text=PlainTextObject(text=label(f"draft.{name}_text")),
            confirm=label(f"draft.{name}_yes"),
            deny=label("draft.confirm_no"),
        )
        return asking

    def _publish(self, value: Mapping[str, Any]) -> ButtonElement:
        publish = self._confirmed("publish", "note.publish", value)
        publish.style = "primary"
        return publish

    def _button(self, name: str, action_id: str, value: Mapping[str, Any]) -> ButtonElement:
        return button(self.templates.label(f"draft.{name}"), action_id, value)


def _lead(edition: Edition) -> str:
    """Return the template that says where a draft stands."""
    leads = {
        EditionState.PUBLISHED: "draft_published",
        EditionState.MERGED: "draft_merged",
        EditionState.SKIPPED: "nothing_to_post",
    }
    return leads.get(edition.state, "draft_lead")
