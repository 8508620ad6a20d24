"""Write into the documentation what the code knows: `make docs`. A test fails when the two differ."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli import main as weeknotes
from bot.config import Settings, variable_of

DOCS = Path(__file__).parent.parent / "docs"
WRITTEN = re.compile(r"(<!-- written by `make docs`: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Bring every page up to date."""
    for path in DOCS.glob("*.md"):
        page = path.read_text(encoding="utf-8")
        if (written := up_to_date(page)) != page:
            path.write_text(written, encoding="utf-8")


def up_to_date(page: str) -> str:
    """Return the page with what the code knows written between its marks."""
    writers = {"settings": settings, "commands": commands}
    return WRITTEN.sub(lambda mark: f"{mark[1]}\n{writers[mark[2]]()}\n{mark[3]}", page)


def settings() -> str:
    """Return the table of settings."""
    rows = ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default is not None else ""
        rows.append(f"| `{variable_of(name)}` | {default} | {field.description} |")
    return "\n".join(rows) + "\n"


def commands() -> str:
    """Return the help of every command."""
    return "\n".join(f"```text\n$ {name} --help\n{text}\n```\n" for name, text in _helps(weeknotes, "weeknotes"))


def _helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    looks = {**weeknotes.context_settings, "terminal_width": 100, "max_content_width": 100}
    context = click.Context(command, info_name=name, **looks)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for inner in sorted(command.commands):
            yield from _helps(command.commands[inner], f"{name} {inner}")


if __name__ == "__main__":
    main()
