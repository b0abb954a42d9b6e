"""Which amendments touch each other: those that collide, and those that are only related."""

from collections.abc import Iterable
from typing import Final

from bot.domain.amendments import Amendment, Kind, Status

_IN_FORCE: Final = frozenset({Status.OPEN, Status.HELD_OVER, Status.ADOPTED, Status.ADOPTED_AS_MODIFIED})
_TAKES_AWAY: Final = frozenset({Kind.REPLACE, Kind.DELETE})


def collide(one: Amendment, other: Amendment) -> bool:
    """Tell whether two amendments cannot both be carried out as they stand.

    They do when both replace or delete the same block, or when one inserts at a block that the other deletes.
    """
    if not _meet(one, other):
        return False
    kinds = {one.kind, other.kind}
    return kinds <= _TAKES_AWAY or kinds == {Kind.INSERT, Kind.DELETE}


def related(one: Amendment, other: Amendment) -> bool:
    """Tell whether two amendments aim at the same place without colliding: they follow each other."""
    return _meet(one, other) and not collide(one, other)


def colliding_with(amendment: Amendment, others: Iterable[Amendment]) -> tuple[Amendment, ...]:
    """Return those that collide with an amendment, in the order given."""
    return tuple(other for other in others if collide(amendment, other))


def related_to(amendment: Amendment, others: Iterable[Amendment]) -> tuple[Amendment, ...]:
    """Return those that aim at the same place as an amendment without colliding, in the order given."""
    return tuple(other for other in others if related(amendment, other))


def _meet(one: Amendment, other: Amendment) -> bool:
    """Tell whether both are still in force and aimed at the same block of the same section."""
    if one.amendment_id == other.amendment_id or one.section_id != other.section_id:
        return False
    if one.anchor is None or other.anchor is None or one.anchor.block_id != other.anchor.block_id:
        return False
    return one.status in _IN_FORCE and other.status in _IN_FORCE
