"""People's weeks as files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.play import SAMPLES
from bot.demo.reading import words_of
from bot.demo.weeks import NoWeeksError, Week, parse, read_folder
from bot.domain.conversation import control_in
from tests.support.typed import PIECES

LONG = "We spent most of Tuesday moving the last of the forms, and it went better than anybody had dared to hope."
LONGER = f"{LONG} Then we went home."

DOCUMENTS = st.lists(
    st.sampled_from(
        ["# Heading\n", "## I also…\n", "**Bold**\n", "Tune of the week: X — Y\n", "---\n", "- item\n", f"{LONG}\n"]
    )
    | PIECES.map(lambda text: f"{text}\n"),
    max_size=8,
).map("\n".join)


def replies(source: str, filename: str = "ana.md") -> dict[str, tuple[str, ...]]:
    """Return the replies of a week."""
    return dict(parse(source, filename).replies)


def test_paragraphs_are_replies() -> None:
    """Each paragraph is a reply of its own, in order."""
    assert {"highlights": ("One.", "Two\nlines.", "Three.")} == replies("One.\n\nTwo\nlines.\n\n\nThree.\n")


def test_a_list_belongs_to_the_words_before_it() -> None:
    """A list, a quote or code goes with the paragraph that introduces it."""
    source = "This happened:\n\n- one\n- two\n\n> said\n\n```\ncode\n```\n\nThen this."

    assert {"highlights": ("This happened:\n\n- one\n- two\n\n> said\n\n```\ncode\n```", "Then this.")} == replies(
        source
    )


@pytest.mark.parametrize(
    "heading",
    ("## The bins", "**The bins**", "__The bins__", "The bins", "The bins\n--------", "###### The bins ######"),
)
def test_a_heading_and_its_paragraphs_are_one_reply(heading: str) -> None:
    """A heading, a bold line or a short line standing alone starts a story, which goes on until the next one."""
    source = f"{LONG}\n\n{heading}\n\n{LONGER}\n\nMore of it.\n\n## Next story\n\nEnd."
    story = f"{heading}\n\n{LONGER}\n\nMore of it."

    assert {"highlights": (LONG, story, "## Next story\n\nEnd.")} == replies(source)


@pytest.mark.parametrize(
    "line", ("A short sentence.", "https://a.b/c", "what came of it", "Was it? Yes!", "By Ana Okafor")
)
def test_not_every_short_line_is_a_heading(line: str) -> None:
    """A sentence, an address, a byline or a line that begins small heads nothing."""
    assert {"highlights": (line, LONGER)} == replies(f"{line}\n\n{LONGER}")


def test_text_with_a_paragraph_a_line() -> None:
    """In plain text each line is a paragraph, short lines above long ones are headings, and dashes make lists."""
    source = f"{LONG}\nThe bins\n{LONGER}\n{LONG}\nI also…\n- one\n- two\nSomething I’ve learned\n{LONG}"

    assert {
        "highlights": (LONG, f"The bins\n\n{LONGER}\n\n{LONG}"),
        "also": ("- one\n- two",),
        "learned": (LONG,),
    } == replies(source, "ana.txt")


@pytest.mark.parametrize("filename", ("ana.md", "ana.txt"))
def test_paragraphs_wrapped_by_hand_are_put_on_one_line(filename: str) -> None:
    """Lines as long as they could be are one paragraph; short lines stay lines."""
    wrapped = (
        "This was wrapped by hand at a width of about seventy characters or\n"
        "so, as people do who write in an editor that does not wrap by itself,\n"
        "and that is that."
    )

    assert {"highlights": (wrapped.replace("\n", " "),)} == replies(wrapped, filename)


@pytest.mark.parametrize(
    "heading",
    ("## I also…", "I also...", "**I also**", "# i also:", "I ALSO…", "### *I also …*", "I also\n------"),
)
def test_a_questions_heading_routes_what_follows(heading: str) -> None:
    """What stands under a question's heading answers it, however the heading is written."""
    assert {"highlights": (LONG,), "also": ("- one",)} == replies(f"{LONG}\n\n{heading}\n\n- one")


def test_words_after_a_questions_heading_are_kept() -> None:
    """A heading that says more than the question keeps what it says."""
    source = f"## I also (in no order)\n\n- one\n\n## Something I've learned this week\n\n{LONG}"

    assert {
        "also": ("(in no order)\n\n- one",),
        "learned": (f"## Something I've learned this week\n\n{LONG}",),
    } == replies(source)


def test_deeper_headings_stay_with_the_question() -> None:
    """Headings below a question's heading are stories of that question; one as high ends it."""
    source = "## Something I’ve learned\n\n### One\n\nA.\n\n### Two\n\nB.\n\n## Else\n\nC."

    assert {"highlights": ("## Else\n\nC.",), "learned": ("### One\n\nA.", "### Two\n\nB.")} == replies(source)


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("Tune of the week: Artist — Title (Live)", "Artist — Title (Live)"),
        ("Tune of the week (to go on): Artist — Title", "(to go on): Artist — Title"),
        ("**Tune of the week:** Artist — *Title*", "Artist — *Title*"),
        ("**Tune of the week (for Joyce): Artist**", "(for Joyce): Artist"),
        ("## Tune of the week: Artist — Title", "Artist — Title"),
        ("## Tune of the week\n\nArtist — Title\n\nI like it.", "Artist — Title\n\nI like it."),
        ("## Tune of the week (for Joyce)\n\nArtist — Title", "(for Joyce): Artist — Title"),
        ("## Tune of the week\n\n### Artist — Title", "Artist — Title"),
        ("🎵 Tune of the week – ‘Title’", "🎵 ‘Title’"),
    ),
)
def test_the_tune_is_one_reply(line: str, answer: str) -> None:
    """A question of one line gets what stands in its line, or under it, without losing a bracket."""
    assert {"highlights": (LONG,), "tune": (answer,)} == replies(f"{LONG}\n\n{line}")


