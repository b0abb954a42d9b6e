"""How many posts are awake, and putting quiet ones to sleep before there are too many for the guild."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

import discord

from bot.domain.ids import Snowflake
from bot.mirror.observe.calls import Calls
from bot.mirror.observed import Observed

MOST_ACTIVE: Final = 900
"""How many active threads a guild is let come to: Discord refuses more than about a thousand, members' own included."""


class Bedroom:
    """Which posts sleep. `resting` are those that may, in the order in which they should."""

    def __init__(self, calls: Calls, observed: Observed, resting: Iterable[Snowflake], most_active: int) -> None:
        self._calls = calls
        self._resting = list(resting)
        self._most_active = most_active
        self._asleep = {thread_id for thread_id, thread in observed.threads.items() if thread.archived}
        self._awake = sum(not thread.archived for thread in observed.threads.values())
        self._filling: set[Snowflake] = set()
        self._filled = asyncio.Event()

    def __contains__(self, thread_id: Snowflake) -> bool:
        return thread_id in self._asleep

    def fills(self, thread_id: Snowflake) -> None:
        """Take in that a new post is about to get what belongs in it, and is awake till then."""
        self._filling.add(thread_id)
        self.woke(thread_id)

    def filled(self, thread_id: Snowflake, *, may_sleep: bool) -> None:
        """Take in that a new post has all it gets for now, and let it sleep, after all others that may."""
        self._filling.discard(thread_id)
        if may_sleep:
            self._resting.append(thread_id)
        self._filled.set()

    def fell_asleep(self, thread_id: Snowflake) -> None:
        """Take in that a post is archived."""
        if thread_id not in self._asleep:
            self._asleep.add(thread_id)
            self._awake -= 1

    def woke(self, thread_id: Snowflake) -> None:
        """Take in that a post is awake, one that was made now included."""
        self._asleep.discard(thread_id)
        self._awake += 1

    async def before_waking(self, *, refused: bool = False, patient: bool = False) -> bool:
        """Make room for one more where there is none, and tell whether there was need and room could be made.

        Where only new posts could make room, `patient` waits for one of them.
        """
        while (self._resting or (patient and self._filling)) and (refused or self._awake >= self._most_active):
            if not self._resting:
                self._filled.clear()
                await self._filled.wait()
                continue
            thread_id = self._resting.pop(0)
            if thread_id not in self._asleep:
                with suppress(discord.NotFound):  # deleted meanwhile: that makes room too, and is no other post's story
                    await self._calls.write("PATCH", "/channels/{channel_id}", {"archived": True}, channel_id=thread_id)
                self.fell_asleep(thread_id)
                return True
        return False
