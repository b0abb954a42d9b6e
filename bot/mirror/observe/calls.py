"""Calls to Discord through discord.py's own HTTP client, so that its rate limits hold, with patience where it has none.

discord.py does not retry a cut connection or a 503, and it does retry a 500 on its own, which for a creation could
make the thing twice. So a creation is sent once, and looked for before it is sent again.
"""

import io
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

import aiohttp
import discord
import stamina
from discord.http import HTTPClient, Route

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.mirror.permissions import Permission
from bot.mirror.resources import Json

Raw: TypeAlias = dict[str, Any]
Find: TypeAlias = Callable[[], Awaitable[Raw | None]]

_ATTEMPTS: Final = 6
_LONGEST_WAIT: Final = 20.0
_ARCHIVED: Final = 50083
_OTHER_PINNED: Final = 30047
_INVALID_FORM: Final = 50035
_PARENT_FULL: Final = "CHANNEL_PARENT_MAX_CHANNELS"
_PARENT_GONE: Final = "CHANNEL_PARENT_INVALID"
_THREADS_FULL: Final = 160006
_HAS_THREAD: Final = 160004
UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
_LIMITS: Final = frozenset({30013, 30003, 160006, 30046, 30033})
_NO_PERMISSION: Final = frozenset({50001, 50013})
_NO_FORUMS: Final = 50024


class _SentTwice(Exception):  # noqa: N818 - it is a signal, and leaves this module never
    """Stops discord.py from sending a creation again by itself."""


class _Once(discord.File):
    """Rides along with a creation: discord.py rewinds files before each try, and this one refuses the second."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(b""), filename="once")

    def reset(self, *, seek: int | bool = True) -> None:
        """Refuse every try but the first."""
        if seek:
            raise _SentTwice


_TRANSIENT: Final = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError, _SentTwice)


class Calls:
    """The calls that the mirror makes, in the words of Discord's API."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http

    async def read(self, path: str, query: Mapping[str, str | int] | None = None, **ids: Snowflake) -> Any:
        """Read something; safe to repeat."""
        return await self._patiently("GET", path, {"params": dict(query)} if query else {}, ids)

    async def write(self, method: str, path: str, payload: Mapping[str, Json] | None = None, **ids: Snowflake) -> Any:
        """Change something to a given state; safe to repeat."""
        return await self._patiently(method, path, {"json": dict(payload)} if payload is not None else {}, ids)

    async def delete(self, path: str, unknown: int, **ids: Snowflake) -> None:
        """Delete something that may be gone already, as the code `unknown` tells; safe to repeat."""
        try:
            await self.write("DELETE", path, None, **ids)
        except discord.NotFound as error:
            if not is_gone(error, unknown):
                raise

    async def create(
        self, path: str, payload: Mapping[str, Json], find: Find, *, doubtful: bool, **ids: Snowflake
    ) -> tuple[Raw, bool]:
        """Make something exactly once, and tell whether it stood there already.

        `doubtful` says that an earlier run may have made it.
        """
        route = Route("POST", path, metadata=None, **ids)
        async for attempt in _attempts():
            with attempt:
                if (doubtful or attempt.num > 1) and (found := await find()):
                    return found, True
                made: Raw = await self._http.request(route, json=dict(payload), files=[_Once()])
                return made, False
        raise AssertionError("unreachable")  # pragma: no cover

    async def _patiently(self, method: str, path: str, options: Mapping[str, Any], ids: Mapping[str, Snowflake]) -> Any:
        route = Route(method, path, metadata=None, **ids)
        async for attempt in _attempts():
            with attempt:
                return await self._http.request(route, **options)
        raise AssertionError("unreachable")  # pragma: no cover


def _attempts():
    return stamina.retry_context(on=_TRANSIENT, attempts=_ATTEMPTS, timeout=None, wait_max=_LONGEST_WAIT)


def is_archived(error: discord.HTTPException) -> bool:
    """Tell whether a call was refused because the post is archived."""
    return error.code == _ARCHIVED


def is_other_pinned(error: discord.HTTPException) -> bool:
    """Tell whether a post was not pinned because another one of its forum is."""
    return error.code == _OTHER_PINNED


def is_category_full(error: discord.HTTPException) -> bool:
    """Tell whether a channel was refused because its category holds as many as it may."""
    return _PARENT_FULL in _faults_of(error, "parent_id")


def is_category_gone(error: BaseException) -> bool:
    """Tell whether a channel was refused because its category does not exist any more."""
    return isinstance(error, discord.HTTPException) and _PARENT_GONE in _faults_of(error, "parent_id")


def _faults_of(error: discord.HTTPException, name: str) -> set[str]:
    """Return the codes of what is wrong with a field of a form. discord.py keeps them where it promises nothing."""
    fields: Raw = getattr(error, "_errors", None) or {}
    found: Raw = fields.get(name) or {} if error.code == _INVALID_FORM else {}
    return {str(each.get("code")) for each in found.get("_errors", ())}


def is_forum_refused(error: discord.HTTPException) -> bool:
    """Tell whether a channel was refused because the guild has no forum channels."""
    return error.code == _NO_FORUMS


def is_threads_full(error: discord.HTTPException) -> bool:
    """Tell whether a call was refused because the guild has as many active threads as it may."""
    return error.code == _THREADS_FULL


def is_threaded(error: discord.HTTPException) -> bool:
    """Tell whether a thread was refused because the message has one."""
    return error.code == _HAS_THREAD


def is_gone(error: BaseException, code: int) -> bool:
    """Tell whether a call was refused because what it was about does not exist any more."""
    return isinstance(error, discord.NotFound) and error.code == code


def lacks_permission(error: BaseException) -> bool:
    """Tell whether a call was refused for want of a permission."""
    return isinstance(error, discord.HTTPException) and error.code in _NO_PERMISSION


def refusal(error: Exception, place: str, permission: Permission) -> DiscordRefused:
    """Return a failure of Discord's as a sentence: what was wanted where, and which permission it takes."""
    if lacks_permission(error):
        return DiscordRefused(f"discord.needs_{permission.key}", place=place)
    if isinstance(error, discord.HTTPException) and error.code in _LIMITS:
        return DiscordRefused("discord.full", place=place, detail=error.text)
    if isinstance(error, discord.HTTPException) and not isinstance(error, discord.DiscordServerError):
        return DiscordRefused("discord.refused", place=place, code=error.code or error.status, detail=error.text)
    return DiscordRefused("discord.unreachable", place=place)


FAILURES: Final = (discord.HTTPException, discord.RateLimited, *_TRANSIENT)
"""What a call can fail with, after all patience."""
