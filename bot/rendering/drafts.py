"""The draft as an editor gets it, and a contributor's own part of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        buttons = _buttons(edition, can_publish=bool(given))
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


def _named(names: Sequence[str]) -> list[str]:
    """Return the names for a sentence, and how many more there are when it could not hold them all."""
    if len(names) <= NAMED_AT_MOST:
        return list(names)
    return [*names[:NAMED_AT_MOST], f"{len(names) - NAMED_AT_MOST} others"]


def _buttons(edition: Edition, *, can_publish: bool) -> list[ButtonElement]:
    value = {"edition": edition.id}
    title = button("Title and intro", "note.title", value)
    if edition.state is EditionState.PUBLISHED:
        return [button("Update the note", "note.publish", value), title]
    publish = button("Publish now", "note.publish", value, style="primary")
    publish.confirm = ConfirmObject(
        title="Publish the note?",
        text=PlainTextObject(text="It is posted in the channel at once."),
        confirm="Publish",
        deny="Not yet",
    )
    hold = [] if edition.is_held else [button("Hold", "note.hold", value)]
    return [*([publish] if can_publish else []), title, *hold]
