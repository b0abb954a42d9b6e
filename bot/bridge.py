"""The bot: its client, and the guilds it serves, each with a programme that it keeps the guild in step with."""

import asyncio
from collections.abc import Mapping, Sequence

import discord
import structlog
from discord.ext import commands

from bot.at_work import GuildAtWork, Yard
from bot.client import BridgeClient
from bot.config import Settings
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.reading import PassKind
from bot.errors import ProgrammabrugError
from bot.furnishing import Ground, furnish
from bot.locales import Texts
from bot.member_furnishing import rounds_of
from bot.mirror.apply.renaming import WINDOW, Renames
from bot.mirror.apply.walking import DiscordGuild
from bot.pacing import AT_MOST, Pace
from bot.seeding import held, seed
from bot.services.audience import Audience
from bot.services.browsing import Browsing
from bot.services.guild import Progress
from bot.services.guild_rows import GuildSettings
from bot.services.guilds import Guilds
from bot.services.rounds import Rounds
from bot.services.syncing import Syncing
from bot.source import Readers
from bot.wiring import now
from cogs.context import Context
from cogs.door import Door
from cogs.edge import answer_error
from cogs.routing import Routes
from db.database import Database

log = structlog.stdlib.get_logger(__name__)


class Bridge:
    """The bot with everything it carries.

    `guild_id` is the guild that the settings are about; other guilds set themselves up. `progress` hears how far a
    run is.
    """

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
        rename_window: float = WINDOW,
    ) -> None:
        self._settings = settings
        self._store = store
        self._guild_id = guild_id
        self._rename_window = rename_window
        self.syncing = Syncing()
        self.guilds = Guilds(store, now, guild_id, held(settings), settings.language, self._changed)
        audience = Audience(store, lambda each: self.guilds.of(each).auto)
        self._context = Context(texts, self.guilds.holders, Browsing(store), audience)
        self._ground = Ground(settings, store, texts, self._context, self.guilds, self.syncing)
        self._yard = Yard(settings, store, texts, self.syncing, Readers(settings.database.path), audience, progress)
        door = Door(self._context)
        self._routes = Routes(self._context, door.admits)
        self._served: dict[Snowflake, GuildAtWork] = {}
        self._turn = asyncio.Lock()
        self._working = False
        self._rounds: Rounds | None = None
        self.started = asyncio.Event()
        self.fatal: ProgrammabrugError | None = None
        self.client = BridgeClient(
            store,
            texts,
            routes=self._routes,
            admits=door.admits,
            on_error=self._answer_error,
            furnish=self._furnish,
            started=self._start,
            returned=self._look_anew,
            removed=self._lost,
            moved=self._moved,
            ready_timeout=ready_timeout,
            pace=Pace(at_most),
        )

    async def _furnish(self, client: BridgeClient) -> Sequence[commands.Cog]:
        """Learn which guilds there are, make what needs to know who the bot is, and return the cogs."""
        await self._store.transact(lambda unit: seed(unit, self._settings, self._guild_id, now()))
        for guild in await self.guilds.load():
            await self._serve(guild)
        self._rounds = rounds_of(self._settings, self._store, self._context, self.syncing, client)
        return furnish(self._ground, client, self._routes, self._upcoming)

    async def _serve(self, guild: GuildSettings) -> GuildAtWork:
        """Return a guild at work, put to work where it was not."""
        if guild.guild_id not in self._served:
            client = self.client
            bot_id = Snowflake(client.user.id if client.user else 0)
            hands = DiscordGuild(
                client.http,
                guild.guild_id,
                bot_id,
                self._store,
                now,
                notices=client.notices,
                renames=Renames(self._rename_window),
            )
            adopts = guild.guild_id == self._guild_id
            self._served[guild.guild_id] = GuildAtWork(self._yard, hands, guild, adopts=adopts)
        served = self._served[guild.guild_id]
        await served.find()
        return served

    def _upcoming(self, programme_id: ProgrammeId) -> tuple[PassKind, str] | None:
        return self._served[self.syncing.guild_of(programme_id)].upcoming()

    async def _answer_error(self, interaction: discord.Interaction[discord.Client], error: BaseException) -> None:
        await answer_error(self._context, interaction, error)

    async def _start(self) -> None:
        """Begin to follow the database in every guild the bot is in, as far as there is a programme yet."""
        for guild_id in tuple(self._served):
            if self.client.get_guild(guild_id) is not None:
                log.info("bot.ready", guild=guild_id)
            else:
                log.error("guild.absent", guild=guild_id, todo="invite the bot to the guild, or mend discord.guild_id")
                if guild_id != self._guild_id:
                    await self._leave(guild_id)
        try:
            await self.follow()
        except ProgrammabrugError as error:
            self.fatal = error
            await self.client.close()
        self.started.set()

    async def follow(self) -> None:
        """Bring every guild in step with what another program wrote."""
        for served in tuple(self._served.values()):
            await served.follow()

    async def _look_anew(self) -> None:
        """Bring every guild in step with what may have been deleted there unheard."""
        log.info("gateway.anew")
        try:
            await self.follow()
        except ProgrammabrugError as error:
            log.warning("gateway.unfollowed", reason=error.key)

    async def failure(self) -> ProgrammabrugError | None:
        """Return what keeps a guild from being in step, if anything."""
        for served in self._served.values():
            if served.programme_id is not None:
                failure = (await served.mirror.health(served.programme_id)).failure
                if failure is not None:
                    return failure
        return None

    async def work(self) -> None:
        """Follow the forums, watch the nights and carry the news of all guilds, now and later, until cancelled."""
        await self.started.wait()
        self._working = True
        for served in self._served.values():
            served.begin()
        if self._rounds is not None:
            await self._rounds.run(self._programmes)

    async def make_round(self) -> None:
        """Carry the news of all guilds now."""
        if self._rounds is not None:
            await self._rounds.make(self._programmes())

    def _programmes(self) -> Sequence[ProgrammeId]:
        found = (served.programme_id for served in self._served.values())
        return [programme_id for programme_id in found if programme_id is not None]

    async def _changed(self, guild: GuildSettings) -> None:
        """Have a guild go by its new settings; one that was only now set up is served from here on."""
        async with self._turn:
            served = await self._serve(guild)
            await served.settle(guild)
            if self._working:
                served.begin()

    async def _moved(self, guild_id: Snowflake, *, here: bool) -> None:
        """Serve a guild that the bot came back to, and leave one it was sent away from alone."""
        log.info("guild.joined" if here else "guild.left", guild=guild_id)
        if here and self.guilds.known(guild_id):
            await self._changed(self.guilds.of(guild_id))
        elif not here:
            async with self._turn:
                await self._leave(guild_id)

    async def _leave(self, guild_id: Snowflake) -> None:
        served = self._served.pop(guild_id, None)
        if served is not None:
            await served.close()

    async def _lost(self, guild_id: int | None, discord_id: Snowflake, *, message: bool) -> None:
        served = self._served.get(Snowflake(guild_id or 0))
        if served is not None:
            await served.lost(discord_id, message=message)

    async def close(self) -> None:
        """Stop in order: what is under way, then the connection. The database is its owner's to close."""
        await asyncio.gather(*(served.close() for served in self._served.values()))
        await self.client.close()
