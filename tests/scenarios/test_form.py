"""The form for answering, while the same answers are also changed elsewhere."""

from typing import Any

from bot.domain.incoming import Jot
from bot.domain.richtext import parse, plain
from storage import answers, editions
from tests.support.world import CHANNEL, Json, World, words_of


def kept(team: World, user_id: str = "U_ANA") -> list[tuple[int, str]]:
    """Return what is kept of a person, in the order it came: for which week, and the words."""
    with team.bot.database.session() as session:
        found = sorted(answers.of_person(session, "T_TEAM", user_id), key=lambda answer: answer.id)
        weeks = {each.edition_id: editions.get(session, "T_TEAM", each.edition_id) for each in found}
    numbers = {key: edition.period.start.isocalendar().week for key, edition in weeks.items() if edition}
    return [(numbers[answer.edition_id], plain(parse(answer.text, answer.blocks))) for answer in found]


def open_form(team: World) -> Json:
    """Have Ana open the form from the message that asked her."""
    ana = team.person("U_ANA")
    ana.click(ana.dm(), team.thread_of("U_ANA"), "answer.form")
    team.settle()
    return shown(team)


def shown(team: World) -> Json:
    """Return the form that Ana has open."""
    view = team.person("U_ANA").view()
    assert view
    return view


def save(team: World, **typed: Any) -> None:  # noqa: ANN401 - whatever is typed
    """Have Ana type into inputs (`answer_1="…"`) and save."""
    names = {name.replace("_", ":"): words for name, words in typed.items()}
    refused = team.person("U_ANA").submit({name: {"words": words} for name, words in names.items()})
    team.settle()
    assert refused == {}


def test_a_long_answer_is_shown_in_several_inputs_and_loses_nothing(team: World) -> None:
    """Seven thousand characters come back whole, untouched, and with one word changed in the second input."""
    team.series()
    team.at(5, 10)
    story = "\n".join(f"Line {n} about the *new* library and its forty visitors." for n in range(140))
    team.reply("U_ANA", story)
    before = kept(team)
    inputs = [block["block_id"] for block in open_form(team)["blocks"] if "answer:1" in str(block.get("block_id"))]
    assert ["answer:1", "answer:1/2/c0a", "answer:1/3/c0a", "inside:answer:1"] == inputs

    save(team)
    assert before == kept(team)

    second = next(b for b in open_form(team)["blocks"] if b.get("block_id") == "answer:1/2/c0a")["element"]
    element = second["initial_value"]["elements"][0]["elements"]
    element[0]["text"] = f"By the way: {element[0]['text']}"
    save(team, **{"answer_1/2/c0a": {"rich_text_value": second["initial_value"], "type": "rich_text_input"}})

    assert len(before[0][1]) + len("By the way: ") == len(kept(team)[0][1])
    assert before[0][1] == kept(team)[0][1].replace("By the way: ", "")


def test_an_answer_edited_in_slack_meanwhile_is_not_overwritten_and_what_was_typed_is_not_lost(team: World) -> None:
    """The form stays open with both; what else was typed is saved, and saving again decides."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    said = team.reply("U_ANA", "The libary opened.")
    open_form(team)
    ana.edit(ana.dm(), said["ts"], "The library opened.")
    team.settle()

    save(team, answer_1="The library opened on Monday.", new_also="Bagels")

    assert [(10, "The library opened."), (10, "Bagels")] == kept(team)
    view = shown(team)
    assert "changed elsewhere while this form was open" in view["blocks"][0]["text"]["text"]
    assert "The library opened." in words_of({"blocks": view["blocks"][1:2]})
    assert "The library opened on Monday." in words_of({"blocks": view["blocks"][2:]})
    save(team)
    assert [(10, "The library opened on Monday."), (10, "Bagels")] == kept(team)
    assert ana.view() is None


def test_what_was_not_touched_in_the_form_stays_as_it_was_changed_elsewhere(small: World) -> None:
    """Saving an old form does not bring back old words, old boxes, or an answer taken out since."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    first, gone = small.reply("U_ANA", "The libary opened."), small.reply("U_ANA", "Not this.")
    open_form(small)
    ana.edit(ana.dm(), first["ts"], "The library opened.")
    ana.delete(ana.dm(), gone["ts"])
    small.settle()
    small.bot.services.answering.keep_inside("T_TEAM", "U_ANA", 1, "1.2", is_inside=True)

    save(small, new_also="Bagels")

    assert [(10, "The library opened."), (10, "Bagels")] == kept(small)
    with small.bot.database.session() as session:
        found = answers.of_person(session, "T_TEAM", "U_ANA")
    assert [1] == [each.id for each in found if each.is_inside]


