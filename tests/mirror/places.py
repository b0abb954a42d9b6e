"""A Discord on loopback with a bot logged in to it and a programme to show: made by a test that needs more than one."""

import tempfile
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.domain.ids import ProgrammeId, Snowflake
from bot.sandbox import Faults, Loopback, RateLimits, town
from bot.services.ports import Unit
from db.database import Database
from tests.mirror.passes import Mirror


@asynccontextmanager
async def place(
    programme: Callable[[Unit, Snowflake], ProgrammeId], faults: Faults | None = None
) -> AsyncGenerator[Mirror]:
    """Open a guild of one's own, with a database that holds a programme for it."""
    world = town()
    world.faults = faults or world.faults
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Loopback(world, limits=RateLimits(enabled=False)) as loopback,
            await Database.open(Path(folder) / "programma.db") as store,
            discord.Client(intents=discord.Intents.none()) as client,
        ):
            with pointed_at(loopback):
                await client.login(world.application.token)
                guild_id, bot_id = Snowflake(int(next(iter(world.guilds)))), Snowflake(int(world.application.id))
                programme_id = await store.transact(lambda unit: programme(unit, guild_id))
                yield Mirror(loopback, store, client.http, guild_id, bot_id, programme_id)


@contextmanager
def pointed_at(loopback: Loopback) -> Generator[None]:
    """Send discord.py's requests to a loopback Discord, and to where they went before after that."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = loopback.api_url, yarl.URL(loopback.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


async def say(loopback: Loopback, channel: str, words: str) -> Any:
    """Let a member write in a channel or post, and return the message."""
    token = next(iter(loopback.world.user_tokens))
    patience = aiohttp.ClientTimeout(total=10)
    async with (
        aiohttp.ClientSession(headers={"Authorization": token}, timeout=patience) as session,
        session.post(f"{loopback.api_url}/channels/{channel}/messages", json={"content": words}) as response,
    ):
        assert response.status == 200, await response.text()
        return await response.json()
