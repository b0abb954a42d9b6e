"""Processes that end in the midst of a sync: before a call, or after one and before it is written down."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from discord.http import HTTPClient, Route

from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.plan import Scope
from bot.services.ports import Store, Unit
from tests.mirror.passes import NL, SETTINGS, Mirror, clock

T = TypeVar("T")


class Killed(Exception):  # noqa: N818
    """The process ends here."""


class _Fatal:
    """Discord's HTTP client, which ends the process before its nth call; 0: never."""

    def __init__(self, http: HTTPClient, at: int) -> None:
        self._http = http
        self._left = at

    async def request(self, route: Route, **options: Any) -> Any:
        self._left -= 1
        if self._left == 0:
            raise Killed
        return await self._http.request(route, **options)


def fatal(http: HTTPClient, at: int) -> HTTPClient:
    """Return a client that ends the process before its nth call; 0: never."""
    return cast("HTTPClient", _Fatal(http, at))


class Mortal:
    """A store that ends the process at its nth write; 0: never."""

    def __init__(self, store: Store, at: int) -> None:
        self._store = store
        self._left = at

    @property
    def news(self) -> int:
        return self._store.news

    async def read(self, work: Callable[[Unit], T]) -> T:
        return await self._store.read(work)

    async def transact(
        self, work: Callable[[Unit], T], meanwhile: Callable[[T], object] | None = None, *, alone: bool = False
    ) -> T:
        self._left -= 1
        if self._left == 0:
            raise Killed
        return await self._store.transact(work, meanwhile, alone=alone)

    async def purge(self) -> None:
        await self._store.purge()


async def cut_off(mirror: Mirror, *, call: int = 0, write: int = 0) -> bool:
    """Sync in a process that ends before the nth call or write, and tell whether it came to that."""
    stand = await mirror.stand()
    guild = DiscordGuild(fatal(mirror.http, call), mirror.guild_id, mirror.bot_id, Mortal(mirror.store, write), clock)
    observed = await mirror.guild().observe(stand.known)
    try:
        await guild.apply(mirror.programme_id, stand.plan(observed, SETTINGS, NL, Scope()), observed)
    except (Killed, ExceptionGroup):
        return True
    return False
