"""What is kept about a person: showing it, erasing it, and reducing support to numbers in time. Never logged."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.amendments import Status
from bot.domain.deadlines import later
from bot.domain.deeds import Deed
from bot.domain.ids import Snowflake
from bot.domain.people import Actor
from bot.domain.text import normalise
from bot.services.acting import Acting
from bot.services.ports import AmendmentFilter, Unit

_MANY: Final = 10_000


class Privacy:
    """A person's rights over what is kept about them."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def inspect(self, member_id: Snowflake) -> bytes:
        """Return all that is kept about a member, as the content of a JSON file."""
        kept = await self._acting.store.read(lambda unit: unit.privacy.everything(member_id))
        return _file({"member_id": str(member_id), **kept})

    async def erase(self, actor: Actor) -> int:
        """Erase oneself: support and drafts go, what is public stays without the name. Return how much was touched.

        What was erased is in none of the database's files when this returns. A second time there is nothing left.
        """
        at = self._acting.clock()

        def work(unit: Unit) -> int:
            mine = AmendmentFilter(statuses=frozenset({Status.DRAFT}), proposer_id=actor.member_id)
            for programme_id in unit.programmes.ids():
                for draft in unit.amendments.list(programme_id, mine, after=None, limit=_MANY):
                    self._acting.step(unit, Deed.WITHDRAW, draft, actor, at)
            return unit.privacy.erase(actor.member_id, actor.name)

        touched = await self._acting.store.transact(work)
        await self._acting.store.purge()
        return touched

    async def inspect_name(self, name: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return all that is kept about somebody who is not on Discord, by the name they gave."""
        said = normalise(name)
        return await self._acting.store.read(lambda unit: unit.privacy.everything_named(said))

    async def erase_name(self, name: str) -> int:
        """Erase the name of somebody who is not on Discord. Return of how many amendments it was a proposer's."""
        said = normalise(name)
        erased = await self._acting.store.transact(lambda unit: unit.privacy.erase_named(said))
        await self._acting.store.purge()
        return erased

    async def reduce_support(self, keep_days: float) -> int:
        """Reduce the support of what was decided so long ago to numbers. Return of how many amendments."""
        before = later(self._acting.clock(), -24 * keep_days)
        reduced = await self._acting.store.transact(lambda unit: unit.privacy.reduce_support(before))
        if reduced:
            await self._acting.store.purge()
        return reduced


def _file(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
