"""What the program does by itself at set moments: letting lapse what has too little support, and telling of a period.

Safe to call at any time and as often as one likes: what is due is found in the database, nothing is remembered here.
"""

import asyncio
from typing import Final

import structlog

from bot.domain.deadlines import Deadline, is_past
from bot.domain.ids import ProgrammeId
from bot.errors import ProgrammabrugError
from bot.mirror.plan import LISTS, PROCEEDINGS, Scope
from bot.services.acting import Acting
from bot.services.deciding import Deciding
from bot.services.digesting import Digesting
from bot.services.guild_syncing import GuildSyncing

log = structlog.stdlib.get_logger(__name__)

_LOOK: Final = 30.0
"""Seconds between two looks whether anything is due."""


class Clockwork:
    """Sees to one programme. Without a schedule (`digesting` is None) nobody is told of periods."""

    def __init__(self, acting: Acting, deciding: Deciding, digesting: Digesting | None, syncing: GuildSyncing) -> None:
        self._acting = acting
        self._deciding = deciding
        self._digesting = digesting
        self._syncing = syncing

    async def run(self, programme_id: ProgrammeId) -> None:
        """Look again and again, for good. What failed is due at the next look too."""
        while True:
            try:
                await self.look(programme_id)
            except ProgrammabrugError as error:
                log.warning("clock.failed", programme=programme_id, reason=error.key)
            await asyncio.sleep(_LOOK)

    async def look(self, programme_id: ProgrammeId) -> None:
        """Do what is due."""
        if await self._support_is_over(programme_id):
            lapsed = await self._deciding.lapse_by_clock(programme_id)
            if lapsed:
                sections = frozenset(amendment.section_id for amendment in lapsed)
                self._syncing.enqueue(programme_id, Scope(PROCEEDINGS, sections))
                log.info("clock.lapsed", programme=programme_id, number=len(lapsed))
        if self._digesting is not None and await self._digesting.tell(programme_id):
            self._syncing.enqueue(programme_id, LISTS)

    async def _support_is_over(self, programme_id: ProgrammeId) -> bool:
        """Tell whether a minimum of supporters is asked and its deadline is over."""
        if not self._acting.rules.minimum_support:
            return False
        calendar = await self._acting.store.read(lambda unit: unit.phases.calendar(programme_id))
        return is_past(calendar.deadlines.get(Deadline.SUPPORT), self._acting.clock())
