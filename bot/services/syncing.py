"""Keeping every guild in step: each request goes to the mirror of the guild whose programme it is about.

Each guild's mirror has a queue of its own, so what fails or waits in one holds up no other.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from bot.domain.amendments import Amendment
from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.domain.programme import Section
from bot.errors import NotFound, ProgrammabrugError
from bot.mirror.plan import EVERYTHING, Plan, Scope
from bot.mirror.preview import Preview
from bot.mirror.resources import Key
from bot.services.guild import GuildPort, Progress
from bot.services.guild_syncing import GuildSyncing
from bot.services.mirroring import Health


class Syncing:
    """The mirrors of all guilds, by programme. What is asked of one that is not served raises `NotFound`."""

    def __init__(self) -> None:
        self._mirrors: dict[ProgrammeId, tuple[Snowflake, GuildSyncing]] = {}

    def take_on(self, programme_id: ProgrammeId, guild_id: Snowflake, mirror: GuildSyncing) -> None:
        """Serve a guild's programme from now on."""
        self._mirrors[programme_id] = (guild_id, mirror)

    def let_go(self, programme_id: ProgrammeId) -> None:
        """Serve a programme no longer."""
        self._mirrors.pop(programme_id, None)

    def guild_of(self, programme_id: ProgrammeId) -> Snowflake:
        """Return the guild in which a programme is served."""
        return self._served(programme_id)[0]

    def _of(self, programme_id: ProgrammeId) -> GuildSyncing:
        return self._served(programme_id)[1]

    def _served(self, programme_id: ProgrammeId) -> tuple[Snowflake, GuildSyncing]:
        if programme_id not in self._mirrors:
            raise NotFound("refused.no_programme")
        return self._mirrors[programme_id]

    # Asking.

    def enqueue(self, programme_id: ProgrammeId, scope: Scope = EVERYTHING, delay: float = 0.0) -> None:
        """Ask for a sync of what was touched. Asking twice is asking once."""
        self._of(programme_id).enqueue(programme_id, scope, delay)

    def everywhere(self) -> None:
        """Ask for a sync of everything in every guild: somebody was erased, wherever they proposed something."""
        for programme_id in tuple(self._mirrors):
            self.enqueue(programme_id)

    def cards_changed(self, programme_id: ProgrammeId, section_id: SectionId) -> None:
        """Ask for the cards and the summary of a section to follow at once."""
        self._of(programme_id).cards_changed(programme_id, section_id)

    def count_changed(self, programme_id: ProgrammeId, amendment: Amendment) -> None:
        """Ask for an amendment's counts to follow, in no more edits than one for each message and interval."""
        self._of(programme_id).count_changed(programme_id, amendment)

    # Looking.

    async def plan(self, programme_id: ProgrammeId, scope: Scope = EVERYTHING) -> Plan:
        """Return what a sync would change, changing nothing. Raises `DiscordRefused`."""
        return await self._of(programme_id).plan(programme_id, scope)

    async def preview(self, programme_id: ProgrammeId, *, restore: bool = False) -> Preview:
        """Return what a sync would change, with all there is to know of it. Raises `DiscordRefused`."""
        return await self._of(programme_id).preview(programme_id, restore=restore)

    async def look_thoroughly(self, programme_id: ProgrammeId) -> int:
        """Find which messages people deleted unheard, and return how many. Raises `DiscordRefused`."""
        return await self._of(programme_id).look_thoroughly(programme_id)

    async def health(self, programme_id: ProgrammeId) -> Health:
        """Return how the mirror stands, as far as known without asking Discord."""
        return await self._of(programme_id).health(programme_id)

    def link(self, key: Key) -> str | None:
        """Return the address of an amendment's card as of the last sync, or None. Its key is one guild's alone."""
        links = (mirror.link(key) for _, mirror in self._mirrors.values())
        return next((link for link in links if link is not None), None)

    async def card_link(
        self, programme_id: ProgrammeId, section: Section, amendment: Amendment, patience: float
    ) -> str | None:
        """Have an amendment's card made, and return its address if it stands within so many seconds."""
        return await self._of(programme_id).card_link(programme_id, section, amendment, patience)

    async def idle(self) -> None:
        """Wait until everything asked for is done (or has failed too often to wait for)."""
        await asyncio.gather(*(mirror.idle() for _, mirror in tuple(self._mirrors.values())))

    # Doing.

    async def confirm(
        self,
        programme_id: ProgrammeId,
        progress: Progress | None = None,
        *,
        digest: str | None = None,
        restore: bool = False,
    ) -> ProgrammabrugError | None:
        """Bring everything in step on a person's word, and return what stood in the way, if anything.

        `digest` is that of the plan they saw. Raises `StalePlan`, having changed nothing, where that fits no more.
        """
        return await self._of(programme_id).confirm(programme_id, progress, digest=digest, restore=restore)

    async def open(self, programme_id: ProgrammeId, since: int) -> ProgrammabrugError | None:
        """Let everybody see what only admins saw, and return what stood in the way, if anything.

        `since` says which mirror is meant (`Standing.since`). Raises `Refused` and `StalePlan`.
        """
        return await self._of(programme_id).open(programme_id, since)

    async def tell_troubles(self, programme_id: ProgrammeId, failures: Sequence[ProgrammabrugError]) -> None:
        """Say in the log channel of a programme's guild what stands in the way."""
        await self._of(programme_id).tell_troubles(programme_id, failures)

    @asynccontextmanager
    async def alone(self, programme_id: ProgrammeId) -> AsyncGenerator[GuildPort]:
        """Have a programme's guild to oneself: no pass is made in it meanwhile."""
        async with self._of(programme_id).alone() as guild:
            yield guild
