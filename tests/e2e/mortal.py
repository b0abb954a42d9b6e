"""The bot as a process that may be killed at any moment: by the Discord it calls, or by itself in the midst of a write.

Each process is forked from one that has read the program already, so that hundreds of them are no burden.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from bot.bridge import Bridge
from bot.config import Settings
from bot.domain.ids import Snowflake
from bot.locales import load_all
from bot.sandbox import Faults, Trouble
from bot.services.ports import Unit
from bot.serving import connected
from db.database import Database

T = TypeVar("T")
_LONGEST = 60.0
_TEXTS = load_all()
_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload([__name__])


class Doomed(Database):
    """A database that takes the whole process with it in the midst of its nth write; 0: never."""

    left = 0

    async def transact(
        self, work: Callable[[Unit], T], meanwhile: Callable[[T], object] | None = None, *, alone: bool = False
    ) -> T:
        self.left -= 1
        if self.left:
            return await super().transact(work, meanwhile, alone=alone)

        def last(unit: Unit) -> T:
            work(unit)
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

        return await super().transact(last, alone=alone)


@dataclass
class Lethal(Faults):
    """Kills the process that calls at its nth call: before that is carried out, or with only the answer lost.

    `calls` counts them, also where there is nobody to kill.
    """

    victim: BaseProcess | None = None
    at: int = 0
    too_late: bool = False
    calls: int = 0

    def take(self, method: str, path: str) -> Trouble | None:
        self.calls += 1
        if self.victim is None or self.calls != self.at:
            return None
        self.victim.kill()
        return Trouble(drop=True, after=self.too_late)


Deed = Callable[[Bridge, Database], Awaitable[object]]
"""What a process does once the guild is in step: a function of a module, for it is sent there by its name."""


def start(settings: Settings, *, dies_at_write: int = 0, deed: Deed | None = None) -> BaseProcess:
    """Start the bot as a process that ends by itself once the guild is in step and the deed is done.

    Where there is a deed, its writes alone are counted.
    """
    process = _forking.Process(target=_process, args=(settings, dies_at_write, deed))
    process.start()
    return process


async def ended(process: BaseProcess) -> int:
    """Wait for a process to end and return its exit code: 0 in step, -9 killed.

    The code can be read once, and each start of a process reads those of all that ended: so all is done on one thread.
    """
    over, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(process.sentinel, over.set)
    try:
        async with asyncio.timeout(_LONGEST):
            await over.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _process(settings: Settings, dies_at_write: int, deed: Deed | None) -> None:
    asyncio.run(_in_step(settings, settings.database.path, dies_at_write, deed))


async def _in_step(settings: Settings, path: Path, dies_at_write: int, deed: Deed | None) -> None:
    async with await Doomed.open(path) as store:
        store.left = 0 if deed else dies_at_write
        guild_id = Snowflake(settings.discord.guild_id or 0)
        bridge = Bridge(settings, store, _TEXTS, guild_id, ready_timeout=0.05, at_most=1000)
        async with connected(bridge, settings, settings.token() or ""):
            await bridge.started.wait()
            await bridge.syncing.idle()
            if deed is not None:
                store.left = dies_at_write
                await deed(bridge, store)
                await bridge.syncing.idle()
            assert await bridge.failure() is None
