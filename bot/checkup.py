"""`programmabrug check`: the invite link, and whether all is well, from the command line."""

from contextlib import AsyncExitStack

from bot.config import Settings
from bot.connecting import logged_in
from bot.domain.ids import Snowflake
from bot.errors import ProgrammabrugError, Refused, ToMend
from bot.mirror.checking import Finding
from bot.mirror.observe.inspecting import Inspector
from bot.terminal import Terminal
from bot.wiring import checking_of
from db.database import Database


async def check(settings: Settings, terminal: Terminal) -> None:
    """Say that all is well. Raises `ToMend` with a line for each thing that isn't."""
    found: list[Finding] = []
    async with AsyncExitStack() as stack:
        store: Database | None = None
        sight: Inspector | None = None
        try:
            store = await stack.enter_async_context(await Database.open(settings.database.path))
        except ProgrammabrugError as error:
            found.append(Finding(error.key, error.values))
        try:
            sight = await _sight(settings, terminal, stack)
        except ProgrammabrugError as error:
            found.append(Finding(error.key, error.values))
        guild_id = Snowflake(settings.discord.guild_id or 0)
        found += await checking_of(settings, store, sight).findings(guild_id)
    if found:
        raise ToMend(terminal.findings(found))
    terminal.well()


async def _sight(settings: Settings, terminal: Terminal, stack: AsyncExitStack) -> Inspector:
    """Log in, print the invite link, and return what looks at the guild."""
    token = settings.token()
    if token is None:
        raise Refused("cli.no_token")
    client = await stack.enter_async_context(logged_in(settings, token))
    bot_id = Snowflake(client.user.id if client.user else 0)
    terminal.invite(Snowflake(client.application_id or bot_id))
    if settings.discord.guild_id is None:
        raise Refused("cli.no_guild")
    return Inspector(client.http, Snowflake(settings.discord.guild_id), bot_id)
