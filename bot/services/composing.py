"""Composing the note of an edition from what is stored."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.editions import Answer, Edition
from bot.domain.entries import shown
from bot.domain.files import Files
from bot.domain.notes import Note, compose
from bot.domain.notices import Notice, in_note
from bot.domain.numbering import number_of
from bot.domain.series import Series
from bot.domain.workspaces import Workspace
from bot.services.dates import goes_out_at
from storage import answers, entries, notices, people, workspaces
from storage.database import Session

MENTION = re.compile(r"<@([A-Z0-9_]+)")


def whole_note(
    session: Session, series: Series, edition: Edition, *, at: datetime | None = None, files: Files | None = None
) -> Note:
    """Compose the note of an edition, under the number it has or would take, as it goes out `at` some instant.

    `files` says what becomes of them, if not what readers see.
    """
    at = at or goes_out_at(session, series, edition)
    standing = in_note(
        notices.of_series(session, series.workspace_id, series.id),
        series.cadence.zone,
        out_at=edition.published_at,
        at=at,
    )
    given = answers.of_edition(session, edition.workspace_id, edition.id)
    return _note(session, series, edition, given, files=files, standing=standing)


def own_note(
    session: Session,
    series: Series,
    edition: Edition,
    user_id: str,
    *,
    is_as_given: bool = False,
    files: Files | None = None,
) -> Note:
    """Compose one contributor's part of the note, as editors have it, or `as_given`.

    `files` says what becomes of them, if not what readers see.
    """
    mine = answers.of_edition(session, edition.workspace_id, edition.id, user_id)
    return _note(session, series, edition, mine, is_as_given=is_as_given, files=files)


def own_notes(
    session: Session, workspace: Workspace, user_id: str, given: Sequence[tuple[Series, Edition, Sequence[Answer]]]
) -> list[Note]:
    """Compose one contributor's part of several notes, of the answers that are given with each."""
    spoken_of = (found for _, edition, mine in given for found in mentioned(edition, mine))
    names = people.names(session, workspace.id, {user_id, *spoken_of})
    seen = _seen(workspace)
    return [compose(series, edition, mine, names, number=edition.number, files=seen) for series, edition, mine in given]


def names_in(session: Session, edition: Edition, given: Sequence[Answer]) -> dict[str, str]:
    """Return the names of the people whom an edition's answers mention, by id."""
    return people.names(session, edition.workspace_id, mentioned(edition, given))


def _note(
    session: Session,
    series: Series,
    edition: Edition,
    given: Sequence[Answer],
    *,
    is_as_given: bool = False,
    files: Files | None = None,
    standing: Sequence[Notice] = (),
) -> Note:
    edited = {} if is_as_given else entries.of_edition(session, edition.workspace_id, edition.id)
    number = edition.number or number_of(series.numbering, edition.period)
    written = [*given, *shown(given, edited)]
    in_notices = {user_id for notice in standing for user_id in _user_ids(notice.words)}
    named = {*series.contributors, *(answer.user_id for answer in given), *mentioned(edition, written), *in_notices}
    names = people.names(session, edition.workspace_id, named)
    seen = files or _seen(workspaces.get(session, edition.workspace_id))
    told = [notice.told for notice in standing]
    return compose(series, edition, given, names, number=number, entries=edited, files=seen, notices=told)


def _seen(workspace: Workspace | None) -> Files:
    """Return what readers see of files: pictures, where the bot may read them."""
    return Files.SHOWN if workspace and workspace.can_read_files else Files.LINKED


def quoted_names(session: Session, workspace_id: str, given: Sequence[Answer]) -> dict[str, str]:
    """Return the names of those whose words were saved among these answers, by id."""
    return people.names(session, workspace_id, {answer.said_by for answer in given if answer.said_by})


def mentioned(edition: Edition, given: Sequence[Answer]) -> set[str]:
    """Return the ids of the people that the words mention, or whose words they are: the note needs their names."""
    in_text = {found for text in (edition.introduction, *(a.text for a in given)) for found in MENTION.findall(text)}
    quoted = {answer.said_by for answer in given if answer.said_by}
    return in_text | quoted | {user_id for answer in given for block in answer.blocks for user_id in _user_ids(block)}


def _user_ids(part: object) -> Iterator[str]:
    """Walk what Slack sent of a rich text, whatever its shape, as `bot.domain.richtext` reads it."""
    if not isinstance(part, dict):
        return
    if part.get("type") == "user" and isinstance(part.get("user_id"), str):
        yield part["user_id"]
    inner = part.get("elements")
    for each in inner if isinstance(inner, list | tuple) else ():
        yield from _user_ids(each)


def zone_of(session: Session, series: Series, user_id: str) -> str:
    """Return the IANA zone of a person, or the series' where the person is not known."""
    person = people.get(session, series.workspace_id, user_id)
    return person.zone if person else series.cadence.zone
