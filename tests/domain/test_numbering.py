"""Numbers and titles."""

from datetime import date

import pytest

from bot.domain.errors import InvalidInputError
from bot.domain.numbering import number_of, title_of, validate_template
from bot.domain.series import Numbering
from bot.domain.weeks import Period
from tests.support.told import told

WEEK_47 = Period(date(2025, 11, 17), date(2025, 11, 23))
NEW_YEAR = Period(date(2024, 12, 30), date(2025, 1, 5))


@pytest.mark.parametrize(
    ("template", "expected"),
    (
        ("{season}.{episode}", "3.4"),
        ("S{season:02}E{episode:02}", "S03E04"),
        ("#{count}", "#217"),
        ("week {week}", "week 47"),
        ("{year}/{week:02}", "2025/47"),
        ("{{{count}}}", "{217}"),
    ),
)
def test_a_number_follows_its_template(template: str, expected: str) -> None:
    """The usual ways of numbering all work."""
    numbering = Numbering(number_template=template, season=3, episode=4, count=217)

    assert expected == number_of(numbering, WEEK_47)


def test_week_and_year_are_those_of_iso_8601() -> None:
    """The last days of December can belong to week 1 of the next year."""
    assert "2025-01" == number_of(Numbering(number_template="{year}-{week:02}"), NEW_YEAR)


@pytest.mark.parametrize(
    ("template", "number", "headline", "expected"),
    (
        ("{number} — weeknotes — {headline}", "3.24", "roofs", "3.24 — weeknotes — roofs"),
        ("{number} — weeknotes — {headline}", "3.24", "", "3.24 — weeknotes"),
        ("{number} — weeknotes — {headline}", "", "roofs", "weeknotes — roofs"),
        ("{number} — weeknotes — {headline}", "", " ", "weeknotes"),
        ("Weeknotes {number}: {headline}", "3.24", "", "Weeknotes 3.24"),
        ("{headline} ({number})", "", "roofs", "roofs"),
        ("{headline} ({number})", "3.24", "", "(3.24)"),
        ("{number} | {headline} | week {week}", "3.24", "", "3.24 | week 47"),
        ("{headline}", "3.24", "{number} of — things", "{number} of — things"),
    ),
)
def test_a_title_has_no_dangling_separator(template: str, number: str, headline: str, expected: str) -> None:
    """Where a word is missing, what joined it to the others goes too."""
    assert expected == title_of(Numbering(title_template=template), number, headline, WEEK_47)


@pytest.mark.parametrize(
    "template", ("{season}.{episode:02}", "#{count:03d}", "week {week}, {year}", "no names", "{{}}")
)
def test_good_templates_pass(template: str) -> None:
    """What numbering knows may be used, with a width."""
    validate_template(template)


@pytest.mark.parametrize(
    "template",
    (
        "",
        "  ",
        "{",
        "}",
        "{0}",
        "{}",
        "{number}",
        "{season.real}",
        "{season[0]}",
        "{season!r}",
        "{season:>9}",
        "{season:99999999}",
        "{week:{year}}",
        "{__class__}",
    ),
)
def test_bad_templates_are_refused(template: str) -> None:
    """Anything else is refused in a sentence, pointing at its input."""
    with pytest.raises(InvalidInputError) as refused:
        validate_template(template, field="number_template")

    assert "number_template" == refused.value.field
    assert told(refused.value).endswith((".", "}."))


def test_titles_know_number_and_headline() -> None:
    """A title may use more names than a number, but gives words no width."""
    validate_template("{number} — {headline}", is_title=True)

    with pytest.raises(InvalidInputError):
        validate_template("{headline:02}", is_title=True)
