"""Where objects are wired: the services on the store, the cogs on the services, the client around them.

`__main__` calls it, for the bot itself, for a rehearsal, and for a look ahead.
"""

import asyncio
import signal
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import discord
import structlog
from discord.ext import commands

from bot.client import BridgeClient, login_sentence, point_at
from bot.config import Settings
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Role
from bot.domain.programme import Programme
from bot.domain.reading import PassKind
from bot.errors import DiscordRefused, NotFound, ProgrammabrugError, Refused
from bot.locales import Texts
from bot.mirror.apply.clearing import DiscordClearing
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.checking import Expected
from bot.mirror.observe.inspecting import Inspector
from bot.mirror.observe.pacing import PER_SECOND, Pace
from bot.mirror.preview import Preview
from bot.mirror.resources import MirrorSettings
from bot.services.amending import Amending
from bot.services.browsing import Browsing
from bot.services.checking import Checking, GuildSight
from bot.services.clearing import ClearingAway
from bot.services.fixing import Fixing
from bot.services.guild import Progress
from bot.services.linkable import Linkables
from bot.services.linking import Linking
from bot.services.nightly import Nightly
from bot.services.ordering import Ordering
from bot.services.planning import Planning
from bot.services.ports import Unit
from bot.services.source import Source
from bot.services.syncing import Syncing, SyncSettings
from bot.source import following_of, importing_of, look_at_forum
from cogs.amendments import Amendments
from cogs.checking import Checks
from cogs.clearing import ClearingUp
from cogs.completing import Completing
from cogs.context import Context
from cogs.edge import answer_error
from cogs.fixed_text import FixedText
from cogs.linking import LinkPanels
from cogs.opening import Opening
from cogs.planning import Plans
from cogs.programme import ProgrammeCommands
from cogs.proposing import Proposing
from cogs.reply_linking import ReplyLinking
from cogs.routing import Routes
from cogs.showing import Showing
from cogs.summaries import Summaries
from db.database import Database

log = structlog.stdlib.get_logger(__name__)

_GOODBYE = 2.0
"""Seconds for the connection to end by itself."""
_LOOK = 2.0
"""Seconds between two looks whether another program (an import) wrote to the database."""


def now() -> str:
    """Tell the time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


async def programme_of(store: Database, settings: Settings) -> ProgrammeId:
    """Return the programme the settings are about, changing nothing."""
    guild_id = settings.discord.guild_id
    programme = await _programme_for(store, Snowflake(guild_id) if guild_id else None)
    if programme is None:
        raise NotFound("cli.no_programme")
    return programme.programme_id


async def _programme_for(store: Database, guild_id: Snowflake | None) -> Programme | None:
    """Return the guild's programme, or the only one there is when no guild has it yet."""

    def work(unit: Unit) -> Programme | None:
        bound = unit.programmes.of_guild(guild_id) if guild_id else None
        ids = [bound] if bound else unit.programmes.ids()
        return unit.programmes.load(ids[0]) if ids else None

    programme = await store.read(work)
    if programme and guild_id and programme.guild_id not in {None, guild_id}:
        raise Refused("cli.other_guild", title=programme.title, guild=programme.guild_id)
    return programme


def sync_settings(settings: Settings) -> SyncSettings:
    """Return what the mirror has to know of the settings."""
    log_channel = settings.discord.log_channel_id
    mirror = MirrorSettings(
        admin_role_ids=tuple(sorted(settings.roles.of(Role.ADMIN))),
        log_channel_id=Snowflake(log_channel) if log_channel else None,
        members_post=settings.mirror.members_post,
    )
    return SyncSettings(mirror, settings.mirror.auto, settings.mirror.count_interval)


