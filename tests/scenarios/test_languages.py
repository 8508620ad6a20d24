"""The bot in another language: a week in which everything is used, and not one sentence of it in English."""

from collections.abc import Iterator

import pytest

from bot.rendering.questions import usual_questions
from tests.support.spoken import English, shown_texts
from tests.support.tour import tour
from tests.support.tour_settings import ASKED
from tests.support.world import CHANNEL, World, world

SAY = "Žluťoučký 7 kůň"
"""What everybody writes: neither English nor German."""


@pytest.fixture
def german(sqlite_url: str) -> Iterator[World]:
    """Give a workspace with a bot that speaks German."""
    with world(sqlite_url, language="de") as made:
        yield made


def test_a_week_in_german_has_no_english_in_it(german: World) -> None:
    """Of everything anybody sees in a week in which everything is used, nothing of ours is English."""
    tour(german, SAY)

    english = English()
    told = {text for text in shown_texts(german.slack) if english.is_in(text.replace(ASKED, ""))}
    assert "" == "\n".join(sorted(told))


def test_plain_words_and_dates_are_understood_in_german(german: World) -> None:
    """`weiter`, `überspringen`, `fertig` and German dates do what the English words do, which work as well."""
    german.series(questions=usual_questions(german.bot.templates))
    away = german.person("U_DEE").command("/weeknotes", "abwesend vom 3. August bis zum 14. August", CHANNEL)
    german.at(5, 10)
    german.reply("U_ANA", "Das Dach ist dicht.")
    german.reply("U_ANA", "Weiter")
    german.reply("U_ANA", "überspringen")
    german.reply("U_ANA", "next")
    german.reply("U_DEE", "nichts diese Woche")

    asked = [message["text"] for message in german.in_thread("U_ANA")]
    assert away is not None
    assert "von *Montag, 3. August* bis einschließlich *Freitag, 14. August*" in away["text"]
    assert any("Was hast du gelernt?" in text for text in asked)
    assert any("Lied der Woche" in text for text in asked)
    assert "Das ist in Ordnung" in german.in_thread("U_DEE")[-1]["text"]
