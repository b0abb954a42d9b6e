"""A bot that is killed, whenever that is, leaves a guild that its next start brings where it would have been anyway."""

import asyncio
import copy
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.config import Settings
from bot.domain.ids import Snowflake
from bot.sandbox import Faults, Loopback, RateLimits, dump, town
from bot.sandbox.world import World
from bot.services.ports import Unit
from db.database import Database
from tests.e2e.conftest import settings_for
from tests.e2e.mortal import Lethal, ended, start
from tests.mirror.passes import facts
from tests.mirror.places import say
from tests.mirror.programmes import make_programme
from tests.mirror.upheaval import upheaval
from tests.openapi import OpenApi

_FEW = 4
_TOLD = 2
"""Calls more or less with which the log channel is told how far a run is: that goes by the clock."""
Step = Callable[[Unit, Snowflake], None]


class Anew(Protocol):
    """Makes a place: a new one, or a copy of what was before."""

    def __call__(self, name: str, before: "Before | None" = None) -> AbstractAsyncContextManager["Place"]: ...


class Place:
    """A guild and a database, and bots that come and go."""

    def __init__(self, loopback: Loopback, settings: Settings) -> None:
        self.loopback = loopback
        self.settings = settings

    async def store(self, change: Callable[[Unit, Snowflake], object]) -> None:
        guild_id = Snowflake(self.settings.discord.guild_id or 0)
        async with await Database.open(self.settings.database.path) as store:
            await store.transact(lambda unit: change(unit, guild_id))

    async def come_to(self, steps: tuple[Step, ...]) -> None:
        """Take all steps, with a bot after each but the last, and a member who speaks in every post it made."""
        *before, last = steps
        for step in before:
            await self.store(step)
            await self.bot()
            for thread in dump(self.loopback.world)["threads"]:
                await say(self.loopback, thread["id"], "Lid zegt iets.")
        await self.store(last)

    async def bot(self) -> int:
        """Let a bot bring the guild in step, and return how many calls that took."""
        return (await self._run(Lethal()))[1]

    async def killed_at_call(self, number: int, *, too_late: bool) -> bool:
        """Let a bot be killed at its nth call, and tell whether it came to that."""
        return (await self._run(Lethal(at=number, too_late=too_late)))[0] == -9

    async def killed_at_write(self, number: int) -> bool:
        """Let a bot die in the midst of its nth write to the database, and tell whether it came to that."""
        return (await self._run(Lethal(), dies_at_write=number))[0] == -9

    async def _run(self, faults: Lethal, *, dies_at_write: int = 0) -> tuple[int, int]:
        self.loopback.world.faults = faults
        faults.victim = process = start(self.settings, dies_at_write=dies_at_write)
        code = await ended(process)
        assert code in {0, -9}
        return code, faults.calls

    def facts(self) -> dict[str, Any]:
        """Return what people see of the guild, free of ids and lengths of time."""
        return facts(dump(self.loopback.world))

    def left(self) -> "Before":
        """Return what stands when all is closed, to begin with more than once."""
        world = self.loopback.world
        world.faults, world.schedule = Faults(), World(world.application).schedule
        return Before(world, self.settings.database.path)


@dataclass(frozen=True)
class Before:
    """A guild and a database as they are before the bot comes that is killed: each attempt begins with a copy."""

    world: World
    database: Path


@pytest.fixture
def anew(tmp_path: Path) -> Anew:
    """Make places, each with a Discord and a database of its own: new ones, or copies of what was before."""

    @asynccontextmanager
    async def make(name: str, before: Before | None = None) -> AsyncGenerator[Place]:
        problems: list[str] = []
        description = OpenApi.load()
        path = tmp_path / f"{name}.db"
        if before is not None:
            shutil.copy(before.database, path)
        world = copy.deepcopy(before.world) if before is not None else town()

        def check(exchange: Any) -> None:
            if description is not None and exchange.who == "bot":
                problems.extend(description.problems(exchange))

        async with Loopback(world, limits=RateLimits(speed=1000), on_exchange=check) as loopback:
            yield Place(loopback, settings_for(loopback, path))
        assert not problems, "\n".join(problems)

    return make


def _programme(unit: Unit, guild_id: Snowflake) -> None:
    make_programme(unit, guild_id, chapters=1, sections=1)


def _two_chapters(unit: Unit, guild_id: Snowflake) -> None:
    make_programme(unit, guild_id)


STEPS = [(_programme,), (_two_chapters, upheaval)]


@pytest.mark.parametrize("steps", STEPS, ids=["creation", "update"])
async def test_killed_at_any_call_the_next_start_ends_in_the_same_guild(anew: Anew, steps: tuple[Step, ...]) -> None:
    """Every call in turn: killed before it is carried out, and after that with the answer on its way."""
    before, wanted, calls = await _undisturbed(anew, steps)

    async def attempt(number: int, *, too_late: bool) -> None:
        async with anew(f"call-{number}-{too_late}", before) as place:
            killed = await place.killed_at_call(number, too_late=too_late)
            assert killed or number > calls - _TOLD, (number, too_late)
            await place.bot()
            assert place.facts() == wanted, (number, too_late)

    assert calls >= 10
    await _few_at_a_time(
        partial(attempt, number, too_late=late) for number in range(1, calls + 1) for late in (False, True)
    )


@pytest.mark.parametrize("steps", STEPS, ids=["creation", "update"])
async def test_killed_in_the_midst_of_any_write_the_next_start_ends_in_the_same_guild(
    anew: Anew, steps: tuple[Step, ...]
) -> None:
    """Every transaction in turn: killed when it has written and has not committed."""
    before, wanted, _ = await _undisturbed(anew, steps)
    deaths: list[int] = []

    async def attempt(number: int) -> None:
        async with anew(f"write-{number}", before) as place:
            if await place.killed_at_write(number):
                deaths.append(number)
            await place.bot()
            assert place.facts() == wanted, number

    tried = 0
    while len(deaths) == tried:
        await _few_at_a_time(partial(attempt, number) for number in range(tried + 1, tried + _FEW + 1))
        tried += _FEW
    assert len(deaths) > 5


async def _undisturbed(anew: Anew, steps: tuple[Step, ...]) -> tuple[Before, dict[str, Any], int]:
    """Return what is before the last step, what it comes to without any death, and how many calls that takes."""
    async with anew("before") as place:
        await place.come_to(steps)
    before = place.left()
    async with anew("undisturbed", before) as place:
        calls = await place.bot()
        return before, place.facts(), calls


async def _few_at_a_time(attempts: Iterable[Callable[[], Awaitable[None]]]) -> None:
    turn = asyncio.Semaphore(_FEW)

    async def one(attempt: Callable[[], Awaitable[None]]) -> None:
        async with turn:
            await attempt()

    async with asyncio.TaskGroup() as group:
        for attempt in attempts:
            group.create_task(one(attempt))
