"""The rota: whose turn it is to be editor of the week."""

from collections.abc import Sequence


def queue(rota: Sequence[str], editors: Sequence[str]) -> tuple[str, ...]:
    """Return the editors in the order of their turns: as they stood in line, then those who are new."""
    standing = [user_id for user_id in rota if user_id in editors]
    return tuple(dict.fromkeys([*standing, *editors]))


def had_turn(line: Sequence[str], user_id: str) -> tuple[str, ...]:
    """Return the line after somebody's turn: they stand at its end."""
    return (*(each for each in line if each != user_id), user_id)


def swapped(line: Sequence[str], one: str, other: str) -> tuple[str, ...]:
    """Return the line with two editors in each other's places."""
    places = {one: other, other: one}
    return tuple(places.get(each, each) for each in line)