def checking_of(settings: Settings, store: Database | None, sight: GuildSight | None) -> Checking:
    """Return what looks whether all is well, with what the settings expect."""
    roles = {part: settings.roles.of(part) for part in Role}
    log_channel = settings.discord.log_channel_id
    expected = Expected(roles, Snowflake(log_channel) if log_channel else None)
    look = (lambda: look_at_forum(settings)) if settings.forum.url is not None else None
    return Checking(store, sight, expected, look, now)


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
        per_second: float = PER_SECOND,
    ) -> None:
        self._settings = settings
        self._pace = Pace(per_second)
        self._store = store
        self._texts = texts
        self._guild_id = guild_id
        self._progress = progress
        self._context = Context(texts, settings.roles.of, Browsing(store))
        self._routes = Routes(self._context)
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
        )

    @property
    def syncing(self) -> Syncing:
        """The mirror; there once the client logged in."""
        if self._syncing is None:
            raise RuntimeError("not logged in")
        return self._syncing

    def _furnish(self, client: BridgeClient) -> Sequence[commands.Cog]:
        """Make the services that need to know who the bot is, and the cogs on them."""
        bot_id = Snowflake(client.user.id if client.user else 0)
        guild = DiscordGuild(client.http, self._pace, self._guild_id, bot_id, self._store, now)
        syncing = Syncing(self._store, guild, sync_settings(self._settings), self._texts, now)
        screening = self._settings.rules.screening
        amending = Amending(self._store, now, screening=screening)
        linkables, linking = Linkables(self._store), Linking(self._store, now, self._texts, screening=screening)
        source = Source(self._store, importing_of(self._settings, self._store, now).confirm, self._upcoming)
        context, browsing = self._context, self._context.browsing
        showing = Showing(context, syncing)
        completing = Completing(context, browsing, amending, linkables)
        proposing = Proposing(context, browsing, amending, showing)
        panels = LinkPanels(context, linkables, linking, syncing)
        replies = ReplyLinking(context, linkables, linking, panels)
        amendments = Amendments(context, browsing, amending, syncing, proposing, showing, completing, panels)
        plans = Plans(context, Planning(syncing, now))
        fixed_text = FixedText(context, Fixing(self._store, now), syncing)
        opening = Opening(context, syncing)
        away = DiscordClearing(client.http, self._pace, self._guild_id, bot_id, self._store)
        clearing = ClearingUp(context, ClearingAway(self._store, syncing, away, now))
        sight = Inspector(client.http, self._pace, self._guild_id, bot_id)
        checks = Checks(context, checking_of(self._settings, self._store, sight))
        programme = ProgrammeCommands(
            context,
            browsing,
            syncing,
            source,
            Ordering(self._store),
            completing,
            plans=plans,
            opening=opening,
            clearing=clearing,
            checks=checks,
            fixed_text=fixed_text,
        )
        for cog in (proposing, panels, replies, amendments, plans, opening, clearing, fixed_text):
            cog.register(self._routes)
        self._syncing = syncing
        self._nightly = Nightly(self._store, guild, syncing, now)
        return [amendments, programme, Summaries(context, browsing, syncing, completing)]

    def _upcoming(self) -> tuple[PassKind, str] | None:
        return self.following.upcoming() if self.following is not None else None

    async def _answer_error(self, interaction: discord.Interaction[discord.Client], error: BaseException) -> None:
        await answer_error(self._context, interaction, error)

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
        programme = await _programme_for(self._store, self._guild_id)
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


@contextmanager
def discord_failures() -> Generator[None]:
    """Turn what ends a connection for good into a sentence."""
    try:
        yield
    except Exception as error:
        key = login_sentence(error)
        if key is None:
            raise
        raise DiscordRefused(key, detail=str(error)[:200]) from error


@asynccontextmanager
async def logged_in(settings: Settings, token: str) -> AsyncGenerator[discord.Client]:
    """Log in without a connection, to ask Discord a few things. Raises `DiscordRefused`."""
    point_at(settings.discord.api_url, settings.discord.gateway_url)
    async with discord.Client(intents=discord.Intents.none()) as client:
        with discord_failures():
            await client.login(token)
        yield client


@asynccontextmanager
async def connected(bridge: Bridge, settings: Settings, token: str) -> AsyncGenerator[asyncio.Task[None]]:
    """Log in and keep the connection while the block runs. The task ends when the connection is over for good."""
    point_at(settings.discord.api_url, settings.discord.gateway_url)
    connection: asyncio.Task[None] | None = None
    try:
        with discord_failures():
            await bridge.client.login(token)
        connection = asyncio.create_task(bridge.client.connect())
        yield connection
    finally:
        await bridge.close()
        if connection is not None:
            await asyncio.wait({connection}, timeout=_GOODBYE)
            connection.cancel()  # it may be asleep before its next try to reconnect
            await asyncio.wait({connection})


async def serve(
    settings: Settings, store: Database, texts: Mapping[str, Texts], token: str, guild_id: Snowflake
) -> None:
    """Run the bot until it is told to stop (SIGINT, SIGTERM), or Discord will not have it any more."""
    stop = stop_signal()
    bridge = Bridge(settings, store, texts, guild_id)
    async with connected(bridge, settings, token) as connection:
        work = (_watch(bridge, store), _follow_forum(bridge), bridge.watch_nights())
        helpers = {asyncio.create_task(each) for each in work}
        waiting = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({connection, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if connection.done():
                with discord_failures():
                    connection.result()
            if bridge.fatal is not None:
                raise bridge.fatal
        finally:
            for task in (*helpers, waiting):
                task.cancel()
            await asyncio.wait({*helpers, waiting})


async def _follow_forum(bridge: Bridge) -> None:
    """Keep step with the configured forum, from when Discord is there."""
    await bridge.started.wait()
    if bridge.following is not None:
        await bridge.following.run()


async def _watch(bridge: Bridge, store: Database) -> None:
    """Notice what another program (an import) wrote, and only ask for a sync."""
    await bridge.started.wait()
    seen = await store.foreign_changes()
    while True:
        await asyncio.sleep(_LOOK)
        try:
            current = await store.foreign_changes()
            if current != seen:
                await bridge.follow()
            seen = current
        except ProgrammabrugError as error:
            log.warning("watch.failed", reason=error.key)


def stop_signal() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set, so that both end in an orderly stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def look_ahead(settings: Settings, store: Database, texts: Mapping[str, Texts]) -> Preview:
    """Return what a sync would change: by a look at the guild where there is a token for it, else by what is known."""
    programme_id = await programme_of(store, settings)
    token = settings.token()
    if token is None or settings.discord.guild_id is None:
        return await Syncing(store, None, sync_settings(settings), texts, now).preview(programme_id)
    async with logged_in(settings, token) as client:
        bot_id = Snowflake(client.user.id if client.user else 0)
        guild = DiscordGuild(client.http, Pace(), Snowflake(settings.discord.guild_id), bot_id, store, now)
        return await Syncing(store, guild, sync_settings(settings), texts, now).preview(programme_id)
