"""A bot that is killed, whenever that is, leaves a guild that its next start brings where it would have been anyway."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.domain.amendments import Status
from bot.domain.ids import Snowflake
from bot.sandbox import Loopback, RateLimits, dump, town
from bot.services.ports import AmendmentFilter, Unit
from db.database import Database
from tests.e2e.conftest import settings_for
from tests.e2e.mortal import Lethal, ended, start
from tests.mirror.passes import shown
from tests.mirror.programmes import add_amendment, bullet, long_text, make_programme, post, section_of, store_section
from tests.openapi import OpenApi

_OWN = re.compile(r"\b\d{17,20}\b|\b\d+ seconden?\b")
"""Ids, and how long a run took: what differs from guild to guild."""
_FEW = 4
_TOLD = 2
"""Calls more or less with which the log channel is told how far a run is: that goes by the clock."""
Step = Callable[[Unit, Snowflake], None]
Anew = Callable[[str], AbstractAsyncContextManager["Place"]]


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
        """Take all steps, with a bot after each but the last."""
        *before, last = steps
        for step in before:
            await self.store(step)
            await self.bot()
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
        guild = dump(self.loopback.world)
        posts = {thread["id"]: thread for thread in guild["threads"]}
        tags = {tag["id"]: tag["name"] for channel in guild["channels"] for tag in channel.get("available_tags") or ()}
        return {
            "channels": [channel["name"] for channel in guild["channels"]],
            "texts": json.loads(_OWN.sub("#", json.dumps(shown(guild)))),
            "posts": sorted(
                (each["name"], [tags[tag] for tag in each["applied_tags"]], each["thread_metadata"]["archived"])
                for each in posts.values()
            ),
            "pins": sorted(len(pins) for pins in guild["pins"].values()),
        }


@pytest.fixture
def anew(tmp_path: Path) -> Anew:
    """Make places, each with a Discord and a database of its own."""

    @asynccontextmanager
    async def make(name: str) -> AsyncGenerator[Place]:
        problems: list[str] = []
        description = OpenApi.load()

        def check(exchange: Any) -> None:
            if description is not None and exchange.who == "bot":
                problems.extend(description.problems(exchange))

        async with Loopback(town(), limits=RateLimits(speed=1000), on_exchange=check) as loopback:
            yield Place(loopback, settings_for(loopback, tmp_path / f"{name}.db"))
        assert not problems, "\n".join(problems)

    return make


def _programme(unit: Unit, guild_id: Snowflake) -> None:
    make_programme(unit, guild_id, chapters=1, sections=1)


def _update(unit: Unit, _guild_id: Snowflake) -> None:
    """Edit a text so that it needs another message, decide an amendment, propose one, and add a reply."""
    programme_id = unit.programmes.ids()[0]
    section = section_of(unit, programme_id, "1.1")
    text = [*long_text(14)]
    text[4] = bullet("Dit punt is herschreven.")
    store_section(unit, section.section_id, tuple(text))
    unit.programmes.save_contribution(section.section_id, post(119, (bullet("Nog een reactie."),), "Noor"), None)
    decided, *_ = unit.amendments.list(programme_id, AmendmentFilter(), after=None, limit=1)
    unit.amendments.set_status(decided.amendment_id, Status.REJECTED)
    add_amendment(unit, section.section_id)


STEPS = [(_programme,), (_programme, _update)]


@pytest.mark.parametrize("steps", STEPS, ids=["creation", "update"])
async def test_killed_at_any_call_the_next_start_ends_in_the_same_guild(anew: Anew, steps: tuple[Step, ...]) -> None:
    """Every call in turn: killed before it is carried out, and after that with the answer on its way."""
    wanted, calls = await _undisturbed(anew, steps)

    async def attempt(number: int, *, too_late: bool) -> None:
        async with anew(f"call-{number}-{too_late}") as place:
            await place.come_to(steps)
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
    wanted, _ = await _undisturbed(anew, steps)
    deaths: list[int] = []

    async def attempt(number: int) -> None:
        async with anew(f"write-{number}") as place:
            await place.come_to(steps)
            if await place.killed_at_write(number):
                deaths.append(number)
            await place.bot()
            assert place.facts() == wanted, number

    tried = 0
    while len(deaths) == tried:
        await _few_at_a_time(partial(attempt, number) for number in range(tried + 1, tried + _FEW + 1))
        tried += _FEW
    assert len(deaths) > 5


async def _undisturbed(anew: Anew, steps: tuple[Step, ...]) -> tuple[dict[str, Any], int]:
    """Return what the guild comes to without any death, and how many calls the last step takes."""
    async with anew("undisturbed") as place:
        await place.come_to(steps)
        calls = await place.bot()
        return place.facts(), calls


async def _few_at_a_time(attempts: Iterable[Callable[[], Awaitable[None]]]) -> None:
    turn = asyncio.Semaphore(_FEW)

    async def one(attempt: Callable[[], Awaitable[None]]) -> None:
        async with turn:
            await attempt()

    async with asyncio.TaskGroup() as group:
        for attempt in attempts:
            group.create_task(one(attempt))
