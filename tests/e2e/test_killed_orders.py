"""Clearing and opening are orders: a bot that is killed over one, whenever that is, ends it at its next start."""

import asyncio
import copy
import shutil
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.bridge import Bridge
from bot.config import MirrorSettings, Settings
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.people import Actor, Role
from bot.sandbox import Loopback, RateLimits, dump, town
from bot.sandbox.faults import Faults
from bot.sandbox.world import World
from bot.services.clearing import ClearingAway
from bot.services.ports import Unit
from bot.services.standing import Standing, confirm, read_standing
from bot.wiring import now
from db.database import Database
from tests.e2e.conftest import settings_for
from tests.e2e.mortal import Deed, Lethal, ended, start
from tests.mirror.passes import shown
from tests.mirror.programmes import make_programme
from tests.sandbox.member import Member

_FEW = 4
_ADMIN = Actor(Snowflake(1), "Beheer", frozenset({Role.ADMIN}))
_SLOW = MirrorSettings(auto="after-first")


async def clear(bridge: Bridge, store: Database) -> None:
    """Clear away on an admin's word."""
    programme_id = await store.read(_programme)
    clearing = ClearingAway(store, bridge.syncing, now)
    await clearing.carry_out(_ADMIN, programme_id, (await clearing.plan(_ADMIN, programme_id)).digest)


async def open_up(bridge: Bridge, store: Database) -> None:
    """Open on an admin's word."""
    programme_id = await store.read(_programme)
    since = (await bridge.syncing.health(programme_id)).standing.since
    assert await bridge.syncing.open(programme_id, since) is None


def _programme(unit: Unit) -> ProgrammeId:
    return unit.programmes.ids()[0]


@dataclass(frozen=True)
class Kept:
    """A guild in step and its database, from which each attempt gets a copy."""

    world: World
    path: Path

    @asynccontextmanager
    async def again(self, name: str) -> AsyncGenerator["Place"]:
        """Yield a copy of its own."""
        path = self.path.with_name(f"{name}.db")
        shutil.copy(self.path, path)
        async with _at_discord(copy.deepcopy(self.world)) as loopback:
            yield Place(loopback, settings_for(loopback, path, mirror=_SLOW))


@dataclass
class Place:
    """A guild and a database, and bots that come and go."""

    loopback: Loopback
    settings: Settings

    async def bot(self, faults: Lethal | None = None, *, deed: Deed | None = None, dies_at_write: int = 0) -> bool:
        """Let a bot bring the guild in step and do a deed, and tell whether it was killed over that."""
        self.loopback.world.faults = faults = faults or Lethal()
        faults.victim = process = start(self.settings, dies_at_write=dies_at_write, deed=deed)
        code = await ended(process)
        assert code in {0, -9}
        return code == -9

    async def facts(self) -> dict[str, Any]:
        """Return what stands in the guild and who sees it, and what is remembered of that."""
        guild = dump(self.loopback.world)
        everyone = str(self.settings.discord.guild_id)

        def read(unit: Unit) -> tuple[list[str], Standing]:
            programme_id = _programme(unit)
            return sorted(unit.mirror.known(programme_id)), read_standing(unit, programme_id, "after-first")

        async with await Database.open(self.settings.database.path) as store:
            known, standing = await store.read(read)
        return {
            "texts": shown(guild),
            "archived": {each["name"]: each["thread_metadata"]["archived"] for each in guild["threads"]},
            "seen": {
                channel["name"]: [each for each in channel["permission_overwrites"] if each["id"] == everyone]
                for channel in guild["channels"]
            },
            "known": known,
            "standing": (standing.opened, standing.opening, standing.cleared is not None, standing.clearing),
        }


@asynccontextmanager
async def _at_discord(world: World) -> AsyncGenerator[Loopback]:
    async with Loopback(world, limits=RateLimits(speed=1000)) as loopback:
        yield loopback
    world.listeners.clear()
    world.schedule = lambda _seconds, _run: None
    world.faults = Faults()


@pytest.fixture
async def kept(tmp_path: Path) -> Kept:
    """A programme of two sections that admins alone see; in one of them a member wrote."""
    world, path = town(), tmp_path / "kept.db"
    async with _at_discord(world) as loopback:
        settings = settings_for(loopback, path, mirror=_SLOW)

        def make(unit: Unit) -> None:
            guild_id = Snowflake(settings.discord.guild_id or 0)
            confirm(unit, make_programme(unit, guild_id, chapters=1, sections=2), now())

        async with await Database.open(path) as store:
            await store.transact(make)
        assert not await Place(loopback, settings).bot()
        post = next(each["id"] for each in dump(world)["threads"] if each["name"].startswith("1.1"))
        async with Member(loopback, "beheerder") as member:
            await member.send(post, "Goed plan!")
    return Kept(world, path)


DEEDS = [clear, open_up]


@pytest.mark.parametrize("deed", DEEDS)
async def test_killed_over_any_call_of_an_order_the_next_start_ends_it(kept: Kept, deed: Deed) -> None:
    """Every state there is: a change carried out and not written down, and written down with the next call to come."""
    async with kept.again("still") as place:
        still = Lethal()
        await place.bot(still)
    async with kept.again("undisturbed") as place:
        before, whole = len(place.loopback.world.calls), Lethal()
        await place.bot(whole, deed=deed)
        wanted = await place.facts()
        changes = [call["method"] != "GET" for call in dump(place.loopback.world)["calls"]][before:]
    deaths: list[int] = []

    async def attempt(number: int, *, too_late: bool) -> None:
        async with kept.again(f"call-{number}-{too_late}") as place:
            if await place.bot(Lethal(at=number, too_late=too_late), deed=deed):
                deaths.append(number)
            await place.bot()
            if await ordered(place):
                assert await place.facts() == wanted, (number, too_late)

    ordered_calls = range(still.calls + 1, whole.calls + 1)
    ends = [(number, True) for number in ordered_calls if changes[number - 1]]
    starts = [(number, False) for number in ordered_calls if changes[number - 2]]
    assert len(ends) >= 3
    await _few_at_a_time(attempt(number, too_late=late) for number, late in (*starts, *ends))
    assert len(deaths) == len(starts) + len(ends)


@pytest.mark.parametrize("deed", DEEDS)
async def test_killed_in_the_midst_of_any_write_of_an_order_the_next_start_ends_it(kept: Kept, deed: Deed) -> None:
    """Every transaction: killed when it has written and has not committed. The first is the order itself."""
    async with kept.again("undisturbed") as place:
        await place.bot(deed=deed)
        wanted = await place.facts()
    deaths: list[int] = []

    async def attempt(number: int) -> None:
        async with kept.again(f"write-{number}") as place:
            if await place.bot(deed=deed, dies_at_write=number):
                deaths.append(number)
            await place.bot()
            if await ordered(place):
                assert await place.facts() == wanted, number
            else:
                assert number == 1

    tried = 0
    while len(deaths) == tried:
        await _few_at_a_time(attempt(number) for number in range(tried + 1, tried + _FEW + 1))
        tried += _FEW
    assert len(deaths) > 1


async def ordered(place: Place) -> bool:
    """Tell whether the order came as far as the database."""
    opened, _, cleared, _ = (await place.facts())["standing"]
    return opened or cleared


async def _few_at_a_time(attempts: Iterable[Any]) -> None:
    turn = asyncio.Semaphore(_FEW)

    async def one(attempt: Any) -> None:
        async with turn:
            await attempt

    async with asyncio.TaskGroup() as group:
        for attempt in attempts:
            group.create_task(one(attempt))
