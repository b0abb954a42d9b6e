"""Finding amendments by words, a page at a time."""

from collections.abc import Sequence
from typing import Final

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, ProgrammeId
from bot.services.meeting_rows import Search
from bot.services.ports import Store

PAGE: Final = 25
"""The most that a page holds, and the most that Discord suggests."""


class Searching:
    """Reads only, and only what members may see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def page(
        self, programme_id: ProgrammeId, search: Search, *, before: AmendmentId | None = None, size: int = PAGE
    ) -> tuple[Sequence[Amendment], AmendmentId | None]:
        """Return a page, the newest first, and where the next one begins (`before`), None after the last."""
        size = min(size, PAGE)
        rows = await self._store.read(
            lambda unit: unit.search.find(programme_id, search, before=before, limit=size + 1)
        )
        return rows[:size], rows[size - 1].amendment_id if len(rows) > size else None
