"""The catalogue: texts by name, days and names in its words, and a folder laid over it."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.domain.cadence import Moment
from bot.domain.errors import InvalidInputError, NoSeriesHereError, SettingError, WeeknotesError
from bot.domain.weeks import Period
from bot.rendering.environments import Templates


@pytest.fixture
def templates() -> Templates:
    """Return the catalogue in English."""
    return Templates()


@pytest.mark.parametrize(
    ("start", "end", "week", "dates"),
    [
        (date(2025, 3, 3), date(2025, 3, 9), "week 10", "3–9 March 2025"),
        (date(2025, 6, 30), date(2025, 7, 6), "week 27", "30 June – 6 July 2025"),
        (date(2024, 12, 30), date(2025, 1, 5), "week 1", "30 December 2024 – 5 January 2025"),
        (date(2025, 12, 22), date(2026, 1, 4), "weeks 52–1", "22 December 2025 – 4 January 2026"),
    ],
)
def test_periods(templates: Templates, start: date, end: date, week: str, dates: str) -> None:
    """A period is named by its weeks, and its dates say no month or year twice."""
    period = Period(start, end)

    assert (week, dates) == (templates.words.week(period), templates.words.dates(period))


def test_moments(templates: Templates) -> None:
    """A moment is told on the reader's own clock, and what falls every week by its weekday."""
    told = templates.words.spoken(datetime(2026, 3, 6, 16, 5, tzinfo=UTC), "Asia/Tokyo")

    assert "Saturday 7 March at 01:05" == told
    assert "Thursday at 09:30" == templates.words.weekly(Moment(3, time(9, 30)))


@pytest.mark.parametrize(
    ("people", "told"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names(templates: Templates, people: list[str], told: str) -> None:
    """Names are joined as a sentence joins them."""
    assert told == templates.words.names(people)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            NoSeriesHereError(),
            "There are no weeknotes in this channel yet. Type `/weeknotes setup` to start them here.",
        ),
        (SettingError("PORT should be a number."), "PORT should be a number."),
        (WeeknotesError("not_allowed"), "Only an editor of this series can do that."),
    ],
)
def test_errors(templates: Templates, error: WeeknotesError, told: str) -> None:
    """An error is told in the catalogue's sentence; those for whoever runs the bot bring their own."""
    assert told == templates.error(error)


def test_a_folder_laid_over(tmp_path: Path) -> None:
    """A text of the folder goes before ours, whether template or label, and what it does not have stays English."""
    for name, text in {
        "labels/dates.toml": 'week = "KW {{ week }}"',
        "labels/errors.toml": "late = \"Zu spät für {{ series }}: {{ left|quantity('Tag', 'Tage') }}.\"",
        "slack/words.mrkdwn.j2": "»{{ words }}«, {{ label('dates.week', week=9) }}",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    templates = Templates(tmp_path)

    assert "»a &amp; b«, KW 9" == templates.slack("words", words="a & b")
    assert "Zu spät für <A>: 2 Tage." == templates.error(InvalidInputError("late", series="<A>", left=2))
    assert "weeks 3–4" == templates.label("dates.weeks", first=3, last=4)
