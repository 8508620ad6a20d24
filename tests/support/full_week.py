"""A team's week in which everything occurs that people do in Slack: as somebody types it, and as the note has it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.demo.weeks import Week
from bot.domain.files import Files
from bot.domain.notes import Note
from bot.domain.series import Layout
from tests.support.noted import note_of

LONG_ANSWER = Path(__file__).with_name("long_answer.txt").read_text(encoding="utf-8").strip()

TERSE = Week("Bo Lindqvist", {"highlights": ("Fixed the lift. Twice.",), "tune": ("The Lift Song",)}, "slack")
LONG = Week("Ana Okafor", {"highlights": (LONG_ANSWER,), "learned": ("A second chair costs nothing.",)}, "slack")
STRUCTURED = Week(
    "Cy Marsh",
    {
        "highlights": (
            "*The build is green*\nIt was red for nine days. What it took, in the order in which we believed in it:",
            "1. Turn it off and on again\n    - the runner\n    - the cache\n        - both at once\n2. Read the log",
            '```\n$ make test\n...F.....\nexpected: 3\n     got: "3"\n```\nA quotation mark. In `parse_row()`.',
        ),
        "also": (
            "- Paired with @Ana Okafor\n    - on the queue\n    - and on lunch\n- Reviewed `retry.py`",
            "Gave ~two~ *three* talks",
        ),
        "learned": (
            "> Make it work, make it right, make it fast.\n> And then show somebody.\nSaid by @Dee Roy, to a printer.",
        ),
    },
    "slack",
)
RIGHT_TO_LEFT = Week(
    "נועה לוי",
    {
        "highlights": (
            "יום ארוך בספרייה\nפגשנו את הצוות של Marlow Road וראינו 64 אנשים בבוקר אחד.",
            "وصلت الترجمة العربية للنموذج (٣ صفحات) اليوم.",
        ),
        "also": ("- בדקתי את הטופס ב־iPhone\n- شكراً لفريق Marlow Road",),
        "tune": ("אסתר רדא — Life Happens",),
    },
    "slack",
)
DECORATED = Week(
    "Dee Roy",
    {
        "highlights": (
            "The new reading room is open! :tada: :party_parrot: :wave::skin-tone-4: 👩‍👩‍👧‍👦 🇬🇧",
            "Read [the plan (final)](https://example.org/plan_(final)_v2.pdf?a=1&b=2) and https://en.wikipedia.org/wiki/Chair_(furniture).",
            "From the [rooms] team: [what we learned [so far]](https://example.org/a_b_c)",
        ),
        "also": ("Hung 3 pictures :frame_with_picture:", "Wrote to <ana@example.org>"),
        "tune": ("[Nina Simone — Feeling Good](https://music.example.org/t/1?x=y)",),
    },
)
HOSTILE = Week(
    "Eve *Bold* </b>",
    {
        "highlights": (
            "<!channel> @here <!subteam^S1> &amp; <script>alert('x')</script> {{ 7 * 7 }} {% endfor %}",
            "# no heading\n---\n[x](javascript:alert(1)) **not ours** __nor this__ `unclosed \\",
        ),
        "also": ("- \n* *", "=cmd|' /C calc'!A0", "🔒 The safe is behind the picture"),
        "learned": ("> quoted <b>bold</b>\n```\n</pre><img src=x onerror=alert(1)>\n```",),
    },
    "slack",
)
WEEKS = (TERSE, LONG, STRUCTURED, RIGHT_TO_LEFT, DECORATED, HOSTILE)


def _file(name: str, mimetype: str, **more: str) -> Mapping[str, Any]:
    kept = f"https://team.example.org/files/{quote(name)}"
    return {"id": "F0PENING", "name": name, "mimetype": mimetype, "permalink": kept, "url_private": kept, **more}


FILES = {
    "Dee Roy": (
        _file("room.jpg", "image/jpeg", alt_txt="A bright room with two long tables [and a cat]"),
        _file("seating plan (2).pdf", "application/pdf"),
    ),
}
"""What people gave with their first answer."""


def full_week(layout: Layout, files: Files = Files.SHOWN) -> Note:
    """Return the note of the week."""
    return note_of(WEEKS, layout, given_files=FILES, files=files)
