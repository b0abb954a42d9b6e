"""What is done by the clock for people: carrying news every quarter of an hour, and once a day letting support go.

Support is reduced to numbers so many days after the decision; names are no longer needed then.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

import structlog

from bot.domain.ids import ProgrammeId
from bot.errors import ProgrammabrugError
from bot.services.ports import Clock, Store
from bot.services.privacy import Privacy
from bot.services.tidings import Tidings

log = structlog.stdlib.get_logger(__name__)

PERIOD: Final = 900.0
"""Seconds between two rounds: long enough to bundle, short enough to be news."""
_DAY: Final = len("2026-10-04")
_REDUCED: Final = "support.reduced"
"""The fact that holds the day on which support was last looked through."""


class Rounds:
    """Makes rounds for all programmes that are served. What failed for one is tried again in the next round."""

    def __init__(
        self,
        store: Store,
        tidings: Tidings,
        privacy: Privacy,
        clock: Clock,
        *,
        keep_support: int,
        period: float = PERIOD,
    ) -> None:
        self._store = store
        self._tidings = tidings
        self._privacy = privacy
        self._clock = clock
        self._keep_support = keep_support
        self._period = period

    async def run(self, served: Callable[[], Iterable[ProgrammeId]]) -> None:
        """Make rounds for good, the first after one period: who restarts the bot disturbs nobody."""
        while True:
            await asyncio.sleep(self._period)
            await self.make(served())

    async def make(self, programme_ids: Iterable[ProgrammeId]) -> None:
        """Make one round."""
        for programme_id in programme_ids:
            try:
                await self._tidings.carry(programme_id)
            except ProgrammabrugError as error:
                log.warning("round.failed", programme=programme_id, reason=error.key)
        try:
            await self._let_go()
        except ProgrammabrugError as error:
            log.warning("round.failed", reason=error.key)

    async def _let_go(self) -> None:
        today = self._clock()[:_DAY]
        if await self._store.read(lambda unit: unit.facts.get(_REDUCED)) == today:
            return
        reduced = await self._privacy.reduce_support(self._keep_support)
        await self._store.transact(lambda unit: unit.facts.put(_REDUCED, today))
        if reduced:
            log.info("support.reduced", amendments=reduced)
