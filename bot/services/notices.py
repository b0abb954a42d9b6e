"""What Discord tells in a channel by itself: "… pinned a message". The client hears it, and the mirror removes it."""

import asyncio
from typing import Final

from bot.domain.ids import Snowflake

_PATIENCE: Final = 2.0
"""Seconds for such a message to be heard of, which mostly takes less than the answer to the pinning."""
_MOST: Final = 1000


class Notices:
    """Which message tells of which pin. Nothing is lost where it is not heard: then it can be looked for."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._heard: dict[Snowflake, asyncio.Future[Snowflake]] = {}

    def hear(self, pinned_id: Snowflake, notice_id: Snowflake) -> None:
        """Take in that a message tells of a pin."""
        heard = self._about(pinned_id)
        if not heard.done():
            heard.set_result(notice_id)
        while len(self._heard) > _MOST:
            del self._heard[next(iter(self._heard))]

    async def of(self, pinned_id: Snowflake) -> Snowflake | None:
        """Return the message that tells of a pin just made, or None where it is not heard of in time."""
        try:
            return await asyncio.wait_for(asyncio.shield(self._about(pinned_id)), self._patience)
        except TimeoutError:
            return None
        finally:
            self._heard.pop(pinned_id, None)

    def _about(self, pinned_id: Snowflake) -> asyncio.Future[Snowflake]:
        return self._heard.setdefault(pinned_id, asyncio.get_running_loop().create_future())
