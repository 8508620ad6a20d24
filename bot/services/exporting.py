"""Exporting: a person's own answers, for them to keep."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.deliveries import Method, Owed
from bot.domain.editions import Answer
from bot.domain.exports import Wanted, Week, read_wanted
from bot.domain.files import Enclosure, Files
from bot.domain.quoting import quoted
from bot.domain.richtext import parse, plain, resolve
from bot.domain.series import Layout
from bot.domain.zones import UTC_ZONE
from bot.rendering.exports import Exports
from bot.services.composing import names_in, own_note
from storage import answers, deliveries, editions, people, workspaces
from storage import series as series_store
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Exported:
    """What is on its way: how many answers of which days, whether as a file, and how many files are beside it."""

    wanted: Wanted
    count: int
    is_file: bool
    enclosed: int = 0


@dataclass(frozen=True, slots=True)
class Exporting:
    """Sends people what is theirs."""

    database: Database
    clock: Clock
    exports: Exports

    def mine(self, workspace_id: str, user_id: str, typed: str, occasion: str) -> Exported:
        """Owe a person their own answers by direct message: as a file, or where the bot may send none as messages.

        `typed` says which days and how; `occasion` names the request uniquely. Raises InvalidInputError.
        """
        now = self.clock.now()
        with self.database.session() as session:
            person = people.get(session, workspace_id, user_id)
            today = now.astimezone(ZoneInfo(person.zone if person else UTC_ZONE)).date()
            wanted = read_wanted(typed, today, self.exports.templates.vocabulary)
            workspace = workspaces.get(session, workspace_id)
            is_file = workspace is not None and workspace.can_send_files
            files = Files.ENCLOSED if is_file and workspace and workspace.can_read_files else Files.LINKED
            weeks = list(_weeks(session, workspace_id, user_id, wanted, files))
            enclosed = self.exports.enclosures(wanted, weeks) if files is Files.ENCLOSED else ()
            if weeks:
                file = self._file(user_id, wanted, weeks, enclosed, occasion)
                for each in [file] if is_file else self._messages(user_id, wanted, weeks, occasion):
                    deliveries.owe(session, workspace_id, each, now=now)
            return Exported(wanted, sum(len(week.answers) for week in weeks), is_file, len(enclosed))

    def _file(
        self, user_id: str, wanted: Wanted, weeks: list[Week], enclosed: tuple[Enclosure, ...], occasion: str
    ) -> Owed:
        """Return the file to send; what is enclosed is fetched by whoever sends it."""
        payload: dict[str, Any] = {
            "name": wanted.archive_name if enclosed else wanted.file_name,
            "title": self.exports.title(wanted),
            "content": self.exports.document(wanted, weeks),
            "document": wanted.file_name,
            "files": [asdict(each) for each in enclosed],
        }
        return Owed(f"export:{occasion}", "export", user_id, payload, Method.UPLOAD)

    def _messages(self, user_id: str, wanted: Wanted, weeks: list[Week], occasion: str) -> list[Owed]:
        first = f"export:{occasion}"
        lead, *others = self.exports.messages(wanted, self.exports.document(wanted, weeks))
        parts = [
            Owed(f"{first}:{n}", "export", user_id, message.payload(), thread_key=first)
            for n, message in enumerate(others, start=1)
        ]
        return [Owed(first, "export", user_id, lead.payload()), *parts]


def _weeks(session: Session, workspace_id: str, user_id: str, wanted: Wanted, files: Files) -> Iterator[Week]:
    """Yield what a person gave to each edition whose weeks touch the days that are wanted, oldest first."""
    found = []
    given = sorted(answers.of_person(session, workspace_id, user_id), key=lambda answer: answer.edition_id)
    for edition_id, mine in groupby(given, key=lambda answer: answer.edition_id):
        edition = editions.get(session, workspace_id, edition_id)
        if edition and edition.period.start <= wanted.last and edition.period.end >= wanted.first:
            found.append((edition, tuple(mine)))
    for edition, given_here in sorted(found, key=lambda each: (each[0].period.start, each[0].series_id)):
        series = series_store.get(session, workspace_id, edition.series_id)
        if series:
            names = names_in(session, edition, given_here)
            words = tuple(_words_of(each, names) for each in given_here)
            by_person = replace(series, layout=Layout.BY_PERSON)
            note = own_note(session, by_person, edition, user_id, is_as_given=True, files=files)
            yield Week(series.name, edition, given_here, words, note)


def _words_of(answer: Answer, names: Mapping[str, str]) -> str:
    """Return the words of an answer; somebody else's as a quote, with their name."""
    told = resolve(parse(answer.text, answer.blocks), names)
    return plain(quoted(told, names.get(answer.said_by, answer.said_by), answer.permalink) if answer.said_by else told)
