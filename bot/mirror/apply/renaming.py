"""Names and topics of channels: Discord takes two changes in ten minutes, undocumented, and lets a third wait.

That wait must hold up nothing else, so what comes too soon is left for later. How often a channel was renamed is known
only of this process; what another one did shows in that Discord does not answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from bot.domain.ids import Snowflake

T = TypeVar("T")

WINDOW: Final = 600.0
"""Seconds in which Discord takes so many changes of a name or topic."""
_MOST: Final = 2
_PATIENCE: Final = 10.0
"""Seconds to wait for an answer: longer than a busy time takes, and much shorter than the limit makes it wait."""


class Later(Exception):  # noqa: N818 - it is a signal, and leaves `apply` never
    """A channel cannot be renamed before a moment (`at`, seconds on the loop's clock)."""

    def __init__(self, at: float) -> None:
        super().__init__(at)
        self.at = at


class Renames:
    """When each channel was renamed, for as long as the guild is served."""

    def __init__(self, window: float = WINDOW, patience: float = _PATIENCE) -> None:
        self._window = window
        self._patience = patience
        self._made: dict[Snowflake, list[float]] = {}

    def demand(self, channel_id: Snowflake) -> None:
        """Raise `Later` where a channel was renamed too often lately."""
        now = asyncio.get_running_loop().time()
        made = [at for at in self._made.get(channel_id, ()) if now - at < self._window]
        self._made[channel_id] = made
        if len(made) >= _MOST:
            raise Later(made[-_MOST] + self._window)

    async def make(self, channel_id: Snowflake, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call that renames. Raises `Later` where it is too soon, or where Discord lets it wait for that."""
        self.demand(channel_id)
        loop = asyncio.get_running_loop()
        limit = asyncio.timeout(self._patience)
        try:
            async with limit:
                answer = await call()
        except TimeoutError:
            if not limit.expired():
                raise
            self._made[channel_id] = [loop.time()] * _MOST
            raise Later(loop.time() + self._window) from None
        self._made[channel_id].append(loop.time())
        return answer
