"""The parts of a rich_text block, put together line by line."""

from fakeslack.composer_words import Element, merged, text_element

_DEEPEST = 8


class Parts:
    """Collects sections, lists, quotes and code, joining neighbours that belong together."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: list[Element] = []
        self._columns: list[int] = []
        self.last_number = 0

    def is_in(self, kind: str) -> bool:
        """Say whether the last part is of this kind."""
        return bool(self._parts) and self._parts[-1]["type"] == f"rich_text_{kind}"

    def words(self, elements: list[Element]) -> None:
        """Add elements to the section that is being written."""
        elements = merged(elements)
        if elements and not self.is_in("section"):
            self._parts.append({"type": "rich_text_section", "elements": []})
        if elements:
            written = self._parts[-1]["elements"]
            written[-1:] = merged([*written[-1:], *elements])

    def quote(self, elements: list[Element]) -> None:
        """Add a line to a quote."""
        if self.is_in("quote"):
            elements = [*self._parts.pop()["elements"], text_element("\n", {}), *elements]
        self._parts.append({"type": "rich_text_quote", "elements": merged(elements)})

    def preformatted(self, code: str, language: str = "") -> None:
        """Add a piece of code."""
        named = {"language": language} if language else {}
        self._parts.append(
            {"type": "rich_text_preformatted", "elements": [text_element(code, {})], "border": 0, **named}
        )

    def level_of(self, column: int) -> int:
        """Return how deep an item that begins in this column lies within the list that is being written."""
        if not self.is_in("list"):
            self._columns = []
        while self._columns and self._columns[-1] > column:
            self._columns.pop()
        if not self._columns or self._columns[-1] < column:
            self._columns.append(column)
        return len(self._columns) - 1

    def item(self, elements: list[Element], level: int, number: int | None) -> None:
        """Add an item to a list: a bullet, or the one of this number."""
        style, indent = ("bullet" if number is None else "ordered"), min(level, _DEEPEST)
        last = self._parts[-1] if self.is_in("list") else {}
        if (last.get("style"), last.get("indent")) != (style, indent):
            offset = {"offset": number - 1} if number is not None and number > 1 else {}
            last = {"type": "rich_text_list", "style": style, "indent": indent, "border": 0, "elements": [], **offset}
            self._parts.append(last)
        last["elements"].append({"type": "rich_text_section", "elements": merged(elements)})
        self.last_number = number or self.last_number

    def finished(self) -> list[Element]:
        """Return the parts, without the line breaks that end the message."""
        if self.is_in("section"):
            elements = self._parts[-1]["elements"]
            if elements[-1]["type"] == "text":
                elements[-1] = {**elements[-1], "text": elements[-1]["text"].rstrip("\n")}
            self._parts[-1]["elements"] = merged(elements)
            if not self._parts[-1]["elements"]:
                self._parts.pop()
        return self._parts
