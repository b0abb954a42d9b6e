"""Fixtures of the mirror's tests: a database, a bot logged in to a Discord on loopback, and a programme to show."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import discord
import pytest
import stamina
from discord.http import HTTPClient

from bot.domain.ids import Snowflake
from bot.sandbox import Loopback
from db.database import Database


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    """Retry without waiting."""
    stamina.set_testing(True, attempts=6)
    yield
    stamina.set_testing(False)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "programma.db") as opened:
        yield opened


@pytest.fixture
async def http(loopback: Loopback) -> AsyncIterator[HTTPClient]:
    client = discord.Client(intents=discord.Intents.none())
    await client.login(loopback.world.application.token)
    yield client.http
    await client.close()


@pytest.fixture
def guild_id(loopback: Loopback) -> Snowflake:
    return Snowflake(int(next(iter(loopback.world.guilds))))


@pytest.fixture
def bot_id(loopback: Loopback) -> Snowflake:
    return Snowflake(int(loopback.world.application.id))
