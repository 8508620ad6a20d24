"""Whatever a contributor does, in any order: the thread, the form, the Home and the store agree, and nothing is lost.

`make machine EXAMPLES=200 STEPS=40` plays for longer, and differently each time.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.editions import EditionState, Source
from tests.support.lives import Life, Thing, agree, tokens, tokens_of, words_in
from tests.support.postgres import PostgresServer
from tests.support.world import CHANNEL

EXAMPLES, STEPS = int(os.environ.get("MACHINE_EXAMPLES", "0")), int(os.environ.get("MACHINE_STEPS", "16"))
LONG = EXAMPLES > 0
STOPS = ((5, 10), (5, 15), (6, 10), (6, 15), (6, 16), (6, 18), (9, 9), (12, 10), (14, 9), (16, 9))
MONDAYS = (9, 16)
"""When a week begins, Ana looks at her Home: one that nobody has looked at for a week follows nothing."""
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


class Contributor(Life):
    """Ana's weeks; she does what comes into her head."""

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
        self.said(self.ana.say(self.ana.dm(), text=self.fresh(words)))

    @precondition(lambda self: self.threads())
    @rule(words=WORDS, data=st.data())
    def reply(self, words: str, data: st.DataObject) -> None:
        """Reply in a thread, this week's or an old one."""
        thread = data.draw(st.sampled_from(sorted(self.threads())))
        self.said(self.ana.say(self.ana.dm(), text=self.fresh(words), thread_ts=thread))

    @rule(words=WORDS)
    def jot(self, words: str) -> None:
        """Jot by command."""
        self.ana.command("/weeknotes", f"jot {self.fresh(words.splitlines()[0])}", CHANNEL)
        self.team.settle()
        self.things.append(Thing(self.last()))

    @precondition(lambda self: self.of_messages())
    @rule(words=WORDS, data=st.data())
    def edit(self, words: str, data: st.DataObject) -> None:
        """Edit a message that is still there."""
        thing = data.draw(st.sampled_from(self.of_messages()))
        self.ana.edit(thing.channel, thing.ts, self.fresh(words))
        self.team.settle()
        thing.token = self.last()
        thing.is_gone = thing.is_final

    @precondition(lambda self: self.of_messages())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Delete a message."""
        thing = data.draw(st.sampled_from(self.of_messages()))
        self.ana.delete(thing.channel, thing.ts)
        self.team.settle()
        thing.is_gone = thing.is_deleted = True

    @precondition(lambda self: self.threads())
    @rule(word=st.sampled_from(("next", "skip", "done", "nothing this week")), is_below=st.booleans())
    def steer(self, word: str, is_below: bool) -> None:
        """Say one of the plain words."""
        self.ana.say(self.ana.dm(), text=word, thread_ts=None if is_below else max(self.threads()))
        self.team.settle()

    @precondition(lambda self: self.buttons())
    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        """Press a button that moves on, keeps inside, takes a jot back, or says that there is nothing."""
        ts, action_id, block_id, value = data.draw(st.sampled_from(self.buttons()))
        self.ana.click(self.ana.dm(), ts, action_id, block_id=block_id)
        self.team.settle()
        if action_id == "jot.remove":
            self.taken_out(json.loads(value)["answer"])

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
        if STOPS[self.stop][0] in MONDAYS:
            self.ana.open_home()
            self.team.settle()
        self.stop += 1

    @rule(data=st.data())
    def hear_again(self, data: st.DataObject) -> None:
        """Slack sends something again, however old: an event, a button, a form."""
        heard = [each for each in self.team.slack.sent() if each.kind != "slash_commands"]
        if heard:
            self.team.slack.repeat(heard[data.draw(st.integers(0, len(heard) - 1))])
            self.team.settle()

    @precondition(lambda self: self.threads() and self.form is None)
    @rule()
    def open_form(self) -> None:
        """Open the form, and leave it open."""
        self.form = self.opened(max(self.threads()))

    @precondition(lambda self: self.form is not None)
    @rule(data=st.data(), is_decided=st.booleans())
    def save_form(self, data: st.DataObject, is_decided: bool) -> None:
        """Change, empty and add some answers, and save; decide what clashes, or leave it."""
        assert self.form is not None
        names = [name for name in self.inputs(self.form) if "/" not in name]
        typed = {name: data.draw(st.sampled_from(("", "keep", "keep", "new"))) for name in names}
        values = {name: self.fresh("{}") if what == "new" else "" for name, what in typed.items() if what != "keep"}
        values = {name: words for name, words in values.items() if words or name.startswith("answer:")}
        further = [name for name in self.inputs(self.form) if "/" in name]  # a long answer goes whole, or not at all
        values |= {name: "" for name in further if values.get(name.partition("/")[0]) == ""}
        self.fill(self.form, values)
        self.form = None
        if is_decided and (view := self.ana.view()) and view.get("submit"):
            self.fill(view, {})
        while self.ana.view():
            self.ana.close_view()
        self.team.settle()

    # What must be true afterwards.

    @invariant()
    def nothing_is_lost(self) -> None:
        """Everything that Ana gave and did not take out is kept, once, and nothing else."""
        kept = [token for answer in self.answers() for token in tokens(words_in(answer))]
        assert sorted(thing.token for thing in self.things if not thing.is_gone) == sorted(kept)

    @invariant()
    def all_places_agree(self) -> None:
        """See that the threads and the Home show what is kept for their editions."""
        kept = self.by_edition()
        for edition, ts in self.editions_with_threads():
            mine = kept.get(edition.id, [])
            thread = self.team.messages(self.ana.dm(), ts)
            jots = {token for answer in mine if answer.source is Source.JOT for token in tokens(words_in(answer))}
            assert jots == tokens(thread[0].get("blocks"))
            for message in thread[1:]:
                if "answer.form" in json.dumps(message.get("blocks")):
                    agree(mine, message["blocks"])
        present = self.present()
        agree(kept.get(present.id, []) if present else [], self.ana.home())

    @precondition(lambda self: self.form is None and self.count % 3 == 0 and self.threads())
    @invariant()
    def the_form_agrees(self) -> None:
        """See that the form shows what is kept for its edition."""
        edition, ts = max(self.editions_with_threads(), key=lambda each: each[1])
        view = self.opened(ts)
        if view:
            assert tokens_of(self.by_edition().get(edition.id, [])) == tokens(view["blocks"])
            self.ana.close_view()

    def _check_notes(self) -> None:
        """Compare the posted notes with what is kept, where they still follow it."""
        if self.stop < len(STOPS) - 2:
            posted = [tokens(self.team.messages(CHANNEL, m["ts"])) for m in self.team.messages(CHANNEL)]
            out = [each for each in self.editions() if each.state is EditionState.PUBLISHED]
            kept = self.by_edition()
            assert set().union(*(tokens_of(kept.get(each.id, [])) for each in out)) == set().union(*posted)


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

    play(new_url, 3)


@pytest.mark.filterwarnings("ignore:Do not use the .random. module")  # the bot's own threads do, all the time
@pytest.mark.timeout(0 if LONG else 600)
def test_on_postgresql_too(postgres: PostgresServer, postgres_template: str) -> None:
    """A life where several workers share the database."""
    play(lambda: postgres.url(postgres.create(template=postgres_template)), 1)
