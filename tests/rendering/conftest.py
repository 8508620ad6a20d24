"""What the tests of renderings share: a week."""

from datetime import date

import pytest

from bot.domain.weeks import Period


@pytest.fixture
def period() -> Period:
    """Give week 47 of 2025."""
    return Period(date(2025, 11, 17), date(2025, 11, 23))
