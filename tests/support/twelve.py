"""A team of twelve, and what they say in four weeks that end as three notes."""

from collections.abc import Mapping
from typing import TypeAlias

Said: TypeAlias = Mapping[str, tuple[str, ...]]

TEAM = {
    "U_DEE": "Dee Roy",
    "U_ANA": "Ana Okafor",
    "U_BEA": "Bea Marsh",
    "U_CLEO": "Cleo Tran",
    "U_EVE": "Eve Lund",
    "U_FAY": "Fay Goldberg",
    "U_GUS": "Gus Pappas",
    "U_HAL": "Hal Nwosu",
    "U_IDA": "Ida Moreau",
    "U_JON": "Jon Rewi",
    "U_KIT": "Kit Lindqvist",
    "U_LEA": "Lea Kaya",
}
"""Everybody, by id; Dee is the editor."""

WEEK_10: Said = {
    "U_ANA": (
        (
            "The reading room\nOn Tuesday we opened the doors again, two years after the flood. The first visitor"
            " wanted to know where the *large print* shelf had gone, and we knew the answer."
        ),
        "next",
        "Walked the new shelving with the fire officer\nRead far too much about glue",
        "next",
        "skip",
        "Agnes Obel — Riverside (live)",
    ),
    "U_BEA": ("Five interviews in two days. “I just want to know if it worked” came up in all five.",),
    "U_CLEO": (
        "Moved the booking form to the new host. Nobody noticed, which was the point :tada:",
        "next",
        "Wrote the runbook",
    ),
    "U_EVE": ("Fixed the lift. Twice.",),
    "U_FAY": ("The budget is in, £1,900 under: https://example.org/budget_2026?view=summary&quarter=1",),
    "U_GUS": ("Shadowed the front desk. I have a list.", "next", "next", "Ask the person who waters the plants."),
    "U_HAL": ("Two new starters, one laptop. We managed.",),
    "U_IDA": ("Wrote a leaflet in plain words, and then again in plainer ones.",),
    "U_JON": ("Onboarding, mostly: thank you all for the tour.",),
    "U_KIT": ("Turned `retry.py` into ten lines.", "next", "Paired with Cleo on the queue"),
}
WEEK_11: Said = {
    "U_BEA": ("Wrote up the interviews. Three findings fit on one page; the fourth is a chair.",),
    "U_HAL": ("The second laptop came.",),
}
WEEK_12: Said = {
    "U_ANA": ("The shelving passed. The fire officer borrowed a book.",),
    "U_BEA": ("The chair has arrived. People sit on it.",),
    "U_CLEO": ("The queue is empty, for the first time since February.", "next", "Deleted a server, after asking"),
    "U_DEE": ("A fortnight of other people’s half term. Thank you for holding the fort.",),
    "U_FAY": ("The auditors liked it.",),
    "U_LEA": ("Back from leave, to a clean inbox. Whoever did that: I know it was you, Ida.",),
}
WEEK_13: Said = {
    "U_ANA": ("Four in five people find what they came for in the reading rom. The fifth asks at the desk.",),
    "U_EVE": ("The lift has been replaced by stairs, and I by a plumber.",),
    "U_GUS": ("The list is down to three things, one of them the printer.",),
    "U_KIT": ("Nothing broke. I went home on time on Thursday.", "next", "next", "next", "Nina Simone — Feeling Good"),
}
