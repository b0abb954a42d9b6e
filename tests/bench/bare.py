"""A bare discord.py client to measure beside: an empty command, one with a single commit, and an empty suggestion."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Literal

import aiosqlite
import discord
from discord import app_commands

from bot.client import point_at
from tests.bench.driving import Driver

_SETTINGS: Final = (
    "wal_autocheckpoint = 16000",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "secure_delete = ON",
)
"""Those of the bot's own database (`db/database.py`)."""


@asynccontextmanager
async def bare_client(
    driver: Driver, folder: Path, synchronous: Literal["NORMAL", "FULL"]
) -> AsyncGenerator[discord.Client]:
    """Connect the client, with the commands `leeg`, `vast` and `past` in the guild."""
    point_at(driver.loopback.api_url, driver.loopback.gateway_url)
    client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
    tree = app_commands.CommandTree(client)
    async with aiosqlite.connect(folder / "bare.db", isolation_level=None) as database:
        await database.execute("PRAGMA journal_mode = WAL")
        await database.execute(f"PRAGMA synchronous = {synchronous}")
        for setting in _SETTINGS:
            await database.execute(f"PRAGMA {setting}")
        await database.execute("CREATE TABLE acts (id INTEGER PRIMARY KEY, at TEXT)")
        _commands(tree, database)
        task = asyncio.create_task(client.start(driver.loopback.world.application.token))
        while not client.is_ready():
            await asyncio.sleep(0.01)
        await tree.sync()
        yield client
        await client.close()
        await task


def _commands(tree: app_commands.CommandTree[discord.Client], database: aiosqlite.Connection) -> None:
    @tree.command(name="leeg", description="leeg")
    async def _empty(interaction: discord.Interaction[discord.Client]) -> None:
        await interaction.response.send_message("Gedaan.", ephemeral=True)

    @tree.command(name="vast", description="vast")
    async def _committed(interaction: discord.Interaction[discord.Client]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO acts (at) VALUES ('2026-11-01')")
            connection.execute("COMMIT")

        await database._execute(work, database._conn)  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]
        await interaction.response.send_message("Gedaan.", ephemeral=True)

    @tree.command(name="past", description="past")
    async def _suggested(interaction: discord.Interaction[discord.Client], woord: str) -> None:
        await interaction.response.send_message(woord, ephemeral=True)

    @_suggested.autocomplete("woord")
    async def _fitting(interaction: discord.Interaction[discord.Client], typed: str) -> list[app_commands.Choice[str]]:
        return []
