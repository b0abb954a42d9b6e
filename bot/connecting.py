"""Logging in at Discord without keeping a connection, and what ends either as a sentence."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import discord

from bot.client import login_sentence, point_at
from bot.config import Settings
from bot.errors import DiscordRefused
from bot.pacing import Pace, PacedConnector


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
    async with discord.Client(intents=discord.Intents.none(), connector=PacedConnector(Pace())) as client:
        with discord_failures():
            await client.login(token)
        yield client
