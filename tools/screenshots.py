"""`make screenshots`: play the sample team's week, and take its pictures in a real browser, for the documentation.

The week, its words and its moments are fixed, so that a picture changes when what it shows changes.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bot.demo.play import SAMPLES
from bot.demo.team import CHANNEL, CHANNEL_ID, EDITOR, TEAM, ZONE, Demo, Member, running
from bot.demo.weeks import Week, read_folder
from bot.domain.series import Shape
from bot.slack.pace import PERMITTED, Pace
from fakeslack import Clock, FakeSlack, Stop
from fakeslack.composer import compose
from fakeslack.people import Person

FOLDER = Path("docs/screenshots")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DESKTOP, PHONE = (1280, 800), (390, 844)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--font-render-hinting=none", "--hide-scrollbars")
HEADLINE = "the bins, at last"
INTRODUCTION = (
    "Half term, nine servers fewer, and a form with two questions. Nikos is looking for a name for the thing on the "
    "licensing page; postcards to the usual address."
)
ANA, NIKOS, MAYA, TANE = TEAM
ALL_IN_ORDER = ("highlights", "also", "learned", "tune")
ALL, HIGHLIGHTS = frozenset(ALL_IN_ORDER), frozenset({"highlights"})
STOPS = (
    Stop("Thursday 15:00 — Maya Goldberg is asked", datetime(2026, 3, 5, 15, tzinfo=UTC)),
    Stop("Friday 15:00 — the editor gets the draft", datetime(2026, 3, 6, 15, tzinfo=UTC)),
    Stop("Friday 16:00 — the note goes out", datetime(2026, 3, 6, 16, tzinfo=UTC)),
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """The demo's workspace as it goes through the week, and the browser that looks at it."""

    demo: Demo
    browser: Browser
    weeks: dict[str, Week]

    def at(self, day: int, hour: int, minute: int = 0, *, zone: str = ZONE) -> None:
        """Let it become this moment of the week's month, by the clock of a zone."""
        moment = datetime(MONDAY.year, MONDAY.month, day, hour, minute, tzinfo=ZoneInfo(zone))
        self.demo.clock.jump(moment.astimezone(UTC))
        self.demo.settle()

    def person(self, member: Member) -> Person:
        """Return a person to act as."""
        return self.demo.slack.person(member.user_id)

    def opening(self, member: Member) -> str:
        """Return the `ts` of the message that opened somebody's thread."""
        return self.latest(member, "It’s time for")

    def latest(self, member: Member, words: str) -> str:
        """Return the `ts` of the latest message with these words in somebody's conversation with the bot."""
        said = self.demo.slack.messages(self.conversation(member))
        return str(next(one["ts"] for one in reversed(said) if words in one["text"]))

    def answer(self, member: Member, keys: frozenset[str] = ALL) -> None:
        """Have somebody give what their sample holds, in their thread, to these questions."""
        week = self.weeks[member.name]
        for question in self.demo.series.questions:
            if question.key not in keys:
                continue
            texts = week.replies.get(question.key, ())
            for text in texts:
                self.say(member, text)
            if not texts or question.shape is not Shape.LINE:
                self.say(member, "next" if texts else "skip")

    def say(self, member: Member, text: str) -> None:
        """Say something in somebody's thread, and wait for what comes of it."""
        people = {each.name: each.user_id for each in TEAM}
        said = compose(text, people, {CHANNEL: CHANNEL_ID}, self.weeks[member.name].flavour)
        person = self.person(member)
        person.say(person.dm(), said.text, thread_ts=self.opening(member), blocks=said.blocks)
        self.demo.clock.jump(self.demo.clock.now() + timedelta(seconds=40))
        self.demo.settle()

    def press(self, member: Member, ts: str, action_id: str) -> None:
        """Press a button of a message in somebody's conversation with the bot."""
        person = self.person(member)
        person.click(person.dm(), ts, action_id)
        self.demo.settle()

    @contextmanager
    def window(self, member: Member, place: str, size: tuple[int, int] = DESKTOP) -> Iterator[Page]:
        """Open the page as somebody, at a place of theirs."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce", color_scheme="light"
        )
        page = context.new_page()
        page.goto(f"{self.demo.slack.url}/?as={member.user_id}&c={place}")
        page.locator(".intro, .home-page").first.wait_for()
        page.evaluate("document.fonts.ready")
        yield page
        context.close()

    def conversation(self, member: Member) -> str:
        """Return the channel of somebody's conversation with the bot."""
        return self.person(member).dm()


