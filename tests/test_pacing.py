"""The pace at which requests come to Discord, in a time that passes as fast as it is waited for."""

import asyncio
import selectors
from itertools import pairwise
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import AT_MOST, Pace

WAYS = st.tuples(st.floats(0.001, 0.3), st.floats(0.001, 0.3))
"""Seconds that a request is on its way, and its answer."""
SLACK: Final = 1e-6


class _Waits(selectors.DefaultSelector):
    """Lets the time that is waited for pass at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        assert timeout is not None, "nothing is left to wait for"
        self.now += timeout
        return super().select(0)


class _FastLoop(asyncio.SelectorEventLoop):
    """A loop whose seconds take no time."""

    def __init__(self) -> None:
        self.waits = _Waits()
        super().__init__(self.waits)

    def time(self) -> float:
        return self.waits.now


def _arrivals(ways: list[tuple[float, float] | None]) -> list[float]:
    """Return when each request came to Discord; without ways it was lost before it was sent."""
    arrived: list[float] = []

    async def request(pace: Pace, way: tuple[float, float] | None) -> None:
        loop = asyncio.get_running_loop()
        await pace.wait()
        began = loop.time()
        if way is None:
            pace.over()
            return
        await asyncio.sleep(way[0])
        arrived.append(loop.time())
        await asyncio.sleep(way[1])
        pace.over(loop.time() - began)

    async def all_of_them() -> None:
        pace = Pace()
        await asyncio.gather(*(request(pace, way) for way in ways))

    with asyncio.Runner(loop_factory=_FastLoop) as runner:
        runner.run(all_of_them())
    return sorted(arrived)


@given(st.lists(st.one_of(WAYS, st.none()), max_size=400))
def test_no_second_sees_more_than_discord_takes_however_long_requests_are_on_their_way(
    ways: list[tuple[float, float] | None],
) -> None:
    arrived = _arrivals([(0.001, 0.001), *ways])  # the pace goes by the fastest that it saw
    assert all(later - sooner > 1 - SLACK for sooner, later in zip(arrived, arrived[AT_MOST:], strict=False))


def test_a_steady_way_costs_no_time_at_all() -> None:
    arrived = _arrivals([(0.05, 0.05)] * 1000)
    assert arrived[-1] < 1000 / AT_MOST * 1.005


def test_turns_of_one_second_are_spread() -> None:
    assert all(later - sooner > 0.009 for sooner, later in pairwise(_arrivals([(0.01, 0.01)] * AT_MOST)))


def test_a_turn_whose_asker_is_cancelled_as_it_comes_is_free_again() -> None:
    async def ask() -> None:
        loop, pace = asyncio.get_running_loop(), Pace(1)
        await pace.wait()
        asked = asyncio.create_task(pace.wait())
        await asyncio.sleep(0)
        pace.over(0.5)  # the next turn is a second and two thousandths later, less this half
        loop.call_at(0.502, asked.cancel)
        await asyncio.gather(asked, return_exceptions=True)
        assert asked.cancelled()
        await pace.wait()
        assert loop.time() < 2

    with asyncio.Runner(loop_factory=_FastLoop) as runner:
        runner.run(ask())
