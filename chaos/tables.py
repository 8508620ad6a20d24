"""Tables, as Markdown has them, so that docs/reliability.md can take them as they are."""

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table: the first column is words, the others are figures."""
    shown = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in ([*heads], *shown)) for n in range(len(heads))]
    lines = [_line(row, widths) for row in (heads, *shown)]
    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
    return "\n".join([lines[0], rule, *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return f"| {first[0]:<{first[1]}} |" + "".join(f" {cell:>{width}} |" for cell, width in rest)