def thursday(sitting: Sitting) -> None:
    """Ask everybody but Nikos, who will be late; picture Maya's thread as she answers, and then her Home."""
    sitting.at(5, 10, zone=TANE.zone)
    sitting.answer(TANE)
    sitting.at(5, 10)
    sitting.answer(ANA)
    sitting.at(5, 10, zone=MAYA.zone)
    sitting.answer(MAYA, HIGHLIGHTS)
    with sitting.window(MAYA, f"{sitting.conversation(MAYA)}&t={sitting.opening(MAYA)}") as page:
        page.locator("#thread .message", has_text="What else did you do?").wait_for()
        take(page, "thread")
    sitting.answer(MAYA, ALL - HIGHLIGHTS)
    with sitting.window(MAYA, f"{sitting.conversation(MAYA)}&tab=home") as page:
        page.locator("#home .rich-text").first.wait_for()
        take(page, "home")


def friday(sitting: Sitting) -> None:
    """Draft, title and publish; picture the draft, the form in which Nikos answers after all, and the digest."""
    sitting.at(6, 15)
    sitting.press(ANA, sitting.latest(ANA, "The draft of"), "note.title")
    values = {"headline": {"headline": HEADLINE}, "introduction": {"introduction": INTRODUCTION}}
    sitting.person(ANA).submit(values)
    sitting.demo.settle()
    with sitting.window(ANA, sitting.conversation(ANA)) as page:
        bring_up(page.locator("#messages .message", has_text="The draft of").last)
        take(page, "draft")
    sitting.at(6, 15, 20)
    with sitting.window(NIKOS, sitting.conversation(NIKOS)) as page:
        page.get_by_role("button", name="Answer in a form").last.click()
        fill_in(page, sitting.weeks[NIKOS.name])
        take(page, "form")
        page.locator("#modal").get_by_role("button", name="Save").click()
        page.locator("#modal").wait_for(state="hidden")
    sitting.at(6, 16)
    for name, size in (("digest", DESKTOP), ("phone", PHONE)):
        with sitting.window(MAYA, CHANNEL_ID, size) as page:
            bring_up(page.locator("#messages .message", has_text=HEADLINE).first)
            take(page, name)


def fill_in(page: Page, week: Week) -> None:
    """Give what a sample holds in the form, one field for each question."""
    fields = page.locator("#modal[open] textarea")
    fields.first.wait_for()
    for at, key in enumerate(ALL_IN_ORDER):
        fields.nth(at).fill("\n\n".join(week.replies.get(key, ())))
    fields.first.focus()
    page.evaluate("document.querySelectorAll('#modal *').forEach((node) => { node.scrollTop = 0; })")


def bring_up(message: Locator) -> None:
    """Scroll so that a message begins where the conversation does."""
    message.wait_for()
    message.evaluate("(node) => node.scrollIntoView({ block: 'start' })")


def take(page: Page, name: str) -> None:
    """Take the picture of a page as it stands."""
    page.wait_for_timeout(250)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    print(f"{path}  {path.stat().st_size // 1024} kB")


def main() -> None:
    """Play the week and take its pictures, into docs/screenshots."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise SystemExit("The pictures are taken in Chromium, which is not here: sudo apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    clock = Clock(MONDAY)
    slack = FakeSlack(clock=clock)
    slack.rate_limits.enforce = False
    slack.stops = lambda: [stop for stop in STOPS if stop.at > clock.now()]
    pace = Pace(permitted=dict.fromkeys(PERMITTED, 1e6), burst=1e6, channel_seconds=0.0)
    weeks = {week.name: week for week in read_folder(SAMPLES)}
    with (
        tempfile.TemporaryDirectory(prefix="weeknotes-") as folder,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS)) as browser,
        running(slack, clock, Path(folder, "weeknotes.sqlite3"), TEAM, TEAM, editor=EDITOR, pace=pace) as demo,
    ):
        demo.settle()
        sitting = Sitting(demo, browser, weeks)
        thursday(sitting)
        friday(sitting)


if __name__ == "__main__":
    main()
