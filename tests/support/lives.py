"""A contributor's life as the state machine plays it: what she gave, and how to get at what the bot makes of it."""

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass

from hypothesis.stateful import RuleBasedStateMachine

from bot.domain.editions import Answer, Edition, EditionState
from bot.domain.richtext import parse, plain
from storage import answers, editions
from tests.support.world import Json, World, world

ONE_MESSAGE = 6_000
PATIENT_SECONDS = 15.0
"""How long Slack waits for the bot here: a crowded machine is slow, and how fast it must be is measured elsewhere."""
TOKEN = re.compile(r"Word\d+x")


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


class Life(RuleBasedStateMachine):
    """Ana's weeks, without what she does in them."""

    def __init__(self, url: str) -> None:
        """Start the week on Wednesday, with Ana's Home open before her."""
        super().__init__()
        self.stack = ExitStack()
        self.team: World = self.stack.enter_context(world(url))
        self.team.slack.outbox.ack_seconds = PATIENT_SECONDS
        self.team.series(contributors=("U_ANA",))
        self.ana = self.team.person("U_ANA")
        self.ana.open_home()
        self.team.settle()
        self.things: list[Thing] = []
        self.count = 0
        self.stop = 0
        self.form: Json | None = None

    def fresh(self, words: str) -> str:
        """Return words with a token of their own."""
        self.count += 1
        return words.format(self.last())

    def last(self) -> str:
        """Return the latest token."""
        return f"Word{self.count}x"

    def said(self, message: Json) -> None:
        """Keep that she sent a message."""
        self.team.settle()
        self.things.append(Thing(self.last(), self.ana.dm(), message["ts"]))

    def of_messages(self) -> list[Thing]:
        """Return what came as messages that are still there."""
        return [thing for thing in self.things if thing.ts and not thing.is_deleted]

    def taken_out(self, answer_id: int) -> None:
        """Keep that she took a jot back."""
        alive = {token for answer in self.answers() for token in tokens(words_in(answer))}
        assert answer_id not in [answer.id for answer in self.answers()]
        gone = [thing for thing in self.things if not thing.is_gone and thing.token not in alive]
        assert len(gone) <= 1
        for thing in gone:
            thing.is_gone = thing.is_final = True

    def opened(self, thread: str) -> Json | None:
        """Open the form from the message that opened a thread, if its edition takes answers."""
        self.ana.click(self.ana.dm(), thread, "answer.form")
        self.team.settle()
        return self.ana.view()

    def inputs(self, view: Json) -> dict[str, object]:
        """Return a form’s inputs of words, with what they hold."""
        return {
            block["block_id"]: block["element"].get("initial_value")
            for block in view["blocks"]
            if block["type"] == "input" and block["element"]["type"] == "rich_text_input"
        }

    def fill(self, view: Json, values: dict[str, str]) -> None:
        """Save a form, and expect of it what its rules say."""
        showed = {name: tokens(words) for name, words in self.inputs(view).items()}
        before = {f"answer:{answer.id}": tokens(words_in(answer)) for answer in self.answers()}
        is_open = self.is_open(view)
        about = json.loads(view["private_metadata"])
        refused = self.ana.submit({name: {"words": words} for name, words in values.items()})
        sent = str(self.team.slack.sent("view_submission")[-1])
        self.team.settle()
        assert refused == {}, sent
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
                self.replace(now, new)

    def replace(self, old: set[str], new: set[str]) -> None:
        """Keep that some words took the place of others."""
        for thing in self.things:
            if thing.token in old and not thing.is_gone and new:
                thing.token = next(iter(new))
            elif thing.token in old and not thing.is_gone:
                thing.is_gone = True

    def is_open(self, view: Json) -> bool:
        """Say whether a form’s edition takes answers."""
        edition_id, now = json.loads(view["private_metadata"])["edition"], self.team.clock.now()
        edition = next(each for each in self.editions() if each.id == edition_id)
        if edition.state is EditionState.SKIPPED:
            return False
        return edition.published_at is None or (now - edition.published_at).days < 7

    def buttons(self) -> list[tuple[str, str, str | None, str]]:
        """Return the buttons in her conversation with the bot that may be pressed."""
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

    def threads(self) -> set[str]:
        """Return her threads."""
        return {ts for _, ts in self.editions_with_threads()}

    def editions_with_threads(self) -> list[tuple[Edition, str]]:
        """Return the editions that asked her, with their threads."""
        opened = [m for m in self.team.messages(self.ana.dm()) if "It’s time for" in m["text"]]
        weeks = {f"week {each.period.start.isocalendar().week}": each for each in self.editions()}
        return [(edition, str(m["ts"])) for m in opened for week, edition in weeks.items() if week in m["text"]]

    def present(self) -> Edition | None:
        """Return the edition that her Home shows."""
        today = self.team.clock.now().date()
        waiting = [each for each in self.editions() if each.state not in {EditionState.PUBLISHED, EditionState.SKIPPED}]
        return next((each for each in waiting if each.period.end >= today), None)

    def editions(self) -> list[Edition]:
        """Return all editions, oldest first."""
        with self.team.bot.database.session() as session:
            found = [editions.get(session, "T_TEAM", n) for n in range(1, 40)]
        return sorted((each for each in found if each), key=lambda each: each.period.start)

    def answers(self) -> list[Answer]:
        """Return what is kept of hers."""
        with self.team.bot.database.session() as session:
            return answers.of_person(session, "T_TEAM", "U_ANA")

    def by_edition(self) -> dict[int, list[Answer]]:
        """Return what is kept of hers, by edition."""
        found: dict[int, list[Answer]] = {}
        for answer in self.answers():
            found.setdefault(answer.edition_id, []).append(answer)
        return found


def words_in(answer: Answer) -> str:
    """Return the words of an answer."""
    return plain(parse(answer.text, answer.blocks))


def tokens_of(kept: list[Answer]) -> set[str]:
    """Return the tokens in answers."""
    return {token for answer in kept for token in tokens(words_in(answer))}


def agree(kept: list[Answer], place: object) -> None:
    """See that a place shows what is kept: all of it, or nothing else where it is more than one message holds."""
    if sum(len(words_in(answer)) for answer in kept) < ONE_MESSAGE:
        assert tokens_of(kept) == tokens(place)
    else:
        assert tokens(place) <= tokens_of(kept)
