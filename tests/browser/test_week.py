"""A team's week on the page, with the real bot: what a newcomer sees and does, in Chromium."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.domain.series import Series
from fakeslack import Stop
from tests.support.windows import Windows
from tests.support.world import CHANNEL, PEOPLE, World, world

ANA, BEN, CAI, DEE = PEOPLE
CAI_ASKED = datetime(2026, 3, 4, 21, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)
BEN_ASKED = datetime(2026, 3, 5, 15, tzinfo=UTC)
REMINDED = datetime(2026, 3, 6, 10, tzinfo=UTC)
DRAFTED = datetime(2026, 3, 6, 15, tzinfo=UTC)
PUBLISHED = datetime(2026, 3, 6, 16, tzinfo=UTC)
STOPS = (
    Stop("Wednesday 21:00", CAI_ASKED),
    Stop("Thursday 10:00", THURSDAY),
    Stop("Thursday 15:00", BEN_ASKED),
    Stop("Friday 10:00", REMINDED),
    Stop("Friday 15:00", DRAFTED),
    Stop("Friday 16:00", PUBLISHED),
)
GOES_OUT = {CAI: "Saturday 7 March at 05:00", BEN: "Friday 6 March at 11:00", ANA: "Friday 6 March at 16:00"}
Open = Callable[[str], Page]


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a team's workspace with the bot in it; the clock on its page offers what comes next, and the bot follows."""
    with world(sqlite_url) as made:
        for user_id in PEOPLE:
            made.person(user_id).dm()
        made.slack.stops = lambda: [stop for stop in STOPS if stop.at > made.clock.now()]
        made.slack.on_jump = lambda _now: made.bot.tick()
        yield made


@pytest.fixture
def windows(browser: Browser, team: World) -> Iterator[Windows]:
    """Open windows on the workspace; at the end their consoles must have been silent."""
    opened = Windows(browser, team.slack.url)
    yield opened
    opened.close()
    assert [] == opened.complaints


@pytest.fixture
def series(team: World) -> Series:
    """Set up a series in the team's channel: everybody in it, Dee its editor."""
    return team.series()


@pytest.fixture
def conversation(team: World, windows: Windows) -> Open:
    """Return what opens the page as somebody, in their conversation with the bot."""
    return lambda user_id: windows.open(f"/?as={user_id}&c={team.person(user_id).dm()}")


def _send(page: Page, text: str, where: str = "#compose") -> None:
    page.locator(f"{where} textarea").fill(text)
    page.locator(f"{where} textarea").press("Enter")


def _jump(page: Page, team: World, until: datetime) -> None:
    """Press the clock's next stop until it is this moment."""
    while team.clock.now() < until:
        before = page.locator("#jump-next").get_attribute("data-at")
        page.locator("#jump-next").click()
        expect(page.locator(f"#jump-next:not([hidden])[data-at='{before}']")).to_have_count(0)
        team.settle()


def _act_as(page: Page, name: str) -> None:
    page.locator("#act-as").click()
    page.get_by_role("menuitemradio", name=name).or_(page.get_by_role("menuitem", name=name)).click()
    expect(page.locator("#act-as")).to_contain_text(name)


def _opening(page: Page) -> Locator:
    return page.locator("#messages .message", has_text="It’s time for").last


def _open_thread(page: Page) -> Locator:
    _opening(page).hover()
    _opening(page).get_by_role("button", name="Reply in thread").click()
    return page.locator("#thread")


def _ticked(message: Locator) -> None:
    expect(message.locator(".reaction .count")).to_have_text("1")


def test_three_people_in_three_zones_read_the_message_of_thursday(
    team: World, series: Series, conversation: Open
) -> None:
    """At ten by their own clocks three people are asked, and each reads when the note goes out where they are."""
    page = conversation(CAI)
    expect(page.locator("#jump-next")).to_contain_text("Wednesday 21:00")

    _jump(page, team, BEN_ASKED)

    for user_id, goes_out in GOES_OUT.items():
        _act_as(page, PEOPLE[user_id][0])
        expect(_opening(page)).to_contain_text(f"It’s time for {series.name}, week 10 (2–8 March 2026).")
        expect(_opening(page)).to_contain_text("What were the highlights of your week?")
        expect(_opening(page)).to_contain_text(goes_out)
        expect(_opening(page).locator("time")).to_have_text("10:00")


