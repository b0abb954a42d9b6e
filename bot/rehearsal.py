"""A rehearsal: a Discord on loopback, a database of its own, and (unless told otherwise) the bot connected to it.

It never touches the configured database or token. What it shows at the end is the guild itself, not what was meant.
"""

import asyncio
import json
import os
import signal
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.bridge import Bridge
from bot.config import DatabaseSettings, DiscordSettings, MirrorSettings, RoleSettings, Settings
from bot.connecting import discord_failures
from bot.domain.ids import Snowflake
from bot.domain.reading import ProgrammeReading
from bot.errors import ProgrammabrugError, Refused
from bot.journal import start_journal
from bot.locales import Texts
from bot.sandbox import Loopback, door, dump, town
from bot.serving import connected, stop_signal
from bot.source import importing_of
from bot.terminal import Terminal
from bot.wiring import now
from db.database import Database

_ROLES = {
    "member": "lid",
    "secretary": "secretaris",
    "committee": "programmacommissie",
    "chair": "vergaderleiding",
    "admin": "beheer",
}


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What was asked of a rehearsal: to end by itself, where to write what, on which port, with or without the bot."""

    once: bool = False
    dump: Path | None = None
    door: Path | None = None
    port: int = 0
    with_bot: bool = True


async def rehearse(
    settings: Settings,
    terminal: Terminal,
    texts: Mapping[str, Texts],
    rehearsal: Rehearsal,
    reading: ProgrammeReading | None,
) -> None:
    """Rehearse with what was read, or without a bot when there is no reading."""
    start_journal("error" if settings.log.level == "info" else settings.log.level)
    stop = stop_signal()
    async with _discord(rehearsal.port) as loopback:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, lambda: _dump(loopback, rehearsal))
        _write(rehearsal.door, door(loopback))
        terminal.note("sandbox.listens", api=loopback.api_url, gateway=loopback.gateway_url)
        try:
            if reading is not None:
                await _with_bot(settings, terminal, texts, rehearsal, reading, loopback, stop)
            elif not rehearsal.once:
                terminal.note("sandbox.stop")
                await stop.wait()
        finally:
            _dump(loopback, rehearsal)


@asynccontextmanager
async def _discord(port: int) -> AsyncGenerator[Loopback]:
    loopback = Loopback(town(), port=port)
    try:
        await loopback.start()
    except OSError as error:
        raise Refused("sandbox.port_taken", port=port, reason=error.strerror or str(error)) from error
    try:
        yield loopback
    finally:
        await loopback.close()


async def _with_bot(
    settings: Settings,
    terminal: Terminal,
    texts: Mapping[str, Texts],
    rehearsal: Rehearsal,
    reading: ProgrammeReading,
    loopback: Loopback,
    stop: asyncio.Event,
) -> None:
    """Import, connect, sync, show; then wait to be told to stop, unless once is enough."""
    with tempfile.TemporaryDirectory(prefix="programmabrug-") as folder:
        own = _settings(settings, loopback, Path(folder))
        async with await Database.open(own.database.path) as store, AsyncExitStack() as stack:
            terminal.imported(await importing_of(own, store, now).take_in(reading))
            with terminal.progress("progress.syncing") as report:
                guild_id = Snowflake(own.discord.guild_id or 0)
                bridge = Bridge(own, store, texts, guild_id, progress=report, ready_timeout=0.1)
                connection = await stack.enter_async_context(connected(bridge, own, own.token() or ""))
                failure = await _first_sync(bridge, connection, stop)
            if stop.is_set():
                raise Refused("cli.interrupted")
            terminal.guild(dump(loopback.world))
            if failure:
                raise failure
            if not rehearsal.once:
                _dump(loopback, rehearsal)
                terminal.note("sandbox.stop")
                await _first_of(stop.wait(), connection)


async def _first_sync(bridge: Bridge, connection: asyncio.Task[None], stop: asyncio.Event) -> ProgrammabrugError | None:
    """Wait until the guild is in step, and return what stood in the way if it is not."""

    async def in_step() -> None:
        await bridge.started.wait()
        await bridge.syncing.idle()

    await _first_of(in_step(), connection, stop.wait())
    if connection.done():
        with discord_failures():
            connection.result()
    return None if stop.is_set() else await bridge.failure()


async def _first_of(*works: Awaitable[object]) -> None:
    """Wait for whatever ends first; the others are let go, except what was a task already."""
    tasks = [work if isinstance(work, asyncio.Task) else asyncio.ensure_future(work) for work in works]
    own = [task for task, work in zip(tasks, works, strict=True) if task is not work]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in own:
            task.cancel()
        if own:
            await asyncio.wait(own)


def _settings(settings: Settings, loopback: Loopback, folder: Path) -> Settings:
    """Return settings for the loopback Discord: its addresses, guild, roles and token, and a database of its own."""
    opened = door(loopback)
    roles = {part: (int(opened["roles"][name]),) for part, name in _ROLES.items()}
    return settings.model_copy(
        update={
            "database": DatabaseSettings(path=folder / "rehearsal.db"),
            "discord": DiscordSettings(
                token=SecretStr(opened["bot_token"]),
                guild_id=int(opened["guild_id"]),
                api_url=loopback.api_url,
                gateway_url=loopback.gateway_url,
            ),
            "mirror": MirrorSettings(auto="always", count_interval=settings.mirror.count_interval),
            "roles": RoleSettings(**roles),
        }
    )


def _dump(loopback: Loopback, rehearsal: Rehearsal) -> None:
    _write(rehearsal.dump, dump(loopback.world))


def _write(path: Path | None, value: object) -> None:
    """Write JSON whole or not at all, so that a reader never sees half of it; only we may read it (it holds tokens)."""
    if path is None:
        return
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.touch(0o600)
        half.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
        half.replace(path)
    except OSError as error:
        raise Refused("sandbox.unwritable", path=path, reason=error.strerror or str(error)) from error
