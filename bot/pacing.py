"""A pace below Discord's limit of fifty requests a second, which discord.py only learns of by hitting it.

It holds at the moment a request is sent: one that waits for the limit of its own route keeps no turn from others.
"""

import asyncio
import heapq
import re
from collections import deque
from itertools import count
from types import SimpleNamespace
from typing import Final

import aiohttp

AT_MOST: Final = 50
"""Requests that Discord takes in a second."""
_WITHIN: Final = 1.02
"""Seconds in which no more are sent than Discord takes in one: they do not all take the same time on their way."""
_AT_REST: Final = 10.0
"""Seconds without a request after which nobody had any turn yet."""
_LATE: Final = 0.01
"""Seconds that a turn may come late without all that follow being put off by it."""
_STAGGERED: Final = 5
"""Messages that a channel takes in five seconds: not all must come to that limit at once."""
_EXEMPT: Final = re.compile(r"/(?:interactions|webhooks)/")
"""Answers to people: Discord does not count them, and they must not wait."""
_CHANNEL: Final = re.compile(r"/channels/(\d+)")
_OPENING: Final = re.compile(r"/(?:guilds/\d+/channels|channels/\d+/threads)$")
"""What makes a channel or a post: each has limits of its own, and the sooner it stands the more can go on beside it."""


class Pace:
    """Gives requests their turns: no more than so many within a second. One for all calls of a process's bot.

    Where many wait, the channel that had the fewest turns goes first: then all come to their end together, and none is
    left at the end to wait for the limit of its own.
    """

    def __init__(self, at_most: int = AT_MOST) -> None:
        self._sent = deque([-_WITHIN], maxlen=at_most)
        self._full = at_most
        self._gap = _WITHIN / at_most / 2
        self._numbers = count()
        self._waiting: list[tuple[bool, int, int, asyncio.Future[None]]] = []
        self._served: dict[str, int] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def wait(self, channel: str = "", *, first: bool = False) -> None:
        """Wait for a turn for a channel. What goes first goes before all that does not."""
        loop = asyncio.get_running_loop()
        if loop.time() - self._sent[-1] > _AT_REST:
            self._served.clear()
        turn: asyncio.Future[None] = loop.create_future()
        served = self._served.setdefault(channel, len(self._served) % _STAGGERED) if channel else 0
        heapq.heappush(self._waiting, (not first, served, next(self._numbers), turn))
        if channel:
            self._served[channel] = served + 1
        if self._timer is None:
            self._give()
        await turn

    def _give(self) -> None:
        """Give all turns whose time has come, and come back for the next."""
        self._timer = None
        loop = asyncio.get_running_loop()
        while self._waiting:
            now, due = loop.time(), self._due()
            if due > now:
                self._timer = loop.call_at(due, self._give)
                return
            *_, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                self._sent.append(max(due, now - _LATE))

    def _due(self) -> float:
        after_last = self._sent[-1] + self._gap
        return max(after_last, self._sent[0] + _WITHIN) if len(self._sent) == self._full else after_last


def paced(pace: Pace) -> aiohttp.TraceConfig:
    """Return what a client is given (as `http_trace`) to send no request before its turn."""

    async def before(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        path = request.url.path
        if not _EXEMPT.search(path):
            channel = _CHANNEL.search(path)
            opening = request.method == "POST" and _OPENING.search(path) is not None
            await pace.wait(channel[1] if channel else "", first=opening)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(before)
    return trace
