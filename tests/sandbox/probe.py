"""A small real bot on discord.py that tests hang commands on."""

import asyncio
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.sandbox import Loopback

Json = dict[str, Any]


class Probe(discord.Client):
    """A client that can be waited for. `heard` lists the gateway events that reached it."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        chosen = intents or discord.Intents(guilds=True, guild_messages=True)
        super().__init__(intents=chosen, guild_ready_timeout=0.01, enable_debug_events=True)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.resumed = 0
        self.task: asyncio.Task[None] | None = None
        self._grown = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait the five seconds that Discord asks between two logins."""

    async def on_socket_event_type(self, name: str) -> None:
        self.heard.append(name)
        self._grown.set()

    async def until(self, predicate: "Callable[[Probe], bool]") -> None:
        """Wait until something holds; woken by gateway events."""
        async with asyncio.timeout(10):
            while not predicate(self):
                self._grown.clear()
                await self._grown.wait()

    async def come(self, loopback: Loopback) -> None:
        """Log in and wait until ready."""
        self.task = asyncio.create_task(self.start(loopback.world.application.token))
        ready = asyncio.create_task(self._ready_once())
        done, _ = await asyncio.wait({self.task, ready}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        assert ready in done, self.task

    async def _ready_once(self) -> None:
        await self._grown.wait()
        await self.wait_until_ready()

    async def go(self) -> None:
        """Log out."""
        await self.close()
        if self.task is not None:
            await self.task

    @property
    def home(self) -> discord.Guild:
        return self.guilds[0]

    @property
    def square(self) -> discord.TextChannel:
        return self.home.text_channels[0]

    async def publish(self) -> None:
        """Register the tree's commands in the guild."""
        self.tree.copy_global_to(guild=self.home)
        await self.tree.sync(guild=self.home)
