"""The bot at work: connected until it is told to stop, with what goes on beside it."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import structlog

from bot.bridge import Bridge
from bot.client import point_at
from bot.config import Settings
from bot.connecting import discord_failures
from bot.domain.ids import Snowflake
from bot.errors import ProgrammabrugError
from bot.locales import Texts
from bot.services.guild import Progress
from db.database import Database

log = structlog.stdlib.get_logger(__name__)

_GOODBYE = 2.0
"""Seconds for the connection to end by itself."""
_LOOK = 2.0
"""Seconds between two looks at the database: whether another program (an import) wrote to it, and what to settle."""
_TURN = 0.001
"""Seconds for which a thread that renders or reads may keep the interpreter while an answer is due."""
_COLLECTED = (2_000, 10, 200)
"""How much is made before the collector looks for what is over: often at what is new, seldom at all there is, for that
stops answers and turns."""


@asynccontextmanager
async def connected(bridge: Bridge, settings: Settings, token: str) -> AsyncGenerator[asyncio.Task[None]]:
    """Log in and keep the connection while the block runs. The task ends when the connection is over for good."""
    sys.setswitchinterval(_TURN)
    gc.set_threshold(*_COLLECTED)
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
    settings: Settings,
    store: Database,
    texts: Mapping[str, Texts],
    token: str,
    guild_id: Snowflake,
    progress: Progress,
) -> None:
    """Run the bot until it is told to stop (SIGINT, SIGTERM), or Discord will not have it any more.

    `progress` hears how far each run is.
    """
    gc.freeze()  # what was made up to now stays: the collector need not look at it
    stop = stop_signal()
    bridge = Bridge(settings, store, texts, guild_id, progress=progress)
    async with connected(bridge, settings, token) as connection:
        work = (watch(bridge, store), bridge.work())
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


async def watch(bridge: Bridge, store: Database) -> None:
    """Notice what another program (an import) wrote, and only ask for a sync; settle what was written here."""
    await bridge.started.wait()
    seen = await store.foreign_changes()
    while True:
        await asyncio.sleep(_LOOK)
        try:
            current = await store.foreign_changes()
            if current != seen:
                await bridge.follow()
            seen = current
            await store.settle()
        except ProgrammabrugError as error:
            log.warning("watch.failed", reason=error.key)


def stop_signal() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set, so that both end in an orderly stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
