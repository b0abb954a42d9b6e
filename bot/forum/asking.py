"""One request at a time to one host: a pause between two, patience with what fails, no more taken in than asked for.

Which addresses may be asked for, and what an answer is worth, is not decided here. Nothing of an answer is logged.
"""

import asyncio
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

import aiohttp
import stamina
from yarl import URL

from bot.forum.address import absolute
from bot.forum.hosts import AddressRefused
from bot.forum.manners import Manners, retry_after

_LONGEST_WAIT = 120.0
"""The most seconds that a request is put off for a host that asks for time."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered. `body` is that of a 200 alone, and goes past what was asked for where there is more."""

    status: int
    content_type: str
    charset: str | None
    leads_to: str | None
    body: bytes


class PageUnread(Exception):  # noqa: N818 - it says what happened to the page
    """A page was not read: `key` says why, `place` where."""

    def __init__(self, key: str, place: str) -> None:
        super().__init__(key, place)
        self.key = key
        self.place = place


class SiteUnwell(PageUnread):
    """A page was not read for a reason that lies with the site, not with the page: others may fare no better."""


class _Refusal(Exception):  # noqa: N818 - caught here, never seen elsewhere
    """The site can't serve now (5xx), or is asked too much (429); `after` is what it asks for, in seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(after)
        self.after = after


class Asker:
    """Asks a host for one thing at a time."""

    def __init__(self, session: aiohttp.ClientSession, manners: Manners) -> None:
        self._session = session
        self._manners = manners
        self._pause = manners.delay
        self._ended_at = -math.inf
        self._not_before = -math.inf
        self._retrying = stamina.AsyncRetryingCaller(
            attempts=manners.attempts,
            timeout=None,
            wait_initial=manners.patience,
            wait_max=_LONGEST_WAIT,
            wait_jitter=manners.patience / 2,
        )

    def keep_pause(self, seconds: float) -> None:
        """Leave at least so many seconds between two requests, the last one included."""
        self._pause = max(self._pause, seconds)

    async def ask(self, url: str, most: int, until: float) -> Answer:
        """Return the answer to one address, asked again while the site is unwell, by the loop's time `until`.

        Raises SiteUnwell where none came, PageUnread where the address leads into a network it may not lead into.
        """
        if self._not_before - asyncio.get_running_loop().time() > _LONGEST_WAIT:
            raise SiteUnwell("forum_unwell", url)
        try:
            async with asyncio.timeout_at(until):
                return await self._retrying(_may_pass, self._ask_once, url, most)
        except AddressRefused as error:
            raise PageUnread("address_private", url) from error
        except (_Refusal, aiohttp.ClientError, TimeoutError) as error:
            raise SiteUnwell(_reason(error), url) from error

    async def _ask_once(self, url: str, most: int) -> Answer:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, max(self._ended_at + self._pause, self._not_before) - loop.time()))
        try:
            async with self._session.get(
                _as_spelled(url),
                allow_redirects=False,
                headers={
                    "User-Agent": self._manners.user_agent,
                    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.5",
                    "Accept-Encoding": "gzip",
                },
                timeout=aiohttp.ClientTimeout(total=self._manners.timeout),
                middlewares=(_once,),
            ) as response:
                if response.status == HTTPStatus.TOO_MANY_REQUESTS or response.status >= 500:
                    raise self._refused(response)
                return Answer(
                    response.status,
                    response.content_type,
                    response.charset,
                    absolute(url, response.headers.get("Location")) if response.status in _REDIRECTS else None,
                    await _read(response, most) if response.status == HTTPStatus.OK else b"",
                )
        finally:
            self._ended_at = loop.time()

    def _refused(self, response: aiohttp.ClientResponse) -> _Refusal:
        """Return the refusal that a response is, and keep to the time it asks for.

        A 429 speaks of us, so nothing else is asked before its time. A 5xx may speak of one page, so one that asks for
        more than we wait holds up no other.
        """
        after = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if after <= _LONGEST_WAIT or response.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._not_before = asyncio.get_running_loop().time() + after
        return _Refusal(after)


async def _once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Send a request once: aiohttp itself would ask again, without a pause, where the host closed the connection."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise aiohttp.ClientConnectionError from error


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return a body as it is unpacked, and stop once it is larger than `most`."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > most:
            break
    return bytes(body)


def _as_spelled(url: str) -> URL:
    """Return an address with its escapes as they stand: a site may know its own spelling only."""
    return URL(url, encoded=url.isascii() and url.isprintable() and " " not in url)


def _may_pass(error: Exception) -> bool:
    """Tell whether what went wrong may be over at the next attempt."""
    if isinstance(error, _Refusal):
        return error.after <= _LONGEST_WAIT
    passing = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError)
    return isinstance(error, passing) and not isinstance(error, aiohttp.ClientSSLError)


def _reason(error: Exception) -> str:
    """Return the key of what went wrong in the end."""
    if isinstance(error, _Refusal | aiohttp.ClientResponseError):
        return "http_status"
    if isinstance(error, aiohttp.ClientSSLError):
        return "not_secure"
    return "page_truncated" if isinstance(error, aiohttp.ClientPayloadError) else "no_answer"