@pytest.mark.usefixtures("series")
def test_replying_in_the_thread_and_pressing_next(team: World, conversation: Open) -> None:
    """Each reply gets its tick; one is edited, one deleted; *Next* goes from question to question, to the end."""
    page = conversation(ANA)
    _jump(page, team, THURSDAY)
    thread = _open_thread(page)
    _send(page, "The libary opened", "#thread")
    _send(page, "To be taken back", "#thread")
    _ticked(thread.locator(".message", has_text="To be taken back"))

    page.locator("#thread textarea").press("ArrowUp")
    expect(page.locator(".edit-box")).to_have_value("To be taken back")
    page.locator(".edit-box").press("Escape")
    thread.locator(".message", has_text="To be taken back").focus()
    page.keyboard.press("Delete")
    page.locator("#ask").get_by_role("button", name="Delete").click()
    expect(thread.locator(".message", has_text="To be taken back")).to_have_count(0)
    thread.locator(".message", has_text="The libary opened").focus()
    page.keyboard.press("e")
    page.locator(".edit-box").fill("The library opened")
    page.locator(".edit-box").press("Enter")
    expect(thread.locator(".edited").last).to_have_text("(edited)")
    thread.get_by_role("button", name="Next").click()
    expect(thread.get_by_text("What else did you do?")).to_be_visible()
    _send(page, "Met Tom\nFixed the projector", "#thread")
    _ticked(thread.locator(".message", has_text="Fixed the projector"))
    thread.get_by_role("button", name="Next").click()
    expect(thread.get_by_text("What is something you’ve learned?")).to_be_visible()
    thread.get_by_role("button", name="Skip").click()
    expect(thread.get_by_text("What is your tune of the week?")).to_be_visible()
    _send(page, "Nina Simone — Feeling Good", "#thread")

    end = thread.locator(".message", has_text="That’s everything, thank you!")
    expect(end).to_contain_text("I have 3 answers from you")
    for words in ("The library opened", "Met Tom", "Fixed the projector", "Nina Simone — Feeling Good"):
        expect(end).to_contain_text(words)
    expect(end).not_to_contain_text("To be taken back")
    expect(thread.get_by_role("button", name="Next")).to_have_count(0)


def test_answering_below_the_thread(team: World, series: Series, conversation: Open) -> None:
    """What is said below the thread counts just the same, and its receipt says for what."""
    page = conversation(ANA)
    _jump(page, team, THURSDAY)

    _send(page, "We met in the canteen")

    _ticked(page.locator("#messages .message", has_text="We met in the canteen"))
    receipt = page.locator("#messages .message", has_text="Saved for").last
    expect(receipt).to_contain_text(f"{series.name}, week 10, under “What were the highlights of your week?”")
    page.set_viewport_size({"width": 390, "height": 800})
    select, row = receipt.locator("select").bounding_box(), receipt.locator(".actions").bounding_box()
    assert select
    assert row
    assert select["x"] + select["width"] <= row["x"] + row["width"]
    receipt.get_by_label("Move it to…").select_option(label="Something I’ve learned")
    expect(page.locator("#messages .message", has_text="Moved:")).to_contain_text("under “Something I’ve learned”")


@pytest.mark.usefixtures("series")
def test_answering_in_the_form_and_saying_nothing(team: World, conversation: Open) -> None:
    """One answers in the form, which then shows what was said; another says that there is nothing this week."""
    page = conversation(CAI)
    _jump(page, team, THURSDAY)
    _opening(page).get_by_role("button", name="Answer in a form").click()
    form = page.get_by_role("dialog", name="Your week")
    form.get_by_label("What were the highlights of your week?").fill("*Five* interviews")
    form.get_by_label("What is your tune of the week?").fill("Fat Freddy’s Drop — Wandering Eye")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    _opening(page).get_by_role("button", name="Answer in a form").click()
    expect(form.get_by_label("What were the highlights of your week?").first).to_have_value("*Five* interviews")
    form.get_by_role("button", name="Cancel").click()

    _act_as(page, PEOPLE[DEE][0])
    _opening(page).get_by_role("button", name="Nothing this week").click()

    expect(_opening(page).get_by_role("button", name="Nothing this week")).to_have_count(0)
    _open_thread(page)
    expect(page.locator("#thread")).to_contain_text("That’s fine: nothing from you this week.")
    _jump(page, team, REMINDED)
    expect(page.locator("#messages .message", has_text="A gentle nudge")).to_have_count(0)
    _act_as(page, PEOPLE[ANA][0])
    expect(page.locator("#messages .message", has_text="A gentle nudge")).to_have_count(1)


