"""Words of somebody else that a contributor saved: whose they are, wherever they are shown."""

import csv
import io
import json

from tests.scenarios.test_editing import notes
from tests.scenarios.test_entries import choose, edited
from tests.scenarios.test_exporting import files_of
from tests.scenarios.test_forgetting import everything
from tests.scenarios.test_form import open_form, save
from tests.support.world import CHANNEL, World, words_of

BY_BEN = "— Ben Marsh"


def quotes_of(team: World) -> int:
    """Return how often the note names Ben below words of his."""
    return str(notes(team)[-1]["text"]).count(BY_BEN)


def test_words_are_somebody_elses_until_they_are_changed_or_their_author_is_forgotten(small: World) -> None:
    """An export names the author; what was rewritten, by whoever saved it or an editor, is not theirs any more.

    When the author is forgotten, the name goes from the note that is out, and from everything that was owed.
    """
    small.series(contributors=("U_ANA",))
    ana, ben = small.person("U_ANA"), small.person("U_BEN")
    for words in ("The demo went well", "The\n🔒 budget\nis gone", "We danced"):
        message = ben.say(CHANNEL, text=words)
        small.settle()
        ana.shortcut("jot.save", CHANNEL, message["ts"])
        small.settle()
    assert "It stays inside" in words_of(ana.ephemerals(CHANNEL)[1])
    for form in ("json", "csv"):
        ana.command("/weeknotes", f"export {form}", CHANNEL)
        small.settle()
    (_, told), (_, table) = files_of(small, "U_ANA")
    assert 3 == sum(BY_BEN in each["words"] for each in json.loads(told)["editions"][0]["answers"])
    assert 3 == sum(BY_BEN in row[8] for row in csv.reader(io.StringIO(table)))

    small.at(5, 10)
    open_form(small)
    save(small, answer_1="The demo went *very* well, says Ana")
    small.at(6, 15)
    edited(small)
    choose(small, "We danced", "Change the wording…")
    assert small.person("U_DEE").submit({"words": {"words": "They danced"}}) == {}
    small.at(6, 16)
    assert 1 == quotes_of(small)

    ben.command("/weeknotes", "forget me", CHANNEL)
    ben.click(CHANNEL, ben.ephemerals(CHANNEL)[-1]["ts"], "forget.words")
    small.settle()
    assert 0 == quotes_of(small)
    assert "Ben Marsh" not in everything(small)
