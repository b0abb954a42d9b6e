"""What a member should see before handing in: what touches the same text, and what says nearly the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.aiming import proposal_in
from bot.domain.amendments import Amendment, Status
from bot.domain.collisions import IN_FORCE, colliding_with, related_to
from bot.domain.ids import AmendmentId, ProgrammeId
from bot.domain.resembling import resembling
from bot.services.finding import amendment_with
from bot.services.ports import AmendmentFilter, Store, Unit

_COMPARED: Final = 5000
"""How many amendments are compared at most, the oldest first: it must take no longer than a person waits."""


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
        return await self._store.read(lambda unit: beside(unit, amendment_id))


def beside(unit: Unit, amendment_id: AmendmentId) -> Beside:
    """Return what stands beside an amendment. A draft is compared as if it were open."""
    return beside_of(unit, amendment_with(unit, amendment_id), unit.amendments.programme_of(amendment_id))


def beside_of(unit: Unit, amendment: Amendment, programme_id: ProgrammeId) -> Beside:
    """Return what stands beside an amendment of a programme. A draft is compared as if it were open."""
    if amendment.status in {Status.DRAFT, Status.SUBMITTED}:
        amendment = replace(amendment, status=Status.OPEN)
    here: Sequence[Amendment] = ()
    if amendment.anchor is not None:  # what is aimed at no block touches nothing
        section = AmendmentFilter(section_id=amendment.section_id, statuses=IN_FORCE)
        here = unit.amendments.list(programme_id, section, after=None, limit=_COMPARED)
    said = unit.suggest.undecided(programme_id, _COMPARED)
    alike = resembling(proposal_in(amendment), [each for each in said if each[0] != amendment.amendment_id])
    return Beside(
        colliding=colliding_with(amendment, here),
        related=related_to(amendment, here),
        alike=[amendment_with(unit, each) for each in alike],
    )
