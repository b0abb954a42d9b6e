"""Those who are measured beside each other take short turns, each in a process of its own.

A machine that is slower for a while is so for all of them, and what one holds in memory costs the others nothing.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from bot.journal import start_journal

Acts: TypeAlias = "Mapping[str, Callable[[], Awaitable[float]]]"
"""What can be done, by name; each returns the seconds it took."""
Stage: TypeAlias = "Callable[[Path], AbstractAsyncContextManager[Acts]]"
"""Makes acts possible, given a folder to write in. It must be a function of a module, or a partial one of that."""
Timed: TypeAlias = "dict[str, list[float]]"
_REST: Final = 0.005


def take_turns(*stages: Stage, times: int, turn: int, warm: int = 0) -> Timed:
    """Return how long each act of each stage took, so many times, in turns of so many; the first `warm` apart."""
    seconds: Timed = defaultdict(list)
    with ExitStack() as players:
        acts = [act for stage in stages for act in players.enter_context(_player(stage)).items()]
        for _, play in acts:
            play(warm)
        for _ in range(times // turn):
            for name, play in acts:
                seconds[name] += play(turn)
    return seconds


@contextmanager
def _player(stage: Stage) -> Generator[dict[str, Callable[[int], list[float]]]]:
    """Set a stage in a process; yield its acts, each done so many times when it is called."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_play, args=(theirs, stage), daemon=True)
    process.start()
    theirs.close()

    def play(name: str, times: int) -> list[float]:
        ours.send((name, times))
        return ours.recv()

    try:
        yield {name: partial(play, name) for name in ours.recv()}
    finally:
        ours.close()
        process.join()


def _play(connection: Connection, stage: Stage) -> None:
    start_journal("error")
    with TemporaryDirectory(prefix="programmabrug-bench-") as folder:
        asyncio.run(_answer(connection, stage, Path(folder)))


async def _answer(connection: Connection, stage: Stage, folder: Path) -> None:
    """Do what is asked for until nobody asks any more."""
    async with stage(folder) as acts:
        connection.send(list(acts))
        while True:
            try:
                name, times = await asyncio.to_thread(connection.recv)
            except EOFError:
                return
            connection.send([await _rested(acts[name]) for _ in range(times)])


async def _rested(act: Callable[[], Awaitable[float]]) -> float:
    """Do what is asked for once all that follows from the act before is done: what comes of haste is measured apart."""
    await asyncio.sleep(_REST)
    return await act()
