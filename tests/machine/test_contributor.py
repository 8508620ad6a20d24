"""Whatever a contributor does, in any order: the thread, the form, the Home and the store agree, and nothing is lost.

`make machine EXAMPLES=200 STEPS=40` plays for longer, and differently each time.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.editions import Answer, Edition, EditionState, Source
from bot.domain.richtext import parse, plain
from storage import answers, editions
from tests.support.postgres import PostgresServer
from tests.support.world import CHANNEL, Json, World, world

EXAMPLES, STEPS = int(os.environ.get("MACHINE_EXAMPLES", "0")), int(os.environ.get("MACHINE_STEPS", "16"))
LONG = EXAMPLES > 0
STOPS = ((5, 10), (5, 15), (6, 10), (6, 15), (6, 16), (6, 18), (9, 9), (12, 10), (14, 9), (16, 9))
ONE_MESSAGE = 6_000
TOKEN = re.compile(r"Word\d+x")
WORDS = st.sampled_from(
    (
        "{}",
        "*{}* and <https://example.org/a?b=c&d=e>",
        "{}\n- one\n- two",
        "🔒 {}",
        "> {}\n`code`",
        "{} " + "long " * 900,
    )
)


@dataclass
class Thing:
    """Something Ana gave: the words kept of it now (none once taken out), and its message if it came as one."""

    token: str
    channel: str = ""
    ts: str = ""
    is_gone: bool = False
    is_deleted: bool = False
    is_final: bool = False


def tokens(value: object) -> set[str]:
    """Return the words of Ana's that stand somewhere."""
    return set(TOKEN.findall(json.dumps(value, ensure_ascii=False, default=str)))


