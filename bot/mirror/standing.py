"""Where everything known stands, as far as a look at the guild confirms it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.mirror.links import Place
from bot.mirror.observed import Observed
from bot.mirror.resources import Key, Known, ResourceKind

_WITHIN: Final = frozenset({ResourceKind.POST, ResourceKind.MESSAGE})
_DEPTHS: Final = {
    ResourceKind.CATEGORY: 0,
    ResourceKind.TEXT: 1,
    ResourceKind.FORUM: 1,
    ResourceKind.POST: 2,
    ResourceKind.MESSAGE: 3,
}


def standing(known: Mapping[Key, Known], observed: Observed | None) -> dict[Key, Place]:
    """Return where everything known stands, as far as it does. What is in a lost channel or post is lost too."""
    places: dict[Key, Place] = {}
    for row in sorted(known.values(), key=lambda row: _DEPTHS[row.kind]):
        parent = places.get(row.parent) if row.parent else None
        within = row.kind in _WITHIN  # Discord keeps the channels of a category that is deleted
        if row.discord_id is None or (within and parent is None) or (observed and observed.lacks(row)):
            continue
        is_message = row.kind is ResourceKind.MESSAGE
        if is_message and row.removed:
            continue
        places[row.key] = Place(row.discord_id, parent.discord_id if parent and is_message else None)
    return places


def still_known(known: Mapping[Key, Known], observed: Observed | None) -> Mapping[Key, Known]:
    """Return what is known, with what was lost as if it were still to be made: it is laid anew."""
    stands = standing(known, observed)
    return {key: row if key in stands or row.removed else replace(row, discord_id=None) for key, row in known.items()}
