"""What is said of a team's own texts before anybody meets them."""

from pathlib import Path

from bot.rendering.checking import problems_of
from bot.rendering.environments import TEMPLATES


def test_what_cannot_be_used_is_named_with_its_line(tmp_path: Path) -> None:
    """Wrong syntax, unknown values, filters, names and keys: each has a sentence; what is right has none."""
    for name, text in {
        "slack/reminder.mrkdwn.j2": "A nudge for {{ series }}.\n",
        "slack/back.mrkdwn.j2": "Hello\n{% if %}\n",
        "slack/footer.mrkdwn.j2": "One\nTwo {{ nonsense }} {{ nonsense }}\n",
        "slack/home.mrkdwn.j2": "{{ 1|shouted }}",
        "slack/made_up.mrkdwn.j2": "x",
        "labels/people.toml": 'join = "Come in"\nleave = "{{ who }}"\nmade_up = "x"\n',
        "labels/home.toml": 'asked = "Your',
        "house/markdown.j2": (TEMPLATES / "house/markdown.j2").read_text(encoding="utf-8"),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    for name in ("slack/status.mrkdwn.j2", "labels/away.toml"):
        (tmp_path / name).write_bytes(b"\xe4")

    told = "\n".join(problems_of(tmp_path))
    for line in (
        "labels/people.toml, line 2: it is not given a value called who.",
        "labels/people.toml, line 3: there is no text called people.made_up, so this is never used.",
        "slack/back.mrkdwn.j2, line 2: Expected an expression, got 'end of statement block'.",
        "slack/footer.mrkdwn.j2, line 2: it is not given a value called nonsense.",
        "slack/home.mrkdwn.j2, line 1: No filter named 'shouted'.",
        "slack/status.mrkdwn.j2: it is not in UTF-8.",
        "labels/away.toml: it is not in UTF-8.",
        "slack/made_up.mrkdwn.j2: there is no text of this name, so this is never used.",
    ):
        assert line in told
    assert "labels/home.toml: " in told
    assert "reminder" not in told
    assert "house" not in told


def test_a_whole_language_laid_over_can_be_used() -> None:
    """The German texts, as somebody's own folder, have nothing wrong with them."""
    assert [] == list(problems_of(TEMPLATES / "de"))
