"""A run of items as nested lists, for the formats that nest them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.richtext import Item


@dataclass(slots=True)
class Nested:
    """One list: its first number (0 for bullets), and each item with the lists below it."""

    start: int
    entries: list[tuple[Item, list["Nested"]]] = field(default_factory=list)

    def takes(self, item: Item) -> bool:
        """Say whether an item at this list's depth goes on with it."""
        last = self.entries[-1][0]
        return item.number == last.number + 1 if last.number else item.number == 0


def nested(items: Sequence[Item]) -> list[Nested]:
    """Nest items by their indent; a jump over several levels counts as one."""
    top: list[Nested] = []
    open_lists: list[tuple[int, Nested]] = []
    for item in items:
        while open_lists and open_lists[-1][0] > item.indent:
            open_lists.pop()
        siblings = _siblings(top, open_lists, item)
        if open_lists and open_lists[-1][0] == item.indent and open_lists[-1][1].takes(item):
            open_lists[-1][1].entries.append((item, []))
            continue
        if open_lists and open_lists[-1][0] == item.indent:
            open_lists.pop()
        started = Nested(item.number, [(item, [])])
        siblings.append(started)
        open_lists.append((item.indent, started))
    return top


def _siblings(top: list[Nested], open_lists: Sequence[tuple[int, Nested]], item: Item) -> list[Nested]:
    """Return where a list that starts with `item` belongs: below the last item that stands less deep."""
    above = [opened for indent, opened in open_lists if indent < item.indent]
    return above[-1].entries[-1][1] if above else top
