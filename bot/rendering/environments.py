"""All Jinja environments: where the templates are, and one escaping rule for each format."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.rendering import filters

# In a checkout and in an installed wheel alike, `templates/` lies beside the package `bot`.
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class Templates:
    """Renders the templates. Make one and hand it round: each environment is made once, when first used."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        """Find the templates in `folder`."""
        self._folder = folder

    def slack(self, name: str, /, **values: object) -> str:
        """Render `slack/{name}.mrkdwn.j2`, trimmed; values are escaped for mrkdwn, except a `filters.Mrkdwn`.

        What a macro or a `{% set %}` block made is a value too: let it through with the filter `mrkdwn`.
        """
        return self._slack.get_template(f"slack/{name}.mrkdwn.j2").render(values).strip()

    def text(self, name: str, /, **values: object) -> str:
        """Render a template of plain text or Markdown, `name` from the templates' folder; nothing is escaped."""
        return self._text.get_template(name).render(values)

    def html(self, name: str, /, **values: object) -> str:
        """Render a template of HTML or XML, `name` from the templates' folder; every value is escaped."""
        return self._html.get_template(name).render(values)

    @cached_property
    def _slack(self) -> Environment:
        return self._environment(finalize=filters.finalize_mrkdwn)

    @cached_property
    def _text(self) -> Environment:
        return self._environment()

    @cached_property
    def _html(self) -> Environment:
        return self._environment(autoescape=True)

    def _environment(self, *, autoescape: bool = False, finalize: Callable[[object], str] | None = None) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=autoescape,  # noqa: S701 - mrkdwn and Markdown have escaping rules of their own
            finalize=finalize,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        environment.filters.update(
            mrkdwn=filters.Mrkdwn, day=filters.day, dates=filters.dates, names=filters.names, quantity=filters.quantity
        )
        return environment
