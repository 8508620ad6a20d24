"""`weeknotes demo --play`: a whole week with nobody watching, and whether every word of it is in the note."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from bot.clock import SystemClock
from bot.demo.check import Missing, missing
from bot.demo.team import ANA, CHANNEL, CHANNEL_ID, TEAM, ZONE, Demo, Member, monday_morning, running
from bot.demo.titles import OwnTitle, title_of, without_title
from bot.demo.weeks import Week, read_folder
from bot.domain.editions import Step, StepKind
from bot.domain.errors import WeeknotesError
from bot.domain.series import Shape
from bot.rendering import documents
from bot.services.composing import whole_note
from bot.slack.pace import PERMITTED, Pace
from fakeslack import Clock, FakeSlack
from fakeslack.composer import compose
from storage import editions, steps

SAMPLES = Path(__file__).with_name("samples")
_MANY = 10_000
_DONE = {StepKind.DRAFT: "the editor gets the draft", StepKind.PUBLISH: "the note goes out"}
_BETWEEN_MESSAGES = timedelta(seconds=7)
_ZONES = ("Europe/London", "Europe/Athens", "America/New_York", "Pacific/Auckland")


class NothingPostedError(WeeknotesError):
    """The week went by and no note was posted."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a week: the note as documents, and as the messages in the channel."""

    markdown: str
    html: str
    text: str
    messages: Sequence[Mapping[str, Any]]


def play(
    answers: Path | None = None,
    markdown: Path | None = None,
    html: Path | None = None,
    console: Console | None = None,
    now: datetime | None = None,
) -> int:
    """Play the week that the files in `answers` hold, and print its note; write it where `markdown` and `html` say.

    Returns 0 when every word and link of every answer is in the note, in each of its forms; else says which are not.
    """
    console = console or Console()
    weeks = read_folder(answers or SAMPLES)
    played = _play(weeks, console, now or SystemClock().now())
    console.rule("The note, as posted")
    console.print(Text(played.text), soft_wrap=True)
    for path, document in ((markdown, played.markdown), (html, played.html)):
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document, encoding="utf-8")
            console.print(f"Written: {path}", markup=False, highlight=False)
    return _judge(weeks, missing(weeks, played.markdown, played.html, played.messages), console)


def _judge(weeks: Sequence[Week], lost: Sequence[Missing], console: Console) -> int:
    console.rule()
    if not lost:
        replies = sum(len(week.texts) for week in weeks)
        console.print(
            f"{_count(len(weeks), 'person', 'people')}, {_count(replies, 'reply', 'replies')}: "
            "every word and every link is in the note, in Slack, in Markdown and in HTML."
        )
        return 0
    table = Table("Where", "Whose", "What is missing", title="Missing from the note")
    for one in lost:
        table.add_row(Text(one.where), Text(one.person), Text(one.what))
    console.print(table)
    return 1


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _play(weeks: Sequence[Week], console: Console, now: datetime) -> Played:
    members = _members(weeks)
    editor = next((member for member in members if member.name == ANA.name), Member("U_EDITOR", "Robin Page"))
    everyone = members if editor in members else [*members, editor]
    title = title_of(weeks[0]) if len(weeks) == 1 else OwnTitle()
    said = [without_title(weeks[0])] if title.headline else weeks
    clock = Clock(monday_morning(now))
    slack = FakeSlack(clock=clock)
    slack.rate_limits.enforce = False
    with (
        tempfile.TemporaryDirectory(prefix="weeknotes-") as folder,
        running(
            slack,
            clock,
            Path(folder, "weeknotes.sqlite3"),
            everyone,
            members,
            editor=editor,
            title=title,
            pace=Pace(permitted=dict.fromkeys(PERMITTED, 1e6), burst=1e6, channel_seconds=0.0),
        ) as demo,
    ):
        demo.settle()
        with _progress(console) as progress:
            by_id = {member.user_id: week for member, week in zip(members, said, strict=True)}
            names = {member.name: member.user_id for member in everyone}
            _Week(demo, by_id, names, progress, editor, title.headline).go_by()
        return _outcome(demo)


