"""Finding amendments by words, a page at a time: those that members may see, and what was received by who may."""

from collections.abc import Sequence
from typing import Final

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, ProgrammeId
from bot.domain.people import Actor
from bot.services.judging import screens
from bot.services.meeting_rows import Search
from bot.services.ports import Store, Unit

PAGE: Final = 25
"""The most that a page holds, and the most that Discord suggests."""


class Searching:
    """Reads only, and only what somebody may see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def page(
        self,
        actor: Actor,
        programme_id: ProgrammeId,
        search: Search,
        *,
        before: AmendmentId | None = None,
        size: int = PAGE,
    ) -> tuple[Sequence[Amendment], AmendmentId | None]:
        """Return a page, the newest first, and where the next one begins (`before`), None after the last."""
        size = min(size, PAGE)

        def work(unit: Unit) -> Sequence[Amendment]:
            found = [
                *unit.search.find(programme_id, search, before=before, limit=size + 1),
                *received_by(unit, actor, programme_id, search, before=before, limit=size + 1),
            ]
            return sorted(found, key=lambda each: -each.amendment_id)[: size + 1]

        rows = await self._store.read(work)
        return rows[:size], rows[size - 1].amendment_id if len(rows) > size else None


def received_by(
    unit: Unit,
    actor: Actor,
    programme_id: ProgrammeId,
    search: Search,
    *,
    before: AmendmentId | None = None,
    limit: int,
) -> Sequence[Amendment]:
    """Return what was received and fits: everybody's for who screens it, and for anybody else their own."""
    proposer_id = None if screens(actor) else actor.member_id
    return unit.received.find(programme_id, search, proposer_id=proposer_id, before=before, limit=limit)
