"""A steady pace below Discord's limit of fifty requests a second, which discord.py only learns of by hitting it."""

import asyncio
from typing import Final

PER_SECOND: Final = 48.0


class Pace:
    """Lets requests go one by one, evenly spaced. One for all calls of a process's bot."""

    def __init__(self, per_second: float = PER_SECOND) -> None:
        self._between = 1 / per_second
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for one's turn. Turns are given in the order in which they were asked."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next)
        self._next = turn + self._between
        if turn > now:
            await asyncio.sleep(turn - now)
