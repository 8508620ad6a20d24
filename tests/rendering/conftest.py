"""What the tests of renderings share: a week, and golden files."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.domain.weeks import Period

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def period() -> Period:
    """Give week 47 of 2025."""
    return Period(date(2025, 11, 17), date(2025, 11, 23))


@pytest.fixture
def golden() -> Callable[[str, str], str]:
    """Give a function that returns what a golden file holds; with WEEKNOTES_UPDATE_GOLDEN=1 it writes it first."""

    def read(name: str, rendered: str) -> str:
        path = GOLDEN / name
        if os.environ.get("WEEKNOTES_UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(rendered, encoding="utf-8")
        return path.read_text(encoding="utf-8")

    return read
