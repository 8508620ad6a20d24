"""A note of however many people: each writes a little, some more, as a team does."""

from bot.demo.weeks import Week
from bot.domain.notes import Note
from bot.domain.series import Layout
from tests.support.noted import note_of

FIRST = ("Ana", "Ben", "Cai", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida", "Jon", "Kit", "Lea")
LAST = (
    "Okafor",
    "Marsh",
    "Tran",
    "Roy",
    "Lund",
    "Pappas",
    "Rewi",
    "Goldberg",
    "Nwosu",
    "Lindqvist",
    "Moreau",
    "Ito",
    "Kaya",
)
DOING = ("moved the forms to the new host", "sat with the front desk", "wrote the runbook", "met the library team")
TUNES = ("Nina Simone — Feeling Good", "Kate Bush — Cloudbusting (12″ version)", "Fela Kuti — Water No Get Enemy")


def crowd(count: int, layout: Layout) -> Note:
    """Return the note of `count` people, who all have names and words of their own."""
    return note_of(weeks_of(count), layout)


def weeks_of(count: int) -> list[Week]:
    """Return what each of them writes."""
    return [_week(n) for n in range(count)]


def _week(n: int) -> Week:
    name = f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST)]}"
    done = DOING[n % len(DOING)]
    told = f"On Monday I {done}, and it took until Wednesday. Case {n}-a is closed; case {n}-b is not. That is fine."
    replies: dict[str, tuple[str, ...]] = {"highlights": (told,)}
    if n % 3 == 0:
        headed = (
            f"What case {n}-c taught us\nFive people were asked, and four found it.\n\nThe fifth asked at the desk."
        )
        replies["highlights"] += (headed,)
    if n % 2 == 0:
        replies["also"] = (f"- Reviewed change {n}.\n- Had lunch with team {n}.",)
    if n % 4 == 0:
        replies["learned"] = (f"Ask before you delete server {n}.",)
    if n % 5 == 0:
        replies["tune"] = (TUNES[n % len(TUNES)],)
    return Week(name, replies, "slack")