def test_words_changed_in_the_form_of_an_answer_deleted_meanwhile_are_kept_if_wanted(small: World) -> None:
    """The form says that the answer is gone; saving keeps the words as a new one, and once only."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    said = small.reply("U_ANA", "The library opened.")
    open_form(small)
    ana.delete(ana.dm(), said["ts"])
    small.settle()
    save(small, answer_1="The library opened on Monday.")
    assert [] == kept(small)
    assert "Taken out elsewhere" in words_of(shown(small))

    save(small)

    assert [(10, "The library opened on Monday.")] == kept(small)
    assert ana.view() is None


def test_words_typed_while_the_week_ends_are_kept_for_the_next(team: World) -> None:
    """The form says where they went; what was given before is not kept twice."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "The library opened.")
    open_form(team)
    team.at(6, 16)
    team.at(16, 9)

    save(team, new_also="Bagels")

    said = shown(team)["blocks"][0]["text"]["text"]
    assert "week 10, takes no more answers" in said
    assert "I kept 1 thing for week 12 instead" in said
    assert [(10, "The library opened."), (12, "Bagels")] == kept(team)


def test_a_form_of_very_much_goes_on_until_everything_was_shown(small: World) -> None:
    """Sixty jots: saving one page leads to the next, and each page is saved as it is left."""
    small.series()
    small.at(5, 10)
    for n in range(60):
        small.bot.services.jotting.keep(Jot("T_TEAM", "U_ANA", CHANNEL, f"test:{n}", f"{n}", f"Thing {n}"))
    open_form(small)
    assert "Save and go on" == shown(small)["submit"]["text"]

    save(small, answer_1="The first thing")
    save(small, answer_60="The last thing", new_tune="Nina Simone — Feeling Good")

    words = [text for _, text in kept(small)]
    assert ["The first thing", *(f"Thing {n}" for n in range(1, 59)), "The last thing"] == words[:60]
    assert ["Nina Simone — Feeling Good"] == words[60:]
    assert small.person("U_ANA").view() is None


def test_a_message_edited_after_its_answer_was_taken_out_in_the_form_counts_again(small: World) -> None:
    """What somebody writes in the thread is never ignored."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    said = small.reply("U_ANA", "The libary opened.")
    open_form(small)
    save(small, answer_1="")
    assert [] == kept(small)

    ana.edit(ana.dm(), said["ts"], "The library opened.")
    small.settle()

    assert [(10, "The library opened.")] == kept(small)


def test_the_thread_the_form_and_home_show_the_same(team: World) -> None:
    """After a form, the thread says what there is, and follows what is edited and deleted; so does Home."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    ana.open_home()
    said = team.reply("U_ANA", "The libary opened.")
    assert "The libary opened." in words_of(ana.home() or {})
    open_form(team)
    save(team, new_also="Bagels")
    assert "I have 2 answers from you so far" in team.in_thread("U_ANA")[-1]["text"]

    ana.edit(ana.dm(), said["ts"], "The library opened.")
    team.settle()
    thread, home = words_of(team.in_thread("U_ANA")[-1]), words_of(ana.home() or {})
    assert [True, True] == ["The library opened." in place and "Bagels" in place for place in (thread, home)]

    ana.delete(ana.dm(), said["ts"])
    team.settle()
    thread, home = words_of(team.in_thread("U_ANA")[-1]), words_of(ana.home() or {})
    assert [False, False] == ["library opened" in place for place in (thread, home)]
    assert "I have 1 answer from you so far" in team.in_thread("U_ANA")[-1]["text"]


def test_the_end_of_the_conversation_and_a_receipt_follow_too(small: World) -> None:
    """The last message in the thread shows what is there now; a receipt says when its answer is taken out."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    said = ana.say(ana.dm(), text="The libary opened.")
    small.settle()
    ana.say(ana.dm(), text="done")
    small.settle()
    ana.edit(ana.dm(), said["ts"], "The library opened.")
    small.settle()
    assert "The library opened." in words_of(small.in_thread("U_ANA")[-1])

    ana.delete(ana.dm(), said["ts"])
    small.settle()

    assert "nothing from you this week" in small.in_thread("U_ANA")[-1]["text"]
    assert ["Removed: this is not in Digital weeknotes, week 10, any more."] == [
        message["text"] for message in small.dms("U_ANA") if "Removed" in message["text"]
    ]
    assert "Saved for" not in " ".join(message["text"] for message in small.dms("U_ANA"))
    assert small.messages(CHANNEL)


def test_a_home_that_is_open_when_the_note_goes_out_shows_the_week_to_come(small: World) -> None:
    """What is in the note that is out is no longer this week's."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    ana.open_home()
    small.reply("U_ANA", "The library opened.")
    assert "The library opened." in words_of(ana.home() or {})

    small.at(6, 16)

    assert "The library opened." not in words_of(ana.home() or {})
