"""What contributors keep inside: by the button on the receipt, in the form, or by a line beginning with 🔒."""

from typing import Any

from bot.domain.editions import Answer
from bot.rendering import documents
from bot.services.composing import whole_note
from storage import answers, editions, series
from tests.support.world import CHANNEL, World, words_of

BOX = {"inside": ["inside"]}


def given(team: World, user_id: str) -> list[Answer]:
    """Return what the bot holds of a person in the first edition."""
    with team.bot.database.session() as session:
        return answers.of_edition(session, "T_TEAM", 1, user_id)


def document(team: World) -> str:
    """Return the note of the first edition as a document for outside."""
    with team.bot.database.session() as session:
        found, edition = series.get(session, "T_TEAM", 1), editions.get(session, "T_TEAM", 1)
        assert found
        assert edition
        return documents.markdown(whole_note(session, found, edition), outside=True)


def receipt(team: World) -> dict[str, Any]:
    """Return the latest receipt that Ana got."""
    every = [*team.dms("U_ANA"), *team.in_thread("U_ANA")]
    return [each for each in every if "Saved for" in each["text"]][-1]


def test_the_button_on_the_receipt_keeps_an_answer_inside_and_lets_it_out_again(team: World) -> None:
    """The receipt says that an answer stays inside; the digest has it, a document for outside does not."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    ana.say(ana.dm(), text="The merger is on.")
    team.settle()
    ana.click(ana.dm(), receipt(team)["ts"], "answer.inside")
    team.settle()
    assert "It stays inside" in receipt(team)["text"]
    assert "Not only inside" in words_of(receipt(team))
    team.at(6, 16)

    assert "The merger is on." in words_of(team.messages(CHANNEL)[-1])
    assert "merger" not in document(team)

    ana.click(ana.dm(), receipt(team)["ts"], "answer.inside")
    team.settle()
    assert "stays inside" not in receipt(team)["text"]
    assert "The merger is on." in document(team)


def test_a_line_beginning_with_a_lock_stays_inside_and_its_author_is_told(small: World) -> None:
    """The rest of the answer goes outside; a receipt in the thread says that the line does not."""
    small.series()
    small.at(5, 10)

    small.reply("U_ANA", "The library opened.\n🔒 The budget is gone.")

    assert "The lines that begin with :lock: stay inside" in small.in_thread("U_ANA")[-1]["text"]
    assert "The library opened." in document(small)
    assert "budget" not in document(small)


def test_the_form_shows_and_changes_what_stays_inside(small: World) -> None:
    """Each answer in the form has a box, ticked when it stays inside; saving keeps what the boxes say."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    ana.click(ana.dm(), small.thread_of("U_ANA"), "answer.form")
    small.settle()
    ana.submit({"new:highlights": {"words": "The merger is on."}, "inside:new:highlights": BOX})
    small.settle()
    assert [True] == [answer.is_inside for answer in given(small, "U_ANA")]

    ana.click(ana.dm(), small.thread_of("U_ANA"), "answer.form")
    small.settle()
    view = ana.view()
    assert view
    box = next(block for block in view["blocks"] if block["block_id"] == "inside:answer:1")
    assert ["inside"] == [option["value"] for option in box["element"]["initial_options"]]
    ana.submit({"inside:answer:1": {"inside": []}})
    small.settle()

    assert [False] == [answer.is_inside for answer in given(small, "U_ANA")]


def test_the_form_and_the_receipt_agree(small: World) -> None:
    """Ticking the box in the form changes the receipt; the preview at the end shows the lock, and so does Home."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    ana.say(ana.dm(), text="The merger is on.")
    small.settle()
    ana.click(ana.dm(), small.thread_of("U_ANA"), "answer.form")
    small.settle()
    ana.submit({"inside:answer:1": BOX})
    small.settle()
    assert "It stays inside" in receipt(small)["text"]

    ana.say(ana.dm(), text="done")
    ana.open_home()
    small.settle()

    assert '"lock"' in words_of(small.in_thread("U_ANA")[-1])
    assert '"lock"' in str(ana.home()).replace("'", '"')


def test_nobody_else_can_keep_an_answer_inside(small: World) -> None:
    """A button that somebody else's client sends changes nothing."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")

    small.bot.services.answering.keep_inside("T_TEAM", "U_BEN", 1, "1.2", is_inside=True)

    assert [False] == [answer.is_inside for answer in given(small, "U_ANA")]
