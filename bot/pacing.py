"""A pace below Discord's limit of fifty requests a second, which discord.py only learns of by hitting it.

It holds at the moment a request is sent: one that waits for the limit of its own route keeps no turn from others.
"""

import asyncio
import heapq
import math
import re
from collections import deque
from itertools import count
from time import monotonic
from typing import Final

import aiohttp
from aiohttp import hdrs
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

AT_MOST: Final = 50
"""Requests that Discord takes in a second."""
_SECOND: Final = 1.002
"""That second, and what a clock may be off."""
_AT_REST: Final = 10.0
"""Seconds without a request after which nobody had any turn yet."""
_STAGGERED: Final = 5
"""Messages that a channel takes in five seconds: not all must come to that limit at once."""
_EXEMPT: Final = re.compile(r"/(?:interactions|webhooks)/")
"""Answers to people: Discord does not count them, and they must not wait."""
_CHANNEL: Final = re.compile(r"/channels/(\d+)")
_OPENING: Final = re.compile(r"/(?:guilds/\d+/channels|channels/\d+/threads)$")
"""What makes a channel or a post: each has limits of its own, and the sooner it stands the more can go on beside it."""


class Pace:
    """Gives requests their turns: no more than so many come to Discord within a second. One for a process's whole bot.

    When a request comes to Discord can't be seen, but it is there before its answer is here, and the next one will be
    on its way for at least as long as the fastest ever was. So a turn is free a second after an answer came, less the
    time that the fastest took; and a request without an answer keeps its turn.

    Where many wait, the channel that had the fewest turns goes first: then all come to their end together, and none is
    left at the end to wait for the limit of its own.
    """

    def __init__(self, at_most: int = AT_MOST) -> None:
        self._at_most = at_most
        self._gap = _SECOND / at_most / 2
        self._last = -_AT_REST
        self._under_way = 0
        self._answered: deque[float] = deque(maxlen=at_most)
        self._fastest = math.inf
        self._numbers = count()
        self._waiting: list[tuple[bool, int, int, asyncio.Future[None]]] = []
        self._served: dict[str, int] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def wait(self, channel: str = "", *, first: bool = False) -> None:
        """Wait for a turn for a channel. What goes first goes before all that does not. End each turn with `over`."""
        loop = asyncio.get_running_loop()
        if loop.time() - self._last > _AT_REST:
            self._served.clear()
        turn: asyncio.Future[None] = loop.create_future()
        served = self._served.setdefault(channel, len(self._served) % _STAGGERED) if channel else 0
        heapq.heappush(self._waiting, (not first, served, next(self._numbers), turn))
        if channel:
            self._served[channel] = served + 1
        if self._timer is None:
            self._give()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.over()
            raise

    def over(self, took: float = math.inf) -> None:
        """End a turn: its answer came after so many seconds, or none will come."""
        self._under_way -= 1
        self._fastest = min(self._fastest, took)
        self._answered.append(asyncio.get_running_loop().time())
        if self._timer is None:
            self._give()

    def _give(self) -> None:
        """Give all turns whose time has come, and come back for the next."""
        self._timer = None
        loop = asyncio.get_running_loop()
        while self._waiting and self._under_way < self._at_most:
            due = self._due()
            if due > loop.time():
                self._timer = loop.call_at(due, self._give)
                return
            *_, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                self._under_way += 1
                self._last = loop.time()

    def _due(self) -> float:
        after_last, free = self._last + self._gap, self._at_most - self._under_way
        if len(self._answered) < free:
            return after_last
        on_its_way = self._fastest if self._fastest < _SECOND else 0
        return max(after_last, self._answered[-free] + _SECOND - on_its_way)


class PacedConnector(aiohttp.TCPConnector):
    """What a client is given as its `connector` to send no request before its turn.

    It hands out a connection when the turn is there. The turn is over when that is given back: the answer is there.
    """

    def __init__(self, pace: Pace) -> None:
        super().__init__(limit=0)  # pyright: ignore[reportUnknownMemberType]
        self._pace = pace

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> Connection:
        """Return a connection for a request, in its turn."""
        path = req.url.path
        if _EXEMPT.search(path) or hdrs.UPGRADE in req.headers:  # the gateway's lasts as long as the bot does
            return await super().connect(req, traces, timeout)
        channel = _CHANNEL.search(path)
        opening = req.method == "POST" and _OPENING.search(path) is not None
        await self._pace.wait(channel[1] if channel else "", first=opening)
        try:
            lent = await super().connect(req, traces, timeout)
        except BaseException:
            self._pace.over()
            raise
        sent_at = monotonic()
        lent.add_callback(lambda: self._pace.over(math.inf if lent.closed else monotonic() - sent_at))
        return lent
