"""The draft as an editor gets it, and a contributor's own part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import ButtonElement, ConfirmObject, PlainTextObject

from bot.domain.deliveries import Message
from bot.domain.editions import Edition, EditionState
from bot.domain.notes import Note
from bot.domain.series import Series
from bot.rendering.blocks import actions, button, divider, section
from bot.rendering.environments import Templates
from bot.rendering.messages import form_button
from bot.rendering.note_blocks import note_messages

NAMED_AT_MOST = 25
"""How many names a sentence holds; Slack takes 3,000 characters in one section."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Makes drafts from the templates and the note."""

    templates: Templates

    def draft(
        self,
        series: Series,
        edition: Edition,
        *,
        note: Note | None,
        given: Sequence[str],
        missing: Sequence[str],
        away: Sequence[str] = (),
        goes_out: str,
    ) -> tuple[Message, ...]:
        """Return the draft: a first message with where it stands and the buttons, and what does not fit in it."""
        is_published = edition.state is EditionState.PUBLISHED
        lead = self.templates.slack(
            "draft_published" if is_published else "draft_lead",
            series=series.name,
            period=edition.period,
            is_held=edition.is_held,
            approval=series.needs_approval,
            goes_out=goes_out,
            given=list(given),
            missing=_named(missing),
            missing_count=len(missing),
            away=_named(away),
            headline=edition.headline,
            title=note.title if note else "",
            channel=series.channel_id,
        )
        parts = note_messages(note, self.templates) if note else ()
        buttons = self._buttons(edition, has_entries=bool(given))
        if not parts:
            return (Message(lead, (section(lead), actions(*buttons))),)
        first = Message(lead, (section(lead), actions(*buttons), divider(), *parts[0].blocks))
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
        parts = note_messages(note, self.templates) if note else ()
        form = actions(form_button(self.templates, edition, has_given=total > 0))
        if not parts:
            return (Message(lead, (section(lead), form)),)
        return replace(parts[0], text=lead, blocks=(section(lead), *parts[0].blocks, form)), *parts[1:]

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

    def _buttons(self, edition: Edition, *, has_entries: bool) -> list[ButtonElement]:
        value = {"edition": edition.id}
        title = self._button("title", "note.title", value)
        edit = [self._button("edit", "note.edit", value)] if has_entries else []
        if edition.state is EditionState.PUBLISHED:
            return [self._button("update", "note.publish", value), title, *edit]
        hold = [] if edition.is_held else [self._button("hold", "note.hold", value)]
        return [*([self._publish(value)] if has_entries else []), title, *edit, *hold]

    def _publish(self, value: Mapping[str, Any]) -> ButtonElement:
        label = self.templates.label
        publish = button(label("draft.publish"), "note.publish", value, style="primary")
        publish.confirm = ConfirmObject(
            title=label("draft.confirm_title"),
            text=PlainTextObject(text=label("draft.confirm_text")),
            confirm=label("draft.confirm_yes"),
            deny=label("draft.confirm_no"),
        )
        return publish

    def _button(self, name: str, action_id: str, value: Mapping[str, Any]) -> ButtonElement:
        return button(self.templates.label(f"draft.{name}"), action_id, value)


def _named(names: Sequence[str]) -> list[str]:
    """Return the names for a sentence, and how many more there are when it could not hold them all."""
    if len(names) <= NAMED_AT_MOST:
        return list(names)
    return [*names[:NAMED_AT_MOST], f"{len(names) - NAMED_AT_MOST} others"]
