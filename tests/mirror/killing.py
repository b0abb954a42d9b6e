"""Processes that end in the midst of a sync: before a call, or after one and before it is written down."""

from collections.abc import Callable
from typing import TypeVar

from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.observe.pacing import Pace
from bot.mirror.plan import Scope
from bot.services.ports import Store, Unit
from tests.mirror.passes import NL, SETTINGS, Mirror, clock

T = TypeVar("T")


class Killed(Exception):  # noqa: N818
    """The process ends here."""


class Fatal(Pace):
    """A pace that ends the process before its nth call; 0: never."""

    def __init__(self, at: int) -> None:
        super().__init__(1000)
        self._left = at

    async def wait(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise Killed
        await super().wait()


class Mortal:
    """A store that ends the process at its nth write; 0: never."""

    def __init__(self, store: Store, at: int) -> None:
        self._store = store
        self._left = at

    async def read(self, work: Callable[[Unit], T]) -> T:
        return await self._store.read(work)

    async def transact(self, work: Callable[[Unit], T]) -> T:
        self._left -= 1
        if self._left == 0:
            raise Killed
        return await self._store.transact(work)

    async def purge(self) -> None:
        await self._store.purge()


async def cut_off(mirror: Mirror, *, call: int = 0, write: int = 0) -> bool:
    """Sync in a process that ends before the nth call or write, and tell whether it came to that."""
    stand = await mirror.stand()
    guild = DiscordGuild(mirror.http, Fatal(call), mirror.guild_id, mirror.bot_id, Mortal(mirror.store, write), clock)
    observed = await mirror.guild().observe(stand.known)
    try:
        await guild.apply(mirror.programme_id, stand.plan(observed, SETTINGS, NL, Scope()), observed)
    except (Killed, ExceptionGroup):
        return True
    return False
