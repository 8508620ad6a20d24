"""Telling authors, privately, what an editor made of their answer; and editors, that an author has changed it since."""

from datetime import datetime

from bot.domain.deliveries import Method, Owed
from bot.domain.editions import Answer, Edition
from bot.domain.entries import Entry, as_shown, state_of
from bot.domain.series import Series
from bot.rendering.drafts import Drafts
from bot.rendering.entries import Told, author_told
from bot.rendering.receipts import heading_of
from bot.services.composing import mentioned
from storage import answers, deliveries, entries, people
from storage.database import Session


def tell_of_wording(
    session: Session,
    drafts: Drafts,
    series: Series,
    edition: Edition,
    answer: Answer,
    entry: Entry | None,
    editor: str,
    now: datetime,
) -> None:
    """Owe the author both wordings: what they gave, and what the note has. Nobody is told of their own doing."""
    if answer.user_id == editor:
        return
    names = people.names(
        session, edition.workspace_id, {editor, *mentioned(edition, [answer, as_shown(answer, entry)])}
    )
    told = Told(series, edition, answer, entry, names[editor], heading_of(edition.questions, answer.question_key))
    first, *others = author_told(drafts.templates, told, names)
    key = f"answer:{answer.id}:reworded:{now.timestamp():.6f}:{state_of(answer, entry)}"
    owed = Owed(key, "author", answer.user_id, first.payload(), edition_id=edition.id)
    deliveries.owe(session, edition.workspace_id, owed, now=now)
    for n, message in enumerate(others, start=2):
        part = Owed(f"{key}:{n}", "author", answer.user_id, message.payload(), thread_key=key, edition_id=edition.id)
        deliveries.owe(session, edition.workspace_id, part, now=now)


def tell_of_hiding(
    session: Session,
    drafts: Drafts,
    series: Series,
    edition: Edition,
    answer: Answer,
    editor: str,
    now: datetime,
    *,
    is_hidden: bool,
) -> None:
    """Owe the author a message that their answer is left out, once; it is changed when that changes."""
    if answer.user_id == editor:
        return
    names = people.names(session, edition.workspace_id, [editor])
    message = drafts.plain(
        "entry_hidden",
        editor=names[editor],
        heading=heading_of(edition.questions, answer.question_key),
        series=series.name,
        period=edition.period,
        is_hidden=is_hidden,
    )
    key = f"answer:{answer.id}:hidden"
    owed = Owed(key, "author", answer.user_id, message.payload(), edition_id=edition.id)
    if not deliveries.find(session, edition.workspace_id, key):
        if is_hidden:
            deliveries.owe(session, edition.workspace_id, owed, now=now)
        return
    changed = Owed(
        f"{key}:{now.timestamp():.6f}:{is_hidden:d}",
        "change",
        answer.user_id,
        message.payload(),
        Method.UPDATE,
        target_key=key,
        edition_id=edition.id,
    )
    deliveries.owe(session, edition.workspace_id, changed, now=now)


def tell_of_outdating(session: Session, drafts: Drafts, series: Series, edition: Edition, now: datetime) -> None:
    """Owe the editors whose wording an author's newer words have taken the place of a message that says so, once."""
    edited = entries.of_edition(session, edition.workspace_id, edition.id)
    given = answers.of_edition(session, edition.workspace_id, edition.id) if edited else []
    for answer in given:
        entry = edited.get(answer.id)
        if entry and entry.wording and entry.is_outdated and entry.edited_by in series.editors:
            names = people.names(session, edition.workspace_id, [answer.user_id])
            heading = heading_of(edition.questions, answer.question_key)
            message = drafts.outdated(series, edition, names[answer.user_id], heading)
            key = f"answer:{answer.id}:outdated:{entry.edited_at.timestamp():.6f}"
            owed = Owed(key, "notice", entry.edited_by, message.payload(), edition_id=edition.id)
            deliveries.owe(session, edition.workspace_id, owed, now=now)
