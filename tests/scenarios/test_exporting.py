"""`/weeknotes export`: people take their own words with them."""

import csv
import io
import json

from sqlmodel import select

from fakeslack import Fault
from storage.models import DeliveryRow
from tests.support.world import CHANNEL, World, words_of

LONG = "\n".join(f"{n}: what a week = 1 + 1, & <so> on" for n in range(200))


def files_of(team: World, user_id: str) -> list[tuple[str, str]]:
    """Return the files that the bot sent to a person: name and content."""
    sent = [file for message in team.dms(user_id) for file in message.get("files") or ()]
    return [(file["name"], team.slack.file(file["id"])[1].decode()) for file in sent]


def answered(team: World) -> None:
    """Have Ana and Ben answer; Ana with what a spreadsheet would take for a formula, and a line that stays inside."""
    team.series()
    team.at(5, 10)
    team.reply("U_ANA", "=HYPERLINK(1) is *what* I typed\n🔒 The budget is gone.")
    team.at(5, 15)
    team.reply("U_BEN", "Ben’s own words.")


def test_ones_own_words_come_as_a_file(team: World) -> None:
    """The file has everything of one's own, also what stays inside, and nothing of anybody else's."""
    answered(team)
    ana = team.person("U_ANA")

    told = ana.command("/weeknotes", "export", CHANNEL)
    team.settle()

    assert told
    assert "1 answer of yours, from Friday 5 September 2025 to Thursday 5 March 2026, is on the way" in told["text"]
    [(name, content)] = files_of(team, "U_ANA")
    assert name == "my-weeknotes-2025-09-05-to-2026-03-05.md"
    assert content.startswith("# My weeknotes, 5 September 2025 to 5 March 2026\n\n## Digital weeknotes, week 10")
    assert "The budget is gone." in content
    assert "**what**" in content
    assert "Ben" not in content


def test_every_format_says_the_same(small: World) -> None:
    """HTML, JSON and CSV have the words too; CSV neutralises formulas, JSON keeps Slack's text."""
    answered(small)
    ana = small.person("U_ANA")

    for form in ("html", "json 1 Mar to 31 Mar 2026", "csv 2026-03-01 to today"):
        ana.command("/weeknotes", f"export {form}", CHANNEL)
        small.settle()

    (_, html), (name, told), (_, table) = files_of(small, "U_ANA")
    assert "HYPERLINK(1) is <strong>what</strong> I typed" in html
    assert name == "my-weeknotes-2026-03-01-to-2026-03-31.json"
    [answer] = json.loads(told)["editions"][0]["answers"]
    assert answer["words"].startswith("=HYPERLINK(1) is what I typed")
    assert "*what*" in answer["slack_text"]
    _, row = csv.reader(io.StringIO(table.removeprefix("\ufeff")))
    assert row[8].startswith("'=HYPERLINK(1) is what I typed")


def test_without_the_scope_it_comes_as_messages_with_nothing_cut(small: World) -> None:
    """Where the bot may send no files, the document is told in a thread, piece by piece."""
    small.stop()
    small.slack.install(small.app_with(lambda scope: scope != "files:write"))
    small.start()
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", LONG)

    small.person("U_ANA").command("/weeknotes", "export json", CHANNEL)
    small.settle()

    lead = next(message for message in small.dms("U_ANA") if "My weeknotes" in message["text"])
    pieces = small.messages(small.person("U_ANA").dm(), lead["ts"])[1:]
    told = "".join(piece["blocks"][0]["elements"][0]["elements"][0]["text"] for piece in pieces)
    assert len(pieces) > 1
    assert json.loads(told)["editions"][0]["answers"][0]["words"] == LONG


def test_a_file_whose_arrival_is_in_doubt_is_looked_for_and_not_sent_twice(small: World) -> None:
    """Slack took the file and fell silent: the bot finds it in the conversation, and keeps its words no longer."""
    answered(small)
    small.slack.faults.add(Fault("files.completeUploadExternal", "accept_then_drop"))
    small.person("U_ANA").command("/weeknotes", "export", CHANNEL)
    small.settle()
    small.at(5, 16)
    small.at(5, 17)

    assert 1 == len(files_of(small, "U_ANA"))
    export = next(call.args for call in small.slack.calls if call.method == "files.completeUploadExternal")
    assert export["files"][0]["title"].startswith("My weeknotes")
    with small.bot.database.session() as session:
        sent = [row.payload for row in session.exec(select(DeliveryRow).where(DeliveryRow.kind == "export"))]
    assert [{}] == sent


def test_a_file_that_never_left_is_sent_again(small: World) -> None:
    """A server's error on the way is not the end of it."""
    answered(small)
    small.slack.faults.add(Fault("files.completeUploadExternal", "http_500"))
    small.person("U_ANA").command("/weeknotes", "export", CHANNEL)
    small.settle()
    small.at(5, 16)
    small.at(5, 17)

    assert 1 == len(files_of(small, "U_ANA"))


def test_a_file_that_is_refused_is_not_waited_for_in_vain(small: World) -> None:
    """The person is told why, and what to do."""
    answered(small)
    small.slack.faults.add(Fault("files.completeUploadExternal", "error:channel_not_found"))
    small.person("U_ANA").command("/weeknotes", "export", CHANNEL)
    small.settle()

    assert "`channel_not_found`" in small.dms("U_ANA")[-1]["text"]


def test_days_that_make_no_sense_get_a_sentence_and_none_at_all_a_hint(small: World) -> None:
    """Nothing is sent, and the answer says what to type."""
    answered(small)
    cai, ana = small.person("U_CAI"), small.person("U_ANA")

    unreadable = ana.command("/weeknotes", "export whenever to today", CHANNEL)
    nothing = cai.command("/weeknotes", "export", CHANNEL)

    assert unreadable
    assert "whenever" in unreadable["text"]
    assert nothing
    assert "You gave nothing" in nothing["text"]
    assert "export 1 Jan to 31 Mar" in words_of(nothing)
