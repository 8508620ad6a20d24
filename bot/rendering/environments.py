"""All Jinja environments: where the templates are, and one escaping rule for each format."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.errors import WeeknotesError
from bot.domain.vocabulary import Vocabulary
from bot.rendering import filters
from bot.rendering.labels import Labels, read_labels
from bot.rendering.wording import Wording

ENGLISH = "en"
# In a checkout and in an installed wheel alike, `templates/` lies beside the package `bot`.
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def folders_of(language: str, own: Path | None = None) -> tuple[Path, ...]:
    """Return the folders laid over the English texts: somebody's own first, then the language's."""
    return (*([own] if own else ()), *([TEMPLATES / language] if language != ENGLISH else ()))


class Templates:
    """Renders the catalogue: templates, and labels for short texts. Make one and hand it round.

    Each environment is made once, when first used.
    """

    def __init__(self, *over: Path) -> None:
        """Find each text in the first of the folders `over` that has it, or else in English."""
        self._folders = (*over, TEMPLATES)

    def label(self, key: str, /, **values: object) -> str:
        """Return a short text: `label("form.save")` is `save` in `labels/form.toml`. It is plain text, not escaped."""
        return self.words.labels.one(key, values)

    def error(self, error: WeeknotesError) -> str:
        """Return the sentence that tells a person of an error, as plain text."""
        key = f"errors.{error}"
        return self.words.labels.one(key, error.values) if key in self.words.labels else str(error)

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
    def words(self) -> Wording:
        """Return what writes days, times and names."""
        environment = Environment(autoescape=False, undefined=StrictUndefined)  # noqa: S701 - labels are plain text
        words = Wording(Labels(read_labels(self._folders), environment))
        environment.filters.update(_filters(words))
        return words

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the words that people may type in this language."""
        return Vocabulary(self.words.labels.below("typed.words"))

    @property
    def checker(self) -> Environment:
        """Return an environment that knows what templates may use, for checking them."""
        return self._text

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
            loader=FileSystemLoader(self._folders),
            autoescape=autoescape,  # noqa: S701 - mrkdwn and Markdown have escaping rules of their own
            finalize=finalize,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        environment.filters.update(_filters(self.words), mrkdwn=filters.Mrkdwn)
        environment.globals.update(label=self.label)
        return environment


def _filters(words: Wording) -> dict[str, Callable[..., str]]:
    """Return what templates and labels may do to a value."""
    return {
        "day": words.day,
        "plain_day": words.plain_day,
        "dates": words.dates,
        "week": words.week,
        "names": words.names,
        "quantity": filters.quantity,
    }
