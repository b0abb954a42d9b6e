"""`programmabrug check`: the invite link, and whether all is well, from the command line."""

from contextlib import AsyncExitStack

from bot.config import Settings
from bot.connecting import logged_in
from bot.domain.ids import Snowflake
from bot.errors import ProgrammabrugError, Refused, ToMend
from bot.mirror.checking import Finding
from bot.mirror.observe.inspecting import Inspector
from bot.naming import target_meant
from bot.seeding import guild_settings, seeded
from bot.services.guild_rows import GuildSettings
from bot.services.homes import Home
from bot.services.ports import Unit
from bot.terminal import Terminal
from bot.wiring import checking_of
from db.database import Database


async def check(settings: Settings, terminal: Terminal, named: str | None = None) -> None:
    """Say that all is well in the guild of the programme named, else in that of the config.

    Raises `ToMend` with a line for each thing that isn't.
    """
    found: list[Finding] = []
    async with AsyncExitStack() as stack:
        store: Database | None = None
        sight: Inspector | None = None
        guild_id = Snowflake(settings.discord.guild_id) if settings.discord.guild_id else None
        try:
            store = await stack.enter_async_context(await Database.open(settings.database.path))
            guild_id = await _guild_id(settings, store, named)
        except ProgrammabrugError as error:
            found.append(Finding(error.key, error.values))
        try:
            sight = await _sight(settings, terminal, stack, guild_id)
        except ProgrammabrugError as error:
            found.append(Finding(error.key, error.values))
        guild = await _guild(settings, store, guild_id)
        found += await checking_of(settings, store, sight, guild).findings(guild_id or Snowflake(0))
    if found:
        raise ToMend(terminal.findings(found))
    terminal.well()


async def _guild_id(settings: Settings, store: Database, named: str | None) -> Snowflake | None:
    """Return the guild to look at: that of the programme named, of the config, or of the only programme."""
    configured = settings.discord.guild_id
    if named is None and configured:
        return Snowflake(configured)

    def work(unit: Unit) -> Snowflake | None:
        found = target_meant(unit, settings, named)
        if isinstance(found, Home) or found is None:
            return found.guild_id if found is not None else None
        return unit.programmes.head(found).guild_id

    return await store.read(work)


async def _guild(settings: Settings, store: Database | None, guild_id: Snowflake | None) -> GuildSettings:
    if store is None:
        return seeded(settings, GuildSettings(guild_id or Snowflake(0), language=settings.language))
    return await store.read(lambda unit: guild_settings(unit, settings, guild_id))


async def _sight(
    settings: Settings, terminal: Terminal, stack: AsyncExitStack, guild_id: Snowflake | None
) -> Inspector:
    """Log in, print the invite link, and return what looks at the guild."""
    token = settings.token()
    if token is None:
        raise Refused("cli.no_token")
    client = await stack.enter_async_context(logged_in(settings, token))
    bot_id = Snowflake(client.user.id if client.user else 0)
    terminal.invite(Snowflake(client.application_id or bot_id))
    if guild_id is None:
        raise Refused("cli.no_guild")
    return Inspector(client.http, guild_id, bot_id)