def _members(weeks: Sequence[Week]) -> list[Member]:
    """Return the people of the weeks: those of the sample team as they are, the others in zones round the world."""
    known = {member.name: member for member in TEAM}
    return [
        known.get(week.name) or Member(f"U_WRITER{number}", week.name, _ZONES[number % len(_ZONES)])
        for number, week in enumerate(weeks)
    ]


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        yield progress


@dataclass(frozen=True, slots=True)
class _Week:
    """The week going by: what is due is done, and whoever is asked replies."""

    demo: Demo
    weeks: Mapping[str, Week]
    people: Mapping[str, str]
    progress: Progress
    editor: Member
    headline: str

    def go_by(self) -> None:
        """Go from step to step until the note is out."""
        for step in self._steps():
            self._become(step.due_at)
            if step.kind is StepKind.ASK:
                self._reply(step.user_id)
            elif step.kind in _DONE:
                self._report(_DONE[step.kind])
            if step.kind is StepKind.DRAFT and self.headline:
                self._give_headline()
            if step.kind is StepKind.PUBLISH:
                return

    def _steps(self) -> list[Step]:
        with self.demo.runtime.database.session() as session:
            return steps.upcoming(session, self.demo.workspace_id, self.demo.series.id, limit=_MANY)

    def _become(self, moment: datetime) -> None:
        self.demo.clock.jump(max(moment, self.demo.clock.now()))
        self.demo.settle()

    def _report(self, what: str) -> None:
        moment = self.demo.clock.now().astimezone(ZoneInfo(ZONE))
        self.progress.console.print(f"{moment:%A %H:%M}  {what}", markup=False, highlight=False)

    def _reply(self, user_id: str) -> None:
        week = self.weeks[user_id]
        self._report(f"{week.name} is asked")
        task = self.progress.add_task(f"{week.name} replies", total=len(week.texts))
        for question in self.demo.series.questions:
            texts = week.replies.get(question.key, ())
            for text in texts:
                self._say(user_id, text, week.flavour)
                self.progress.advance(task)
            if not texts or question.shape is not Shape.LINE:
                self._say(user_id, "next" if texts else "skip", "slack")

    def _give_headline(self) -> None:
        """Have the editor fill in the form of the draft."""
        editor = self.demo.slack.person(self.editor.user_id)
        drafts = [each for each in self.demo.slack.messages(editor.dm()) if _has_button(each, "note.title")]
        editor.click(editor.dm(), drafts[-1]["ts"], "note.title")
        self.demo.settle()
        editor.submit({"headline": {"headline": self.headline}})
        self._become(self.demo.clock.now())

    def _say(self, user_id: str, text: str, flavour: Literal["slack", "markdown"]) -> None:
        """Say something in one's thread, as the message box composes it, and wait for what comes of it."""
        person = self.demo.slack.person(user_id)
        channel = person.dm()
        opened = [one for one in self.demo.slack.messages(channel) if one.get("bot_id") and not _is_reply(one)]
        said = compose(text, self.people, {CHANNEL: CHANNEL_ID}, flavour)
        person.say(channel, said.text, thread_ts=opened[-1]["ts"], blocks=said.blocks)
        self._become(self.demo.clock.now() + _BETWEEN_MESSAGES)


def _has_button(message: Mapping[str, Any], action_id: str) -> bool:
    rows = [block["elements"] for block in message.get("blocks", ()) if block["type"] == "actions"]
    return any(element.get("action_id") == action_id for row in rows for element in row)


def _is_reply(message: Mapping[str, Any]) -> bool:
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])


def _outcome(demo: Demo) -> Played:
    """Return the note that was posted."""
    with demo.runtime.database.session() as session:
        published = editions.latest_published(session, demo.workspace_id, demo.series.id)
        if not published:
            raise NothingPostedError
        note = whole_note(session, demo.series, published[0])
    return Played(
        markdown=documents.markdown(note),
        html=documents.html(note),
        text=documents.plain_text(note),
        messages=[message for message in demo.slack.messages(CHANNEL_ID) if _is_digest(message)],
    )


def _is_digest(message: Mapping[str, Any]) -> bool:
    payload = message.get("metadata", {}).get("event_payload", {})
    return ":digest:" in str(payload.get("key", ""))
