"""`programmabrug sync`: Discord brought in step from the command line, while no bot runs. The plan comes first.

With a thorough look first, messages that people deleted unheard are in the plan too.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bot.config import Settings
from bot.connecting import logged_in
from bot.domain.ids import ProgrammeId, Snowflake
from bot.errors import Refused
from bot.locales import Texts
from bot.mirror.apply.walking import DiscordGuild
from bot.naming import programme_meant
from bot.seeding import guild_settings, seed
from bot.services.guild_syncing import GuildSyncing
from bot.terminal import Terminal
from bot.wiring import now, sync_settings
from db.database import Database
from db.lock import sole_bot

Command = Callable[[Settings, Terminal], Awaitable[None]]
Run = Callable[[Path | None, Command], int]


@dataclass(frozen=True, slots=True)
class Bringing:
    """What was asked of a sync: to look at every message first, to carry the plan out, and of which programme."""

    thorough: bool
    confirm: bool
    programme: str | None


def add_sync(app: App, texts: Mapping[str, Texts], say: Texts, run: Run) -> None:
    """Add the command to the command line, its help in one language."""

    @app.command(name="sync", help=say("cli.sync"))
    def _sync(
        *,
        thorough: Annotated[bool, Parameter(negative=(), help=say("cli.sync.thorough"))] = False,
        confirm: Annotated[bool, Parameter(negative=(), help=say("cli.sync.confirm"))] = False,
        programme: Annotated[str | None, Parameter(help=say("cli.programme"))] = None,
        config: Annotated[Path | None, Parameter(name="--config", help=say("cli.config"))] = None,
    ) -> int:
        asked = Bringing(thorough=thorough, confirm=confirm, programme=programme)
        return run(config, lambda settings, terminal: bring_in_step(settings, terminal, texts, asked))


async def bring_in_step(settings: Settings, terminal: Terminal, texts: Mapping[str, Texts], asked: Bringing) -> None:
    """Show the plan, and with the word for it carry it out. Raises what stood in the way."""
    with sole_bot(settings.database.path):
        async with await Database.open(settings.database.path) as store:
            configured = settings.discord.guild_id
            if configured:
                await store.transact(lambda unit: seed(unit, settings, Snowflake(configured), now()))
            programme_id = await store.read(lambda unit: programme_meant(unit, settings, asked.programme))
            async with _mirror(settings, store, texts, programme_id) as mirror:
                await _bring(mirror, programme_id, terminal, asked)


async def _bring(mirror: GuildSyncing, programme_id: ProgrammeId, terminal: Terminal, asked: Bringing) -> None:
    if asked.thorough:
        terminal.note("cli.sync.looked", count=await mirror.look_thoroughly(programme_id))
    preview = await mirror.preview(programme_id)
    terminal.plan(preview)
    if not preview.plan.changes:
        return
    if not asked.confirm:
        terminal.note("cli.sync.confirm_needed")
        return
    with terminal.progress("progress.syncing") as report:
        failure = await mirror.confirm(programme_id, report, digest=preview.plan.digest)
    if failure is not None:
        raise failure
    if (await mirror.plan(programme_id)).changes:
        terminal.note("cli.sync.again")


@asynccontextmanager
async def _mirror(
    settings: Settings, store: Database, texts: Mapping[str, Texts], programme_id: ProgrammeId
) -> AsyncGenerator[GuildSyncing]:
    """Log in and return the mirror of a programme's guild."""
    guild_id = (await store.read(lambda unit: unit.programmes.head(programme_id))).guild_id
    token = settings.token()
    if token is None:
        raise Refused("cli.no_token")
    if guild_id is None:
        raise Refused("cli.no_guild")
    own = sync_settings(settings, await store.read(lambda unit: guild_settings(unit, settings, guild_id)))
    async with logged_in(settings, token) as client:
        bot_id = Snowflake(client.user.id if client.user else 0)
        guild = DiscordGuild(client.http, guild_id, bot_id, store, now)
        yield GuildSyncing(store, guild, own, texts, now)
