"""Whatever answers Discord gives, and loses: once it answers again, the guild is the one it would have been anyway."""

import asyncio
import random
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord.http
import pytest
import stamina

from bot.errors import DiscordRefused
from bot.sandbox import Faults, Trouble
from tests.mirror.passes import Mirror, facts
from tests.mirror.places import place, say
from tests.mirror.programmes import make_programme
from tests.mirror.upheaval import upheaval

_PATIENCE = 0.5
"""Seconds after which the client gives up waiting for an answer."""
_FORUM_SEEDS, _CHANNEL_SEEDS = range(1, 7), range(7, 10)
_TROUBLES = (
    *(Trouble(status=status, after=after) for status in (500, 502, 503, 504) for after in (False, True)),
    *(Trouble(drop=True, after=after) for after in (False, True)),
    *(Trouble(scope=scope, delay=0.001) for scope in ("user", "global", "shared")),
    Trouble(status=429),
)
"""A refusal, a cut, a limit, one that Discord's own wall sets; with `after` only the answer is lost."""
_LATE = Trouble(delay=2 * _PATIENCE, after=True)


class Lot(Faults):
    """Lets one request in so many go wrong, each in a way of its own; the first by an answer that comes too late."""

    def __init__(self, seed: int, one_in: int) -> None:
        super().__init__()
        self.went_wrong = 0
        self._lot = random.Random(seed)  # noqa: S311 - no secret
        self._one_in = one_in

    def take(self, method: str, path: str) -> Trouble | None:
        if "gateway" in path or self._lot.randrange(self._one_in):
            return None
        self.went_wrong += 1
        return self._lot.choice(_TROUBLES) if self.went_wrong > 1 else _LATE


class _Hasty:
    """asyncio as discord.py sees it, with no time between two tries."""

    async def sleep(self, _seconds: float) -> None:
        await asyncio.sleep(0)

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(discord.http, "asyncio", _Hasty())
    monkeypatch.setattr(aiohttp.client, "DEFAULT_TIMEOUT", aiohttp.ClientTimeout(total=_PATIENCE))
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


async def _lives(*, seed: int, one_in: int, forums: bool) -> tuple[dict[str, Any], int]:
    """Make a programme and turn it upside down while things go wrong; return what the guild comes to, and how many."""
    lot, calm = Lot(seed, one_in), Faults(forums_refused=not forums)
    lot.forums_refused = not forums
    async with place(make_programme) as mirror:
        await _in_step(mirror, lot, calm)
        said = await _everybody_speaks(mirror)
        await mirror.store.transact(lambda unit: upheaval(unit, mirror.guild_id))
        await _in_step(mirror, lot, calm)
        messages = {each["id"]: each["content"] for inside in mirror.dump()["messages"].values() for each in inside}
        assert said.items() <= messages.items(), "a member's words were touched"
        return facts(mirror.dump()), lot.went_wrong


async def _in_step(mirror: Mirror, lot: Lot, calm: Faults) -> None:
    """Sync while things go wrong until a pass ends well, and once more without trouble: then nothing is left to do."""
    mirror.loopback.world.faults = lot
    async with asyncio.timeout(30):
        while not await _ends_well(mirror):
            pass
    mirror.loopback.world.faults = calm
    outcome = await mirror.sync()
    assert (outcome.failures, outcome.stale) == ((), False)
    assert [change.resource.key for change in (await mirror.plan()).changes] == []


async def _ends_well(mirror: Mirror) -> bool:
    try:
        outcome = await mirror.sync()
    except DiscordRefused:
        return False
    return not (outcome.failures or outcome.stale)


async def _everybody_speaks(mirror: Mirror) -> dict[str, str]:
    """Let a member write in every post, and return what was said by id."""
    said = [await say(mirror.loopback, each["id"], "Lid zegt iets.") for each in mirror.dump()["threads"]]
    return {each["id"]: each["content"] for each in said}


@pytest.mark.parametrize("forums", [True, False], ids=["forums", "channels"])
async def test_whatever_goes_wrong_it_ends_in_the_same_guild_with_everything_once(*, forums: bool) -> None:
    """Creation and update: refusals, cuts, limits, and answers that are lost or late."""
    wanted, trouble = await _lives(seed=0, one_in=10**9, forums=forums)
    assert trouble == 0
    for seed in _FORUM_SEEDS if forums else _CHANNEL_SEEDS:
        found, trouble = await _lives(seed=seed, one_in=(4, 8, 12)[seed % 3], forums=forums)
        assert trouble > 3, seed
        assert found == wanted, seed
