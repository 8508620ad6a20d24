"""Sharing: the notes of a series as documents for its editors, who say whether they may go outside."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.deliveries import Message, Method, Owed
from bot.domain.editions import Edition, EditionState
from bot.domain.errors import EditionGoneError, InvalidInputError
from bot.domain.exports import Format
from bot.domain.files import Files
from bot.domain.house_styles import STYLED
from bot.domain.note_exports import (
    MOST_NOTES,
    chosen,
    file_name,
    fingerprint_of,
    read_wanted_notes,
    spoken_of,
)
from bot.domain.series import Series
from bot.rendering.note_exports import NoteExports, NoteFile
from bot.services.composing import whole_note
from bot.services.editable import editable, editable_edition
from bot.services.failing import NOTE_KINDS
from bot.services.laying import Laying
from storage import deliveries, editions, workspaces
from storage import series as series_store
from storage.database import Database, Session

ALL = 10_000
"""More editions than a series has."""
_ENTRIES = uuid.UUID("6f0f4a2e-64c9-4d1c-9d0f-3a0c4d0f7b51")
"""What the ids of Atom entries are made from. It may never change: feeds know a note by its id."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor chose in the question: which notes, how, for whom, and the names they were shown."""

    editions: tuple[int, ...]
    format: str
    is_inside: bool
    seen: str
    occasion: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """Sends editors the notes of their series."""

    database: Database
    clock: Clock
    exports: NoteExports
    laying: Laying

    def ask(self, workspace_id: str, series_id: int, user_id: str, typed: str, occasion: str) -> Message:
        """Ask whether the notes that are meant may go outside; for inside, send them at once.

        `occasion` names the request uniquely. Raises NotAllowedError, NoSeriesHereError, InvalidInputError.
        """
        wanted = read_wanted_notes(typed, self.exports.templates.vocabulary)
        with self.database.session() as session:
            series = editable(session, workspace_id, series_id, user_id)
            today = self.clock.now().astimezone(ZoneInfo(series.cadence.zone)).date()
            published = editions.latest_published(session, workspace_id, series_id, ALL)
            found = chosen(published, wanted.which, today)
            files = [_file(session, series, edition) for edition in found]
            if wanted.is_inside:
                return self._send(session, user_id, found, files, wanted.format, occasion, is_inside=True)
            return self._question(found, files, wanted.format, occasion)

    def send(self, workspace_id: str, user_id: str, choice: Choice) -> Message:
        """Send what an editor chose; where it speaks of other people than they were told, ask again.

        Raises NotAllowedError, EditionGoneError, InvalidInputError.
        """
        form = next((each for each in Format if each.value == choice.format), None)
        is_possible = form and 0 < len(choice.editions) <= MOST_NOTES and not (choice.is_inside and form is Format.ATOM)
        if form is None or not is_possible:
            raise InvalidInputError("export_unreadable")
        with self.database.session() as session:
            pairs = [editable_edition(session, workspace_id, each, user_id) for each in dict.fromkeys(choice.editions)]
            found = [edition for _, edition in pairs]
            if any(edition.state is not EditionState.PUBLISHED for edition in found):
                raise EditionGoneError("note_gone")
            files = [_file(session, series, edition) for series, edition in pairs]
            if not choice.is_inside and fingerprint_of(_names(files)) != choice.seen:
                return self._question(found, files, form, choice.occasion, is_again=True)
            return self._send(session, user_id, found, files, form, choice.occasion, is_inside=choice.is_inside)

    def _question(
        self,
        found: Sequence[Edition],
        files: Sequence[NoteFile],
        form: Format,
        occasion: str,
        *,
        is_again: bool = False,
    ) -> Message:
        names = _names(files)
        value = {
            "editions": [edition.id for edition in found],
            "format": form.value,
            "seen": fingerprint_of(names),
            "occasion": occasion,
        }
        return self.exports.question([file.note for file in files], form, names, value, is_again=is_again)

    def _send(
        self,
        session: Session,
        user_id: str,
        found: Sequence[Edition],
        files: Sequence[NoteFile],
        form: Format,
        occasion: str,
        *,
        is_inside: bool,
    ) -> Message:
        """Owe each note, once however often the button is pressed."""
        workspace_id = found[0].workspace_id
        workspace = workspaces.get(session, workspace_id)
        is_file = workspace is not None and workspace.can_send_files
        where = "inside" if is_inside else "outside"
        for edition, file in zip(found, files, strict=True):
            document = self._document(session, edition, file, form, is_inside=is_inside)
            key = f"export:{user_id}:{occasion}:{where}:{edition.id}"
            title = file.note.title
            if is_file:
                name = file_name(edition.period, form, is_inside=is_inside)
                payload = {"name": name, "title": title, "content": document, "document": name, "files": []}
                owed = [Owed(key, "export", user_id, payload, Method.UPLOAD)]
            else:
                lead, *others = self.exports.messages(title, form, document)
                owed = [Owed(key, "export", user_id, lead.payload())]
                owed += [
                    Owed(f"{key}:{n}", "export", user_id, message.payload(), thread_key=key)
                    for n, message in enumerate(others, start=1)
                ]
            for each in owed:
                deliveries.owe(session, workspace_id, each, now=self.clock.now())
        notes = [file.note for file in files]
        return self.exports.on_its_way(notes, form, is_inside=is_inside, is_file=is_file)

    def _document(self, session: Session, edition: Edition, file: NoteFile, form: Format, *, is_inside: bool) -> str:
        """Return a note in a format: in house style, where the series has one for it that can be used."""
        series = series_store.get(session, edition.workspace_id, edition.series_id)
        styled = None
        if series and form in STYLED:
            told = file.note if is_inside else file.note.outside()
            now = self.clock.now()
            styled = self.laying.document(session, series, edition, told, STYLED[form], now=now)
        return self.exports.document(file, form, is_inside=is_inside) if styled is None else styled


def _file(session: Session, series: Series, edition: Edition) -> NoteFile:
    changed = deliveries.last_owed(session, edition.workspace_id, edition.id, NOTE_KINDS)
    note = whole_note(session, series, edition, files=Files.LINKED)
    identity = uuid.uuid5(_ENTRIES, f"{edition.workspace_id}/{edition.series_id}/{edition.id}").urn
    moments = [moment for moment in (edition.published_at, changed) if moment]
    return NoteFile(note, identity, max(moments))


def _names(files: Sequence[NoteFile]) -> list[str]:
    """Return the names of everybody in what goes outside, each once."""
    return list(dict.fromkeys(name for file in files for name in spoken_of(file.note.outside())))
