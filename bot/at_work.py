"""One guild at work: its mirror kept in step, its forum followed, its nights and set moments watched.

What fails or waits here holds up no other guild: each has tasks and a queue of its own.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from bot.config import Settings
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.reading import PassKind
from bot.locales import Texts
from bot.proceedings import clockwork_of
from bot.services.audience import Audience
from bot.services.following import Following
from bot.services.guild import GuildPort, Progress
from bot.services.guild_rows import GuildSettings
from bot.services.guild_syncing import GuildSyncing
from bot.services.homes import Home
from bot.services.nightly import Nightly
from bot.services.syncing import Syncing
from bot.source import Readers, following_of
from bot.wiring import now, sync_settings
from db.database import Database


@dataclass(frozen=True, slots=True)
class Yard:
    """What all guilds at work share."""

    settings: Settings
    store: Database
    texts: Mapping[str, Texts]
    syncing: Syncing
    readers: Readers
    audience: Audience
    progress: Progress | None = None


class GuildAtWork:
    """A guild that is served, from before it has a programme. `adopts` as in `Home`."""

    def __init__(self, yard: Yard, hands: GuildPort, guild: GuildSettings, *, adopts: bool) -> None:
        self._yard = yard
        self._guild = guild
        self._home = Home(guild.guild_id, adopts=adopts)
        self.mirror = GuildSyncing(yard.store, hands, sync_settings(yard.settings, guild), yard.texts, now)
        self._nightly = Nightly(yard.store, hands, self.mirror, now)
        self._clockwork = clockwork_of(yard.settings, yard.store, yard.texts, self.mirror, yard.audience)
        self._following = self._follower()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._begun = False
        self._mirrored = asyncio.Event()
        self.programme_id: ProgrammeId | None = None

    def upcoming(self) -> tuple[PassKind, str] | None:
        """Return the next pass over the forum and its moment (UTC ISO), or None where none will come."""
        return self._following.upcoming() if self._following is not None else None

    async def find(self) -> bool:
        """Look for the guild's programme, and tell whether there is one."""
        if self.programme_id is None:
            found = await self._yard.store.transact(self._home.settle)
            if found is not None:
                self._yard.syncing.take_on(found, self._guild.guild_id, self.mirror)
                self.programme_id = found
        return self.programme_id is not None

    async def follow(self) -> None:
        """Bring the guild in step with what was written to the database."""
        if not await self.find() or self.programme_id is None:
            return
        if self._mirrored.is_set():
            self.mirror.enqueue(self.programme_id)
        else:
            self.mirror.start(self.programme_id, self._yard.progress)
            self._mirrored.set()

    def begin(self) -> None:
        """Follow the forum, and watch the nights and the clock, until closed."""
        if not self._begun:
            self._begun = True
            self._go("nights", self._watch_nights())
            self._go("clock", self._watch_clock())
            self._follow_forum()

    async def settle(self, guild: GuildSettings) -> None:
        """Go by settings that were changed."""
        moved = (guild.source, guild.language) != (self._guild.source, self._guild.language)
        self._guild = guild
        self.mirror.settle(sync_settings(self._yard.settings, guild))
        if moved:
            await self._stop("forum")
            self._following = self._follower()
            self._follow_forum()
        await self.follow()

    async def lost(self, discord_id: Snowflake, *, message: bool) -> None:
        """Take in that something was deleted in the guild."""
        if self.programme_id is not None:
            await self.mirror.lost(self.programme_id, discord_id, message=message)

    async def close(self) -> None:
        """Stop in order; what waits is found at the next start."""
        for name in tuple(self._tasks):
            await self._stop(name)
        await self.mirror.close()
        if self.programme_id is not None:
            self._yard.syncing.let_go(self.programme_id)

    def _follower(self) -> Following | None:
        yard = self._yard
        return following_of(yard.settings, yard.store, now, self._guild, self._home, yard.readers, self.follow)

    def _follow_forum(self) -> None:
        if self._begun and self._following is not None:
            self._go("forum", self._following.run())

    async def _watch_nights(self) -> None:
        await self._mirrored.wait()
        if self.programme_id is not None:
            await self._nightly.run(self.programme_id)

    async def _watch_clock(self) -> None:
        await self._mirrored.wait()
        if self.programme_id is not None:
            await self._clockwork.run(self.programme_id)

    def _go(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks[name] = asyncio.create_task(work)

    async def _stop(self, name: str) -> None:
        task = self._tasks.pop(name, None)
        if task is not None:
            task.cancel()
            await asyncio.wait({task})
