"""The thorough pass, once a night: it finds which messages people deleted while the bot did not listen."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot.domain.ids import ProgrammeId
from bot.errors import ProgrammabrugError
from bot.services.guild import GuildPort
from bot.services.guild_syncing import GuildSyncing
from bot.services.ports import Clock, Store
from bot.services.thorough import last_look, look_thoroughly

log = structlog.stdlib.get_logger(__name__)

HOUR: Final = 2
"""The hour (UTC) at which it is night here in summer and winter."""
_RETRY: Final = timedelta(hours=1)


def due(last: datetime | None, now: datetime) -> datetime:
    """Return when a thorough pass is due: the first night after the last one, which may be over."""
    since = last or now
    tonight = since.astimezone(UTC).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > since else tonight + timedelta(days=1)


class Nightly:
    """Makes thorough passes. Nothing is written to Discord here: what is found is for a sync to mend."""

    def __init__(self, store: Store, guild: GuildPort, syncing: GuildSyncing, clock: Clock) -> None:
        self._store = store
        self._guild = guild
        self._syncing = syncing
        self._clock = clock

    async def run(self, programme_id: ProgrammeId) -> None:
        """Make a pass each night, for good. One that failed is made again an hour later."""
        begun = self._now()
        while True:
            last = await self._store.read(lambda unit: last_look(unit, programme_id))
            await asyncio.sleep(max((due(last, begun) - self._now()).total_seconds(), 0.0))
            try:
                await self.look(programme_id)
            except ProgrammabrugError as error:
                log.warning("thorough.failed", programme=programme_id, reason=error.key)
                await asyncio.sleep(_RETRY.total_seconds())

    async def look(self, programme_id: ProgrammeId) -> int:
        """Make a pass, and return how many messages were found deleted. Raises `DiscordRefused`."""
        found = await look_thoroughly(self._store, self._guild, self._clock, programme_id)
        if found:
            self._syncing.enqueue(programme_id)
        return found

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._clock())
