"""What those who run the bot may see of it: figures, and nothing that anybody wrote."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import Client

from bot.web.app import create_app
from tests.support.world import World, world


@pytest.fixture
def team(sqlite_url: str) -> Iterator[World]:
    """Give a workspace with the bot in it."""
    with world(sqlite_url) as made:
        yield made


def figures(team: World) -> dict[str, float]:
    """Return what the page says, each figure by its name and labels."""
    bot = team.bot
    page = Client(create_app(bot.bolt, bot.database, bot.clock, bot.metrics)).get("/metrics")
    found = (sample for family in text_string_to_metric_families(page.text) for sample in family.samples)
    return {".".join([sample.name, *sample.labels.values()]): sample.value for sample in found}


def test_what_came_in_and_how_soon_it_was_acknowledged(team: World) -> None:
    """Every request counts, by kind and status, and stands in a bucket of the histogram."""
    team.person("U_ANA").command("/weeknotes", "help", "C_TEAM")
    team.person("U_ANA").command("/weeknotes", "help", "C_TEAM")
    found = figures(team)

    assert found["weeknotes_requests_total.command.200"] == 2
    total = sum(value for name, value in found.items() if name.startswith("weeknotes_requests_total"))
    assert (
        total
        == found["weeknotes_acknowledgement_seconds_bucket.+Inf"]
        == found["weeknotes_acknowledgement_seconds_count"]
    )
    assert found["weeknotes_acknowledgement_seconds_sum"] > 0


def test_what_waits_and_for_how_long(team: World) -> None:
    """A week goes by with the bot stopped: what fell due shows as a lag, and is gone when it is done."""
    team.series()
    sent = figures(team)["weeknotes_deliveries.sent"]
    assert figures(team)["weeknotes_step_lag_seconds"] == 0
    team.clock.jump(team.clock.now() + timedelta(days=1, hours=2))  # Thursday 11:00
    late = figures(team)["weeknotes_step_lag_seconds"]
    team.settle()

    assert late >= 3600
    assert figures(team)["weeknotes_step_lag_seconds"] == 0
    assert figures(team)["weeknotes_deliveries.sent"] > sent


def test_when_the_clock_last_ticked(team: World) -> None:
    """The process that has the clock says when it last ticked."""
    team.bot.tick()

    assert figures(team)["weeknotes_last_tick_timestamp_seconds"] == team.clock.now().timestamp()