class Contributor(RuleBasedStateMachine):
    """Ana's weeks; she does what comes into her head."""

    def __init__(self, url: str) -> None:
        """Start the week on Wednesday, with Ana's Home open before her."""
        super().__init__()
        self.stack = ExitStack()
        self.team: World = self.stack.enter_context(world(url))
        self.team.series(contributors=("U_ANA",))
        self.ana = self.team.person("U_ANA")
        self.ana.open_home()
        self.team.settle()
        self.things: list[Thing] = []
        self.count = 0
        self.stop = 0
        self.form: Json | None = None

    def teardown(self) -> None:
        """See that the note says what it should, and end the week."""
        try:
            self.team.clock.jump(self.team.clock.now().replace(minute=30))
            self.team.settle()
            self._check_notes()
        finally:
            self.stack.close()

    # What Ana does.

    @rule(words=WORDS)
    def say(self, words: str) -> None:
        """Send a message outside any thread: an answer, or a jot."""
        self._said(self.ana.say(self.ana.dm(), text=self._fresh(words)))

    @precondition(lambda self: self._threads())
    @rule(words=WORDS, data=st.data())
    def reply(self, words: str, data: st.DataObject) -> None:
        """Reply in a thread, this week's or an old one."""
        thread = data.draw(st.sampled_from(sorted(self._threads())))
        self._said(self.ana.say(self.ana.dm(), text=self._fresh(words), thread_ts=thread))

    @rule(words=WORDS)
    def jot(self, words: str) -> None:
        """Jot by command."""
        self.ana.command("/weeknotes", f"jot {self._fresh(words.splitlines()[0])}", CHANNEL)
        self.team.settle()
        self.things.append(Thing(self._last()))

    @precondition(lambda self: self._of_messages())
    @rule(words=WORDS, data=st.data())
    def edit(self, words: str, data: st.DataObject) -> None:
        """Edit a message that is still there."""
        thing = data.draw(st.sampled_from(self._of_messages()))
        self.ana.edit(thing.channel, thing.ts, self._fresh(words))
        self.team.settle()
        thing.token = self._last()
        thing.is_gone = thing.is_final

    @precondition(lambda self: self._of_messages())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Delete a message."""
        thing = data.draw(st.sampled_from(self._of_messages()))
        self.ana.delete(thing.channel, thing.ts)
        self.team.settle()
        thing.is_gone = thing.is_deleted = True

    @precondition(lambda self: self._threads())
    @rule(word=st.sampled_from(("next", "skip", "done", "nothing this week")), is_below=st.booleans())
    def steer(self, word: str, is_below: bool) -> None:
        """Say one of the plain words."""
        self.ana.say(self.ana.dm(), text=word, thread_ts=None if is_below else max(self._threads()))
        self.team.settle()

    @precondition(lambda self: self._buttons())
    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        """Press a button that moves on, keeps inside, takes a jot back, or says that there is nothing."""
        ts, action_id, block_id, value = data.draw(st.sampled_from(self._buttons()))
        self.ana.click(self.ana.dm(), ts, action_id, block_id=block_id)
        self.team.settle()
        if action_id == "jot.remove":
            self._taken_out(json.loads(value)["answer"])

    @rule(words=st.sampled_from(("away today", "away until Monday", "back", "skip")))
    def leave(self, words: str) -> None:
        """Be away, be back, or let a week pass."""
        self.ana.command("/weeknotes", words, CHANNEL)
        self.team.settle()

    @precondition(lambda self: self.stop < len(STOPS))
    @rule()
    def wait(self) -> None:
        """Let time go on to the next thing that happens."""
        self.team.at(*STOPS[self.stop])
        self.team.at(STOPS[self.stop][0], STOPS[self.stop][1], 1)
        self.stop += 1

    @rule(data=st.data())
    def hear_again(self, data: st.DataObject) -> None:
        """Slack sends something again, however old: an event, a button, a form."""
        heard = [each for each in self.team.slack.sent() if each.kind != "slash_commands"]
        if heard:
            self.team.slack.repeat(heard[data.draw(st.integers(0, len(heard) - 1))])
            self.team.settle()

    @precondition(lambda self: self._threads() and self.form is None)
    @rule()
    def open_form(self) -> None:
        """Open the form, and leave it open."""
        self.form = self._opened(max(self._threads()))

    @precondition(lambda self: self.form is not None)
    @rule(data=st.data(), is_decided=st.booleans())
    def save_form(self, data: st.DataObject, is_decided: bool) -> None:
        """Change, empty and add some answers, and save; decide what clashes, or leave it."""
        assert self.form is not None
        names = [name for name in self._inputs(self.form) if "/" not in name]
        typed = {name: data.draw(st.sampled_from(("", "keep", "keep", "new"))) for name in names}
        values = {name: self._fresh("{}") if what == "new" else "" for name, what in typed.items() if what != "keep"}
        values = {name: words for name, words in values.items() if words or name.startswith("answer:")}
        self._fill(self.form, values)
        self.form = None
        if is_decided and (view := self.ana.view()) and view.get("submit"):
            self._fill(view, {})
        while self.ana.view():
            self.ana.close_view()
        self.team.settle()

    # What must be true afterwards.

    @invariant()
    def nothing_is_lost(self) -> None:
        """Everything that Ana gave and did not take out is kept, once, and nothing else."""
        kept = [token for answer in self._answers() for token in tokens(_words(answer))]
        assert sorted(thing.token for thing in self.things if not thing.is_gone) == sorted(kept)

    @invariant()
    def all_places_agree(self) -> None:
        """See that the threads and the Home show what is kept for their editions."""
        kept = self._by_edition()
        for edition, ts in self._editions_with_threads():
            mine = kept.get(edition.id, [])
            thread = self.team.messages(self.ana.dm(), ts)
            jots = {token for answer in mine if answer.source is Source.JOT for token in tokens(_words(answer))}
            assert jots == tokens(thread[0].get("blocks"))
            for message in thread[1:]:
                if "answer.form" in json.dumps(message.get("blocks")):
                    _agree(mine, message["blocks"])
        present = self._present()
        _agree(kept.get(present.id, []) if present else [], self.ana.home())

    @precondition(lambda self: self.form is None and self.count % 3 == 0 and self._threads())
    @invariant()
    def the_form_agrees(self) -> None:
        """See that the form shows what is kept for its edition."""
        edition, ts = max(self._editions_with_threads(), key=lambda each: each[1])
        view = self._opened(ts)
        if view:
            assert _tokens_of(self._by_edition().get(edition.id, [])) == tokens(view["blocks"])
            self.ana.close_view()

    def _check_notes(self) -> None:
        """Compare the posted notes with what is kept, where they still follow it."""
        if self.stop < len(STOPS) - 2:
            posted = [tokens(self.team.messages(CHANNEL, m["ts"])) for m in self.team.messages(CHANNEL)]
            out = [each for each in self._editions() if each.state is EditionState.PUBLISHED]
            kept = self._by_edition()
            assert set().union(*(_tokens_of(kept.get(each.id, [])) for each in out)) == set().union(*posted)

    # How to get at things.

    def _fresh(self, words: str) -> str:
        self.count += 1
        return words.format(self._last())

    def _last(self) -> str:
        return f"Word{self.count}x"

    def _said(self, message: Json) -> None:
        self.team.settle()
        self.things.append(Thing(self._last(), self.ana.dm(), message["ts"]))

    def _of_messages(self) -> list[Thing]:
        return [thing for thing in self.things if thing.ts and not thing.is_deleted]

    def _taken_out(self, answer_id: int) -> None:
        alive = {token for answer in self._answers() for token in tokens(_words(answer))}
        assert answer_id not in [answer.id for answer in self._answers()]
        gone = [thing for thing in self.things if not thing.is_gone and thing.token not in alive]
        assert len(gone) <= 1
        for thing in gone:
            thing.is_gone = thing.is_final = True

    def _opened(self, thread: str) -> Json | None:
        """Open the form from the message that opened a thread, if its edition takes answers."""
        self.ana.click(self.ana.dm(), thread, "answer.form")
        self.team.settle()
        return self.ana.view()

    def _inputs(self, view: Json) -> dict[str, object]:
        return {
            block["block_id"]: block["element"].get("initial_value")
            for block in view["blocks"]
            if block["type"] == "input" and block["element"]["type"] == "rich_text_input"
        }

    def _fill(self, view: Json, values: dict[str, str]) -> None:
        """Save a form, and expect of it what its rules say."""
        showed = {name: tokens(words) for name, words in self._inputs(view).items()}
        before = {f"answer:{answer.id}": tokens(_words(answer)) for answer in self._answers()}
        is_open = self._is_open(view)
        about = json.loads(view["private_metadata"])
        refused = self.ana.submit({name: {"words": words} for name, words in values.items()})
        self.team.settle()
        assert refused == {}
        marked = set(about.get("seen", {}))
        is_clash = any("now reads" in json.dumps(block) or "Taken out" in json.dumps(block) for block in view["blocks"])
        everything = {**dict.fromkeys(showed), **values} if is_clash else values
        for name, words in everything.items():
            new = tokens(words) if words is not None else showed[name]
            old, now = showed[name], before.get(name, set())
            if not is_open:
                self.things += [Thing(token) for token in new - old]
            elif name.startswith("new:"):
                self.things += [Thing(token) for token in new]
            elif now == old or is_clash or name.partition(":")[2] not in marked:
                self._replace(now, new)

    def _replace(self, old: set[str], new: set[str]) -> None:
        for thing in self.things:
            if thing.token in old and not thing.is_gone and new:
                thing.token = next(iter(new))
            elif thing.token in old and not thing.is_gone:
                thing.is_gone = True

    def _is_open(self, view: Json) -> bool:
        edition_id, now = json.loads(view["private_metadata"])["edition"], self.team.clock.now()
        edition = next(each for each in self._editions() if each.id == edition_id)
        if edition.state is EditionState.SKIPPED:
            return False
        return edition.published_at is None or (now - edition.published_at).days < 7

    def _buttons(self) -> list[tuple[str, str, str | None, str]]:
        wanted = {"prompt.next", "prompt.skip", "answer.inside", "edition.nothing", "jot.remove"}
        dm = self.ana.dm()
        top = self.team.messages(dm)
        every = [*top, *(reply for message in top for reply in self.team.messages(dm, message["ts"])[1:])]
        return [
            (message["ts"], element["action_id"], block.get("block_id"), element.get("value") or "")
            for message in every
            for block in message.get("blocks") or ()
            for element in (*block.get("elements", ()), block.get("accessory") or {})
            if element.get("action_id") in wanted
        ]

    def _threads(self) -> set[str]:
        return {ts for _, ts in self._editions_with_threads()}

    def _editions_with_threads(self) -> list[tuple[Edition, str]]:
        opened = [m for m in self.team.messages(self.ana.dm()) if "It’s time for" in m["text"]]
        weeks = {f"week {each.period.start.isocalendar().week}": each for each in self._editions()}
        return [(edition, str(m["ts"])) for m in opened for week, edition in weeks.items() if week in m["text"]]

    def _present(self) -> Edition | None:
        today = self.team.clock.now().date()
        waiting = [
            each for each in self._editions() if each.state not in {EditionState.PUBLISHED, EditionState.SKIPPED}
        ]
        return next((each for each in waiting if each.period.end >= today), None)

    def _editions(self) -> list[Edition]:
        with self.team.bot.database.session() as session:
            found = [editions.get(session, "T_TEAM", n) for n in range(1, 40)]
        return sorted((each for each in found if each), key=lambda each: each.period.start)

    def _answers(self) -> list[Answer]:
        with self.team.bot.database.session() as session:
            return answers.of_person(session, "T_TEAM", "U_ANA")

    def _by_edition(self) -> dict[int, list[Answer]]:
        found: dict[int, list[Answer]] = {}
        for answer in self._answers():
            found.setdefault(answer.edition_id, []).append(answer)
        return found


def _words(answer: Answer) -> str:
    return plain(parse(answer.text, answer.blocks))


def _tokens_of(kept: list[Answer]) -> set[str]:
    return {token for answer in kept for token in tokens(_words(answer))}


def _agree(kept: list[Answer], place: object) -> None:
    """See that a place shows what is kept: all of it, or nothing else where it is more than one message holds."""
    if sum(len(_words(answer)) for answer in kept) < ONE_MESSAGE:
        assert _tokens_of(kept) == tokens(place)
    else:
        assert tokens(place) <= _tokens_of(kept)


def play(new_url: Callable[[], str], examples: int) -> None:
    """Let Ana have so many lives."""
    play_settings: dict[str, Any] = {
        "max_examples": EXAMPLES or examples,
        "stateful_step_count": STEPS,
        "derandomize": not LONG,
        "deadline": None,
        "suppress_health_check": list(HealthCheck),
        "print_blob": True,
    }
    if not LONG:
        play_settings |= {"database": None, "phases": [Phase.generate]}  # `make machine` finds the shortest life
    run_state_machine_as_test(lambda: Contributor(new_url()), settings=settings(**play_settings))  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:Do not use the .random. module")  # the bot's own threads do, all the time
@pytest.mark.timeout(0 if LONG else 600)
def test_on_sqlite_everything_agrees(sqlite_template: Path, tmp_path: Path) -> None:
    """Replies, jots, forms, edits, deletions, plain words, days away and repeats, in any order."""
    count = iter(range(1_000_000))

    def new_url() -> str:
        return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / f'{next(count)}.sqlite3')}"

    play(new_url, 4)


@pytest.mark.filterwarnings("ignore:Do not use the .random. module")  # the bot's own threads do, all the time
@pytest.mark.timeout(0 if LONG else 600)
def test_on_postgresql_too(postgres: PostgresServer, postgres_template: str) -> None:
    """A life where several workers share the database."""
    play(lambda: postgres.url(postgres.create(template=postgres_template)), 1)