@pytest.mark.parametrize("line", ("I also went home.", "[Tune of the week](https://a.b): X", "Tune of the weekend: X"))
def test_sentences_are_not_taken_for_headings(line: str) -> None:
    """Prose that begins like a question's heading stays where it is, and so does a linked one."""
    assert {"highlights": (LONG, line)} == replies(f"{LONG}\n\n{line}")


def test_the_title_heads_the_first_reply() -> None:
    """A title line stays as words: it goes with the first paragraph, the next are replies of their own."""
    week = parse(f"3.24 — weeknotes — a good week\n\n{LONG}\n\n{LONGER}", "ana.txt")

    assert ("3.24 — weeknotes — a good week", {"highlights": (f"{week.title}\n\n{LONG}", LONGER)}) == (
        week.title,
        dict(week.replies),
    )


def test_front_matter_is_not_words() -> None:
    """Front matter names the person, and none of it is said; rules are not said either."""
    week = parse("---\ntitle: Mine\nauthor: 'Ana Okafor'\n---\n\nOne.\n\n---\n\nTwo.", "week-12.md")

    assert ("Ana Okafor", ("One.", "Two.")) == (week.name, week.texts)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    """Words between two rules are words."""
    assert ("One day.", "Two.") == parse("---\nOne day.\n\n---\n\nTwo.").texts[:2]


@pytest.mark.parametrize(
    ("filename", "source", "name"),
    (
        ("02-ana-okafor.md", "Hi.", "Ana Okafor"),
        ("2024-w12_Siân.txt", "Hi.", "Siân"),
        ("weeknotes-3.md", "By Ben Marsh\n\nHi.", "Ben Marsh"),
        ("weeknotes-3.md", "# Weeknotes\n\n*by: Ben O’Hara*\n\nHi.", "Ben O’Hara"),
        ("000_fb1b3180483ebedc.txt", "Hi.", ""),
    ),
)
def test_whose_week_it_is(filename: str, source: str, name: str) -> None:
    """A byline or the file's name says whose week it is."""
    assert name == parse(source, filename).name


def test_reference_links_keep_what_they_refer_to() -> None:
    """Each reply gets the definitions it needs; those nobody needs go with the last."""
    source = "See [a][x].\n\nSee [y].\n\n[x]: https://x.org\n[y]: https://y.org 'T'\n[z]: https://z.org"

    assert (
        "See [a][x].\n\n[x]: <https://x.org>",
        'See [y].\n\n[y]: <https://y.org> "T"\n\n[z]: <https://z.org>',
    ) == parse(source).texts


def test_tables_are_sent_as_code() -> None:
    """A table keeps its shape, in the way people show tables where there are none."""
    table = "| a | b |\n|---|---|\n| 1 | 2 |"

    assert (f"```\n{table}\n```",) == parse(table).texts


def test_no_reply_is_a_word_the_bot_obeys() -> None:
    """A paragraph that says no more than “Next” is sent together with another one."""
    assert {"highlights": ("Next\n\nOne.", "Two.\n\nskip")} == replies("Next\n\nOne.\n\nTwo.\n\nskip")


@given(source=DOCUMENTS)
def test_no_word_of_a_text_is_lost(source: str) -> None:
    """Every word of a plain text is in a reply, unless it is a question's heading."""
    texts = parse(source, "ana.txt").texts
    headings = ["I", "also", "Tune", "of", "the", "week"]

    assert set(words_of(source)) <= {*words_of("\n".join(texts)), *headings}
    assert all(control_in(text) is None for text in texts) or len(texts) == 1


def test_a_folder_is_a_team(tmp_path: Path) -> None:
    """Each file is one person's week; namesakes and the nameless get names of their own."""
    for name in ("b/x.md", "1.md", "2.txt", "ana.md", "ana.txt", "empty.md", "notes.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("" if "empty" in name else "Hi.", encoding="utf-8")
    (tmp_path / "old.txt").write_bytes("Café.".encode("cp1252"))

    assert [("Writer 1", "Hi."), ("Writer 2", "Hi."), ("Ana", "Hi."), ("Ana 2", "Hi."), ("Old", "Café.")] == [
        (week.name, *week.texts) for week in read_folder(tmp_path)
    ]


def test_a_folder_without_weeks_is_refused(tmp_path: Path) -> None:
    """An empty folder is answered with what to put there."""
    with pytest.raises(NoWeeksError, match="put one"):
        read_folder(tmp_path)


def _by_name() -> dict[str, Week]:
    return {week.name: week for week in read_folder(SAMPLES)}


def test_the_samples_are_a_teams_week() -> None:
    """The weeks that are shipped are those of the sample team, and together they answer every question."""
    weeks = _by_name()

    assert ["Ana Okafor", "Maya Goldberg", "Nikos Pappas", "Tane Rewi"] == sorted(weeks)
    assert {"highlights", "also", "learned", "tune"} == {key for week in weeks.values() for key in week.replies}
