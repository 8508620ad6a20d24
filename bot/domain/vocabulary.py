"""The words that people may type in a language of their own: they are read as the English ones they stand for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

_ORDINAL = re.compile(r"(?<![\d.])(\d{1,2})\.(?=\s+[^\W\d_])")


@dataclass(frozen=True)
class Vocabulary:
    """Words by the English ones they stand for. English is always understood."""

    words: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def english(self, typed: str) -> str:
        """Return what was typed in lower case, with the English words in place of those of the language.

        For reading what is meant only: it is not what somebody wrote.
        """
        if not self._meanings:
            return typed
        lower = _ORDINAL.sub(r"\1", " ".join(typed.casefold().split()))
        return self._known.sub(lambda found: self._meanings[found[0]], lower)

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        """Return the English word for each word or words of the language, the longest first."""
        pairs = {word.casefold(): english for english, words in self.words.items() for word in words}
        return {word: pairs[word] for word in sorted(pairs, key=len, reverse=True)}

    @cached_property
    def _known(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self._meanings))})(?!\w)")


ENGLISH = Vocabulary()
