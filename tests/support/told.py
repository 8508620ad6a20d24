"""What people are told, in English."""

from functools import cache

from bot.domain.errors import WeeknotesError
from bot.rendering.environments import Templates


def told(error: WeeknotesError) -> str:
    """Return the sentence for an error."""
    return english().error(error)


@cache
def english() -> Templates:
    """Return the catalogue as it is shipped."""
    return Templates()
