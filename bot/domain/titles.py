"""An edition's title and introduction, as an editor finds them."""

from dataclasses import dataclass

from bot.domain.editions import Edition
from bot.domain.entries import fingerprint


@dataclass(frozen=True, slots=True)
class Titled:
    """The headline, typed or taken from an entry, and the introduction of an edition."""

    edition: Edition
    headline: str
    introduction: str

    @property
    def state(self) -> str:
        """Return a name for what they are now, to tell whether they have changed since."""
        return fingerprint(self.headline, self.introduction)
