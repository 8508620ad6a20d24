"""Long texts in pieces: what is too long for one input of a form is shown in several, and put together again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Raw: TypeAlias = Mapping[str, Any]

LONGEST = 3_000
"""How many characters one input takes."""
WHOLE, LIST, WORDS = "w", "l", "c"
"""What goes on across a joint: nothing, a list, or the words themselves (what stood between them follows, as hex)."""
MOST_BETWEEN = 40
_LIST = "rich_text_list"
_SECTION = "rich_text_section"
_CUTTABLE = frozenset({_SECTION, "rich_text_quote", "rich_text_preformatted"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a `rich_text` block, and the `joint` by which it goes on from the piece before it."""

    joint: str
    block: Raw | None


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One element of a block, or one item of a list (`place` is which), and the words in it."""

    holder: Raw
    words: tuple[Raw, ...]
    place: int | None = None
    is_whole: bool = False

    @property
    def goes_on(self) -> bool:
        return bool(self.place)

    @property
    def length(self) -> int:
        return sum(map(_length, self.words))


def split(block: Raw, longest: int = LONGEST) -> tuple[Piece, ...]:
    """Return a `rich_text` block in pieces of at most `longest` characters, cut between words where there are any."""
    pieces: list[Piece] = []
    joint, held = "", list[_Leaf]()
    for leaf in _leaves(block):
        following = LIST if leaf.goes_on else WHOLE
        rest = leaf
        if held and sum(each.length for each in held) + rest.length > longest:
            pieces.append(Piece(joint, _block(held)))
            joint, held = following, []
        while rest.length > longest and not rest.is_whole:
            head, between, tail = _cut(rest.words, longest)
            if not tail:
                break
            pieces.append(Piece(joint, _block([replace(rest, words=head)])))
            joint, rest = WORDS + between.encode().hex(), replace(rest, words=tail)
        held.append(rest)
    return (*pieces, Piece(joint, _block(held))) if held or not pieces else tuple(pieces)


def join(pieces: Sequence[Piece]) -> Raw | None:
    """Return the block that the pieces make together, or None when nothing is in any of them."""
    whole: list[Json] = []
    for piece in pieces:
        elements = [dict(element) for element in (piece.block or {}).get("elements") or ()]
        if whole and elements and _goes_on(piece.joint, whole[-1], elements[0]):
            first, *elements = elements
            whole[-1] = _joined(piece.joint, whole[-1], first)
        whole += elements
    return {"type": "rich_text", "elements": whole} if whole else None


def _leaves(block: Raw) -> Iterator[_Leaf]:
    for element in block.get("elements") or ():
        holder = {name: value for name, value in element.items() if name != "elements"}
        inside = tuple(element.get("elements") or ())
        if element.get("type") == _LIST:
            for place, item in enumerate(inside):
                is_plain = item.get("type") == _SECTION
                yield _Leaf(holder, tuple(item["elements"]) if is_plain else (item,), place, is_whole=not is_plain)
        else:
            yield _Leaf(holder, inside, is_whole=element.get("type") not in _CUTTABLE)


def _block(leaves: Sequence[_Leaf]) -> Json:
    elements: list[Json] = []
    for leaf in leaves:
        if leaf.place is None:
            elements.append({**leaf.holder, "elements": list(leaf.words)})
            continue
        item = leaf.words[0] if leaf.is_whole else {"type": _SECTION, "elements": list(leaf.words)}
        if leaf.place and elements:
            elements[-1]["elements"].append(item)
        else:
            elements.append({**leaf.holder, **_offset(leaf), "elements": [item]})
    return {"type": "rich_text", "elements": elements}


def _offset(leaf: _Leaf) -> Json:
    """Return from which number a list that is cut goes on."""
    if not leaf.place or leaf.holder.get("style") != "ordered":
        return {}
    return {"offset": (leaf.holder.get("offset") or 0) + leaf.place}


def _cut(words: Sequence[Raw], longest: int) -> tuple[tuple[Raw, ...], str, tuple[Raw, ...]]:
    """Return as many of the words as fit, what stands between them and the rest, and the rest.

    They are cut where a line ends in the second half of what fits, else where a word ends, else anywhere.
    """
    rooms, at = [longest], 0
    while at < len(words) and _length(words[at]) <= rooms[at]:
        rooms.append(rooms[at] - _length(words[at]))
        at += 1
    if at == len(words):
        return tuple(words), "", ()
    for back in range(at, -1, -1):
        found = _break(words[back], rooms[back], "\n")
        if found and longest - rooms[back] + found[0] >= longest // 2:
            return _cut_in(words, back, found)
    if found := _break(words[at], rooms[at], " \n\t"):
        return _cut_in(words, at, found)
    before, after = tuple(words[:at]), tuple(words[at:])
    if before:
        return (*_without_end(before), after)
    room = (longest, longest)
    return _cut_in(words, 0, room) if after[0].get("type") == "text" else (after[:1], "", after[1:])


def _cut_in(words: Sequence[Raw], at: int, between: tuple[int, int]) -> tuple[tuple[Raw, ...], str, tuple[Raw, ...]]:
    """Cut words in one of them, leaving out what stands `between` two of its places."""
    (start, end), cut = between, words[at]
    tail = ({**cut, "text": cut["text"][end:]},) if end < len(cut["text"]) else ()
    return (*words[:at], {**cut, "text": cut["text"][:start]}), cut["text"][start:end], (*tail, *words[at + 1 :])


def _without_end(words: tuple[Raw, ...]) -> tuple[tuple[Raw, ...], str]:
    """Return words without the white space at their end, which an input might drop, and that white space."""
    last = words[-1]
    kept = last["text"].rstrip() if last.get("type") == "text" else ""
    if not kept or len(last["text"]) - len(kept) > MOST_BETWEEN:
        return words, ""
    return (*words[:-1], {**last, "text": kept}), last["text"][len(kept) :]


def _break(element: Raw, room: int, blanks: str) -> tuple[int, int] | None:
    """Return where the white space around the last of these blanks begins and ends, if words stand before it."""
    text = element["text"] if element.get("type") == "text" else ""
    start = max(text.rfind(blank, 0, room + 1) for blank in blanks)
    end = start + 1
    while start > 0 and text[start - 1].isspace() and end - start < MOST_BETWEEN:
        start -= 1
    while end < len(text) and text[end].isspace() and end - start < MOST_BETWEEN:
        end += 1
    return (start, end) if start > 0 else None


def _length(element: Raw) -> int:
    return sum(len(value) for name, value in element.items() if name != "type" and isinstance(value, str))


def _goes_on(joint: str, before: Raw, after: Raw) -> bool:
    """Say whether two elements are one, cut in two: still of one kind, whatever was typed into them since."""
    kind = before.get("type")
    if joint[:1] not in {LIST, WORDS} or kind != after.get("type") or (joint[:1] == LIST and kind != _LIST):
        return False
    same = ("style", "indent") if kind == _LIST else ()
    return all((before.get(name) or 0) == (after.get(name) or 0) for name in same)


def _joined(joint: str, before: Raw, after: Raw) -> Json:
    start, end = list(before.get("elements") or ()), list(after.get("elements") or ())
    if joint.startswith(WORDS):
        between = bytes.fromhex(joint.removeprefix(WORDS)).decode()
        if before.get("type") != _LIST:
            return {**before, "elements": _run(start, between, end)}
        if start and end and start[-1].get("type") == end[0].get("type") == _SECTION:
            item = {**start[-1], "elements": _run(start[-1]["elements"], between, end[0]["elements"])}
            return {**before, "elements": [*start[:-1], item, *end[1:]]}
    return {**before, "elements": [*start, *end]}


def _run(before: Sequence[Raw], between: str, after: Sequence[Raw]) -> list[Raw]:
    """Return words with what stood between them, which looks like the words before it."""
    if not between:
        return [*before, *after]
    if before and before[-1].get("type") == "text":
        return [*before[:-1], {**before[-1], "text": before[-1]["text"] + between}, *after]
    return [*before, {"type": "text", "text": between}, *after]
