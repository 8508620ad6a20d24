"""The Home as Slack takes it, whatever names, titles and words are in it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.deliveries import Delivery, DeliveryState, Method
from bot.domain.editions import EditionState, StepKind
from bot.domain.homes import Edited, Given, Leaf, Page, PastNote, Place, Remembered, Week
from bot.domain.notes import Note, Section
from bot.domain.richtext import RichText
from bot.domain.runs import Run
from bot.domain.series import Layout, Series
from bot.domain.weeks import Period, week_a_year_before
from bot.rendering.away import Choices
from bot.rendering.environments import Templates
from bot.rendering.home import Home, Mine
from fakeslack.blocks import check_view
from tests.support.richtexts import TREES
from tests.support.weeks import edition, series

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
PERIOD = Period(date(2026, 3, 2), date(2026, 3, 8))
HOME = Home(Templates())


def series_named(name: str) -> Series:
    """Return a series of this name."""
    return replace(series(), name=name)


def numbered(found: list[Week]) -> list[Week]:
    """Return weeks whose editions have ids of their own."""
    return [replace(each, edition=replace(edition(number=""), id=n)) for n, each in enumerate(found)]


texts = st.text(min_size=1, max_size=150).filter(str.strip)
urls = st.sampled_from(["", "https://team.slack.com/archives/C1/p1?thread_ts=1.2&cid=C1"])
whens = st.datetimes(datetime(2026, 3, 2), datetime(2026, 3, 9), timezones=st.just(UTC))  # noqa: DTZ001 - made aware
notes = st.builds(
    lambda tree: Note(
        "1.1", "1.1", "", RichText(), PERIOD, Layout.PERSONAL, (Section(blocks=tree.blocks),) if tree.blocks else (), ()
    ),
    TREES,
)
troubles = st.builds(
    lambda error: Delivery(
        1, "T", "k", "digest", Method.POST, "C", {}, "", "", "", 1, None, DeliveryState.FAILED, 1, None, "", "", error
    ),
    st.text(max_size=60),
)
weeks = st.builds(
    Week,
    series=st.builds(series_named, texts),
    edition=st.just(replace(edition(published_at=None, number=""), state=EditionState.COLLECTING)),
    asks=st.none() | whens,
    goes_out=whens,
    is_off=st.booleans(),
    has_passed=st.booleans(),
    thread_url=urls,
    total=st.integers(0, 40),
    given=st.lists(
        st.builds(Given, texts, st.lists(st.builds(Place, whens, urls), max_size=12).map(tuple)), max_size=12
    ).map(tuple),
    own=st.none() | notes,
    run=st.none() | st.builds(Run, st.integers(0, 300), st.booleans()),
)
past = st.builds(PastNote, st.text(max_size=300), texts, st.just(PERIOD), urls)
homes = st.builds(
    Mine,
    zone=st.just("Europe/London"),
    today=st.just(PERIOD.start),
    weeks=st.lists(weeks, max_size=14).map(numbered),
    edited=st.lists(
        st.builds(
            Edited,
            st.builds(series_named, texts),
            st.just(edition(published_at=None)),
            st.integers(0, 200),
            st.none() | st.sampled_from(StepKind),
            st.none() | whens,
            st.none() | troubles,
        ),
        max_size=14,
    ),
    notes=st.lists(past, max_size=20),
    has_more_notes=st.booleans(),
    year_ago=st.lists(st.builds(Remembered, past, notes), max_size=12),
    choices=st.just(Choices(PERIOD.start)),
)
pages = st.builds(Page, st.sampled_from(Leaf), st.integers(0, 30), st.integers(0, 2))


@settings(max_examples=30, deadline=None)
@given(homes, pages)
def test_slack_takes_every_page(mine: Mine, page: Page) -> None:
    """Whatever stands in it, and however much, a page is within Slack's limits."""
    assert [] == check_view(HOME.view(mine, page))


@settings(max_examples=300)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_the_week_a_year_before_has_the_same_number(day: date) -> None:
    """It is 52 or 53 weeks back and has the number of this one; where there is no week 53, it is the last one."""
    then = week_a_year_before(day)
    week = day.isocalendar().week

    assert then.start.isocalendar().year == day.isocalendar().year - 1
    assert then.start.isocalendar().week in {week, 52}
    assert week == 53 or then.start.isocalendar().week == week
    assert (day - then.start).days // 7 in {52, 53}
