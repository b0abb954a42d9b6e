"""One page after another from one site, with manners: robots.txt, a pause, patience, a limit, never another host."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
import stamina
from protego import Protego
from yarl import URL

from bot.forum.address import absolute, same_site, without_fragment
from bot.forum.encoding import decode_text

_MOST_REDIRECTS = 5
_LONGEST_WAIT = 120.0


@dataclass(frozen=True, slots=True)
class Manners:
    """How to behave. `delay`, `timeout` and `patience` (the first wait after a failure) are in seconds."""

    user_agent: str
    delay: float = 1.5
    timeout: float = 30.0
    attempts: int = 4
    patience: float = 1.0
    largest: int = 5 * 2**20


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was served, and the address at which it was in the end."""

    url: str
    html: str


class PageUnread(Exception):  # noqa: N818 - it says what happened to the page
    """A page was not read: `key` says why, `place` which."""

    def __init__(self, key: str, place: str) -> None:
        super().__init__(key, place)
        self.key = key
        self.place = place


class _TryAgain(Exception):  # noqa: N818 - caught here, never seen elsewhere
    """The site asks for patience, for so many seconds where it says how many."""

    def __init__(self, after: float | None) -> None:
        super().__init__(after)
        self.after = after


def user_agent(contact: str | None) -> str:
    """Return the honest name under which pages are asked for."""
    return f"Programmabrug/0.1 (reads a public forum; {contact})" if contact else "Programmabrug/0.1"


class Fetcher:
    """Fetches the pages of one site, one at a time."""

    def __init__(self, session: aiohttp.ClientSession, site: str, manners: Manners) -> None:
        self._session = session
        self._site = site
        self._manners = manners
        self._delay = manners.delay
        self._robots: Protego | None = None
        self._free_at = 0.0

    async def open(self) -> None:
        """Read robots.txt, once. Where there is none all may be read; where it cannot be had, nothing."""
        url = absolute(self._site, "/robots.txt") or self._site
        status, body, _, _ = await self._get(url)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise PageUnread("robots_unread", url)
        rules = body if status == HTTPStatus.OK else ""
        self._robots = Protego.parse(rules)
        self._delay = max(self._delay, float(self._robots.crawl_delay(self._manners.user_agent) or 0.0))

    async def fetch(self, url: str) -> Fetched:
        """Return a page, following redirects within the site. Raises PageUnread."""
        at = without_fragment(url)
        for _ in range(_MOST_REDIRECTS + 1):
            self._check(at)
            status, body, location, content_type = await self._get(at)
            if status in {301, 302, 303, 307, 308}:
                onward = absolute(at, location)
                if onward is None:
                    raise PageUnread("http_status", at)
                at = without_fragment(onward)
                continue
            if status != HTTPStatus.OK:
                raise PageUnread("page_gone" if status in {404, 410} else "http_status", url)
            if content_type not in {"text/html", "application/xhtml+xml"}:
                raise PageUnread("page_not_html", url)
            return Fetched(at, body)
        raise PageUnread("redirect_loop", url)

    def _check(self, url: str) -> None:
        if not same_site(self._site, url):
            raise PageUnread("redirect_elsewhere", url)
        if self._robots is not None and not self._robots.can_fetch(url, self._manners.user_agent):
            raise PageUnread("robots_forbid", url)

    async def _get(self, url: str) -> tuple[int, str, str | None, str]:
        """Return status, text, Location and content type of one answer, asked for again while the site is unwell."""
        retries = stamina.retry_context(
            on=_wait_of,
            attempts=self._manners.attempts,
            timeout=None,
            wait_initial=self._manners.patience,
            wait_max=_LONGEST_WAIT,
            wait_jitter=self._manners.patience / 2,
        )
        try:
            async for attempt in retries:
                with attempt:
                    return await self._get_once(url)
        except (_TryAgain, aiohttp.ClientError, TimeoutError) as error:
            raise PageUnread("http_status" if isinstance(error, _TryAgain) else "no_answer", url) from error
        raise PageUnread("no_answer", url)

    async def _get_once(self, url: str) -> tuple[int, str, str | None, str]:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._free_at - loop.time()))
        try:
            async with self._session.get(
                URL(url, encoded=True),
                allow_redirects=False,
                headers={"User-Agent": self._manners.user_agent, "Accept": "text/html, text/plain;q=0.5"},
                timeout=aiohttp.ClientTimeout(total=self._manners.timeout),
            ) as response:
                if response.status in {429, 500, 502, 503, 504}:
                    raise _TryAgain(_retry_after(response.headers.get("Retry-After")))
                data = await self._read(response, url)
                text = decode_text(data, response.charset)
                return response.status, text, response.headers.get("Location"), response.content_type
        finally:
            self._free_at = loop.time() + self._delay

    async def _read(self, response: aiohttp.ClientResponse, url: str) -> bytes:
        data = bytearray()
        async for chunk in response.content.iter_any():
            data += chunk
            if len(data) > self._manners.largest:
                raise PageUnread("page_too_large", url)
        return bytes(data)


def site_of(url: str) -> str:
    """Return scheme and host of an http address. Raises ValueError for any other."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _wait_of(error: Exception) -> bool | float:
    """Tell stamina whether to try again, and after how long where the site said so."""
    if isinstance(error, _TryAgain):
        return True if error.after is None else min(error.after, _LONGEST_WAIT)
    return isinstance(error, aiohttp.ClientConnectionError | aiohttp.ClientPayloadError | TimeoutError)


def _retry_after(header: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as a number or as a date."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (at - datetime.now(UTC)).total_seconds()) if at.tzinfo else None