@pytest.fixture
def answered(team: World, series: Series) -> World:
    """Let Ana, Ben and Cai give something on Thursday."""
    assert series.editors == (DEE,)
    for user_id, at, words in (
        (CAI, CAI_ASKED, "Five interviews in three days"),
        (ANA, THURSDAY, "A library at last\nThe *library* opened: https://example.org/a_b?c=d&e=f"),
        (BEN, BEN_ASKED, "Bagels for everyone"),
    ):
        team.clock.jump(at)
        team.settle()
        team.reply(user_id, words)
    return team


def test_the_editor_reads_the_draft_and_publishes(answered: World, windows: Windows, conversation: Open) -> None:
    """The draft says where it stands; title and intro are set in a form; *Publish now* asks, then posts the note."""
    page = conversation(DEE)
    _jump(page, answered, DRAFTED)
    draft = page.locator("#messages .message", has_text="The draft of").last
    expect(draft).to_contain_text("3 of 4 have given something. Nothing yet from Dee Roy")
    draft.get_by_role("button", name="Title and intro").click()
    form = page.get_by_role("dialog", name="Title and intro")
    form.get_by_label("Headline").fill("a library at last")
    form.get_by_label("Introduction").fill("What a week.\n\nAnd what a library.")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    expect(draft).to_contain_text("1.1 — weeknotes — a library at last")

    answered.at(6, 15, 5)
    draft.get_by_role("button", name="Publish now").click()
    page.locator("#ask").get_by_role("button", name="Publish").click()
    expect(page.locator("#messages .message", has_text="is out").first).to_be_visible()
    page.locator(".place", has_text="team-weeknotes").click()
    digest = page.locator("#messages .message", has_text="1.1 — weeknotes — a library at last")
    expect(digest).to_have_count(1)
    for words in ("What a week.", "Ana Okafor", "A library at last", "Bagels for everyone", "Five interviews"):
        expect(digest).to_contain_text(words)
    expect(digest.get_by_role("link")).to_have_attribute("href", "https://example.org/a_b?c=d&e=f")
    phone = windows.open(f"/?as={CAI}&c={CHANNEL}", width=390)
    expect(phone.locator("#messages .message", has_text="a library at last")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_friday_at_four_the_note_goes_out_and_follows_an_edit(answered: World, conversation: Open) -> None:
    """Nobody does anything: the digest is in the channel at four, once; an answer edited afterwards changes it."""
    page = conversation(BEN)
    _jump(page, answered, PUBLISHED)
    expect(page.locator("#jump-next")).to_be_hidden()
    page.locator(".place", has_text="team-weeknotes").click()
    digest = page.locator("#messages .message", has_text="1.1 — weeknotes")
    expect(digest).to_contain_text("Bagels for everyone")
    expect(digest).to_contain_text("Next weeknotes: Friday 13 March.")

    page.locator(".place:has(.app-tag)").click()
    _opening(page).locator(".reply-bar").click()
    page.locator("#thread .message", has_text="Bagels for everyone").focus()
    page.keyboard.press("e")
    page.locator(".edit-box").fill("Bagels for nearly everyone")
    page.locator(".edit-box").press("Enter")
    expect(page.locator("#thread .edited").last).to_be_visible()
    answered.settle()
    answered.at(6, 16, 5)

    page.locator(".place", has_text="team-weeknotes").click()
    expect(digest).to_have_count(1)
    expect(digest).to_contain_text("Bagels for nearly everyone")


def test_setting_weeknotes_up_in_a_second_channel(team: World, windows: Windows) -> None:
    """`/weeknotes setup` opens a form; what is wrong in it is said there; then the channel is told, and Home too."""
    team.slack.add_channel("C_DESIGN", name="design", members=[BEN, CAI, "U_BOT"], creator=BEN)
    page = windows.open(f"/?as={BEN}&c=C_DESIGN")
    _send(page, "/weeknotes setup")
    form = page.get_by_role("dialog", name="Weeknotes")
    form.get_by_label("Name", exact=True).fill("Design notes")
    form.locator("[data-block=contributors]").get_by_label("Cai Tran").check()
    form.get_by_label("Time zone").fill("Nowhere/Special")
    form.get_by_role("button", name="Start").click()
    expect(form.locator("[data-block=zone] .input-error")).to_be_visible()

    form.get_by_label("Time zone").fill("America/New_York")
    form.get_by_role("button", name="Start").click()

    expect(form).to_be_hidden()
    hello = page.locator("#messages .message", has_text="Design notes will be posted here from now on")
    expect(hello).to_contain_text("Ben Marsh has just set it up")
    page.locator(".place:has(.app-tag)").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.locator("#home")).to_contain_text("Design notes")
