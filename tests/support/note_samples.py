"""Four weeks: one in stories, one in prose, a team's, and one by somebody who means harm."""

from typing import TypeAlias

from bot.domain.notes import Note
from bot.domain.series import Layout
from tests.support import weeks

_Given: TypeAlias = dict[str, tuple[str, ...]]

_ANA_IN_STORIES: _Given = {
    "highlights": (
        (
            "The clocks changed, the boiler didn’t, and a whole week slipped past behind it. I owe this"
            " page an apology –"
            " and a paragraph or six… Let’s see what the notebook says!"
        ),
        (
            "Seven of us swim across the reservoir on 14 December, in aid of the lifeboat. The water is"
            " eight degrees already."
            " Cheer, give or lend a towel:"
            " https://give.example.org/fundraisers/reservoir_swim_2025/showPage?team=Deep_End&amp;ref=week-note&amp;isTeam=true"
        ),
        (
            "Opening the reading room\nOn Tuesday we opened the doors of the reading room again, two"
            " years after the flood."
            " The first visitor wanted to know where the *large print* shelf had gone, and we knew the"
            " answer.\n"
            "The archive’s volunteers had baked. There was no time to say thank you properly, so: thank"
            " you, <@U_BEN>."
        ),
        (
            "*What the survey said*\nFour in five people find what they came for. The fifth one asks at"
            " the desk, and likes that"
            " better (<https://reading.example.org/survey|the numbers are here>)."
        ),
    ),
    "also": (
        "- Walked the new shelving with the fire officer.\n- Took part in the regional meeting – mostly about roofs.",
        "• Interviewed three people for the evening post.\n1. Read far too much about glue.",
    ),
    "learned": (
        (
            "I used to think that a plan was a promise. This week a colleague called hers ‘the best"
            " guess so far’, and nobody"
            " in the room relaxed less for it.\n\nI’m keeping that."
        ),
    ),
    "tune": ("(for the drive home): Agnes Obel — Riverside (live in Copenhagen)",),
}
_ANA_IN_PROSE: _Given = {
    "highlights": (
        "Monday began with a leak and ended with cake, which is the right way round.",
        (
            "On Wednesday the depot crews showed us their maps: pencil on paper, thirty years deep, and"
            " better than ours!"
            " We asked to photograph them… they asked to see our code. A fair swap."
        ),
        "By Friday the first route was drawn from both.\n\nIt rained; nobody minded.",
    ),
    "tune": ("(for the crews): Glen Campbell — Wichita Lineman (1968 version)",),
}
_TEAM: dict[str, _Given] = {
    "U_ANA": {
        "highlights": ("Moved the booking form to the new host. Nobody noticed, which was the point :tada:",),
        "also": ("Wrote the runbook", "Paired with <@U_CY> on the flaky test"),
        "learned": ("Ask *before* deleting the old server.",),
    },
    "U_BEN": {
        "highlights": (
            "User research\nFive interviews in two days. “I just want to know if it worked” came up in all five.",
        ),
        "tune": ("Kate Bush — Cloudbusting (12″ version)",),
    },
    "U_CY": {
        "also": ("• Fixed the build\n    ◦ twice\n• Reviewed `retry.py`",),
        "learned": ("&gt; Slow is smooth, smooth is fast.\nSaid by the fire officer, of all people.",),
        "tune": ("Fela Kuti — Water No Get Enemy",),
    },
}
_HOSTILE: _Given = {
    "highlights": (
        "<!channel> <!here> <!subteam^S1|@everyone-else> <@U_BEN> &lt;!channel&gt; @channel",
        (
            "<javascript:alert(1)|click me> &lt;script&gt;alert('x')&lt;/script&gt; &lt;img src=x"
            " onerror=alert(1)&gt; &amp;amp;"
        ),
        (
            "# not a heading\n* not * bold_and_not_italic 2*3*4 [not](http://a.example/link_) &lt;b&gt;"
            " `code *x*` \\ | ~ ---"
        ),
        "שלום עולם\nمرحبا بالعالم (٤٢)",
        ":party_parrot: :wave::skin-tone-3: 10:30:15 std::vector::begin",
        '```\nif a &lt; b &amp;&amp; c:\n    print("```")\n```',
        "{{ 7 * 7 }} {% raw %} ${HOME} %s {0} '\"",
    ),
    "also": ("1. one\n    1. one point one\n        - deep\n2. two", "---", "🔒 between us", "=== - + 1) 2. #"),
    "learned": ("🔒 Nothing that may leave the house.",),
    "tune": ("Bobby Tables — '); DROP TABLE answer;-- (live)",),
}


def in_stories() -> Note:
    """Return a personal week with an appeal, headed stories, a list, something learned and a tune."""
    headline = "reading rooms, roofs and a cold swim"
    return weeks.note({"U_ANA": _ANA_IN_STORIES}, headline=headline)


def in_prose() -> Note:
    """Return a personal week of flowing paragraphs, with a title and a tune that continues its heading."""
    return weeks.note({"U_ANA": _ANA_IN_PROSE}, headline="a morning of desks")


def of_team(layout: Layout) -> Note:
    """Return the week of a team of three, introduced by its editor."""
    introduction = "A short week, and a *good* one.\n\nNext week: the move."
    return weeks.note(_TEAM, layout, headline="nobody noticed", introduction=introduction)


def hostile() -> Note:
    """Return a week that tries everything."""
    return weeks.note(
        {"U_ANA": _HOSTILE}, Layout.BY_PERSON, headline="<!channel> *# </title><script>", introduction="<!here> & <b>"
    )
