"""What a member should see before handing in: what touches the same text, and what says nearly the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.collisions import colliding_with, related_to
from bot.domain.ids import AmendmentId
from bot.domain.resembling import resembling
from bot.services.finding import amendment_with
from bot.services.ports import Store, Unit

_COMPARED: Final = 5000
"""How many amendments are compared at most: it must take no longer than a person waits."""

_BESIDE: Final = 100
"""How many amendments at one block are looked at to be shown beside one: more than anybody reads."""

_TO_COME: Final = frozenset({Status.DRAFT, Status.SUBMITTED})
"""What is not open yet."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The amendments beside one: those that collide with it, that stand at the same place, and that say the same."""

    colliding: Sequence[Amendment]
    related: Sequence[Amendment]
    alike: Sequence[Amendment]


class Comparing:
    """Reads only, and shows nothing that members may not see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def beside(self, amendment_id: AmendmentId) -> Beside:
        """Return what stands beside an amendment. A draft is compared as if it were open."""
        return await self._store.read(lambda unit: beside_of(unit, amendment_with(unit, amendment_id)))


def neighbours(unit: Unit, amendment: Amendment, most: int = _BESIDE) -> Sequence[Amendment]:
    """Return what is aimed at the same block as an amendment, itself among them: nothing else can touch it."""
    if amendment.anchor is None:
        return ()
    return unit.amendments.at_block(amendment.section_id, amendment.anchor.block_id, most)


def beside_of(unit: Unit, amendment: Amendment) -> Beside:
    """Return what stands beside an amendment of a programme. A draft is compared as if it were open."""
    here = neighbours(unit, amendment)
    if here and amendment.status in _TO_COME:
        amendment = replace(amendment, status=Status.OPEN)
    return Beside(
        colliding=colliding_with(amendment, here), related=related_to(amendment, here), alike=alike(unit, amendment)
    )


def alike(unit: Unit, amendment: Amendment) -> Sequence[Amendment]:
    """Return the undecided amendments, of any section, that say nearly the same as this one."""
    others = [
        each for each in unit.suggest.undecided(amendment.programme_id, _COMPARED) if each[0] != amendment.amendment_id
    ]
    found = resembling(amendment.text or amendment.old_text or "", others)
    return [amendment_with(unit, each) for each in found]
