"""The bot for one guild: its client, and the programme it keeps that guild in step with."""

import asyncio
from collections.abc import Mapping, Sequence

import discord
import structlog
from discord.ext import commands

from bot.client import BridgeClient
from bot.config import Settings
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.reading import PassKind
from bot.errors import ProgrammabrugError
from bot.furnishing import Ground, furnish
from bot.locales import Texts
from bot.pacing import AT_MOST, Pace
from bot.services.browsing import Browsing
from bot.services.guild import Progress
from bot.services.nightly import Nightly
from bot.services.syncing import Syncing
from bot.source import following_of
from bot.wiring import now, programme_for
from cogs.context import Context
from cogs.edge import answer_error
from cogs.routing import Routes
from db.database import Database

log = structlog.stdlib.get_logger(__name__)


class Bridge:
    """The bot with everything it carries, for one guild."""

    def __init__(
        self,
        settings: Settings,
        store: Database,
        texts: Mapping[str, Texts],
        guild_id: Snowflake,
        *,
        progress: Progress | None = None,
        ready_timeout: float = 2.0,
        at_most: int = AT_MOST,
    ) -> None:
        context = Context(texts, settings.roles.of, Browsing(store))
        self._ground = Ground(settings, store, texts, guild_id, context)
        self._store = store
        self._guild_id = guild_id
        self._progress = progress
        self._routes = Routes(context)
        self._syncing: Syncing | None = None
        self._nightly: Nightly | None = None
        self._programme_id: ProgrammeId | None = None
        self.following = following_of(settings, store, now, self.follow)
        self.started = asyncio.Event()
        self._followed = asyncio.Event()
        self.fatal: ProgrammabrugError | None = None
        self.client = BridgeClient(
            store,
            texts,
            routes=self._routes,
            on_error=self._answer_error,
            furnish=self._furnish,
            started=self._start,
            removed=self._lost,
            ready_timeout=ready_timeout,
            pace=Pace(at_most),
        )

    @property
    def syncing(self) -> Syncing:
        """The mirror; there once the client logged in."""
        if self._syncing is None:
            raise RuntimeError("not logged in")
        return self._syncing

    def _furnish(self, client: BridgeClient) -> Sequence[commands.Cog]:
        """Make what needs to know who the bot is, and return the cogs."""
        furniture = furnish(self._ground, client, self._routes, self._upcoming)
        self._syncing, self._nightly = furniture.syncing, furniture.nightly
        return furniture.cogs

    def _upcoming(self) -> tuple[PassKind, str] | None:
        return self.following.upcoming() if self.following is not None else None

    async def _answer_error(self, interaction: discord.Interaction[discord.Client], error: BaseException) -> None:
        await answer_error(self._ground.context, interaction, error)

    async def _start(self) -> None:
        """Begin to follow the database, if there is a programme to follow yet."""
        if self.client.get_guild(self._guild_id) is None:
            log.error(
                "guild.absent", guild=self._guild_id, todo="invite the bot to the guild, or mend discord.guild_id"
            )
        else:
            log.info("bot.ready", guild=self._guild_id)
        try:
            await self.follow()
        except ProgrammabrugError as error:
            self.fatal = error
            await self.client.close()
        self.started.set()

    async def follow(self) -> None:
        """Bring the guild in step with what another program wrote."""
        if self._programme_id is not None:
            self.syncing.enqueue(self._programme_id)
            return
        programme = await programme_for(self._store, self._guild_id)
        if programme is None:
            return
        programme_id = programme.programme_id
        if programme.guild_id is None:
            await self._store.transact(lambda unit: unit.programmes.bind(programme_id, self._guild_id))
        self._programme_id = programme_id
        self.syncing.start(programme_id, self._progress)
        self._followed.set()

    async def failure(self) -> ProgrammabrugError | None:
        """Return what keeps the guild from being in step, if anything."""
        if self._programme_id is None:
            return None
        return (await self.syncing.health(self._programme_id)).failure

    async def watch_nights(self) -> None:
        """Make the thorough pass each night, from when there is a programme to look after."""
        await self._followed.wait()
        if self._nightly is not None and self._programme_id is not None:
            await self._nightly.run(self._programme_id)

    async def _lost(self, discord_id: Snowflake, *, message: bool) -> None:
        if self._programme_id is not None:
            await self.syncing.lost(self._programme_id, discord_id, message=message)

    async def close(self) -> None:
        """Stop in order: what is under way, then the connection. The database is its owner's to close."""
        if self._syncing is not None:
            await self._syncing.close()
        await self.client.close()
