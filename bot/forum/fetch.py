"""The one place that asks a forum for anything: a page at a time, as robots.txt allows, and never another host.

What stands in a page is not looked at here.
"""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.forum.address import absolute, same_site, without_fragment
from bot.forum.asking import Answer, Asker, PageUnread, SiteUnwell
from bot.forum.encoding import decode_text
from bot.forum.hosts import HomeResolver, can_hold_forum
from bot.forum.manners import Manners, user_agent
from bot.forum.robots import MOST_BYTES, Rules

__all__ = ["Fetched", "Fetcher", "Manners", "PageUnread", "fetching", "site_of", "user_agent", "without_credentials"]

_MOST_REDIRECTS = 5
_MOST_UNWELL = 5
"""So many pages in a row that the site could not serve, and it is left alone."""

_CREDENTIALS = re.compile(r"\A\s*(\w+://)[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was served, and the address at which it was in the end."""

    url: str
    html: str


class Fetcher:
    """Fetches the pages of one site, one at a time, after `open`.

    A page takes at most `Manners.longest` seconds. A site that is unwell costs a few pages that long, and then none.
    """

    def __init__(self, session: aiohttp.ClientSession, site: str, manners: Manners) -> None:
        self._site = site
        self._manners = manners
        self._asker = Asker(session, manners)
        self._turn = asyncio.Lock()
        self._rules: Rules | None = None
        self._unwell = 0

    async def open(self) -> None:
        """Read robots.txt. Raises PageUnread where it can't be had: then nothing may be read (RFC 9309, 2.3.1.4).

        Where the site has none, all may be read (2.3.1.3).
        """
        address = absolute(self._site, "/robots.txt") or self._site
        async with self._turn:
            try:
                _, answer = await self._follow(self._allowed(address), MOST_BYTES)
            except SiteUnwell as error:
                raise PageUnread("robots_unread" if error.key == "http_status" else error.key, error.place) from error
            self._rules = Rules(answer.body)
            self._asker.keep_pause(self._rules.pause)

    async def fetch(self, url: str) -> Fetched:
        """Return a page, following redirects within the site. Raises PageUnread."""
        if self._rules is None:
            raise RuntimeError("robots.txt is read first: open()")
        start = self._allowed(url)
        async with self._turn:
            if self._unwell >= _MOST_UNWELL:
                raise PageUnread("forum_unwell", start)
            try:
                at, answer = await self._follow(start, self._manners.largest)
            except SiteUnwell:
                self._unwell += 1
                raise
            except PageUnread:
                self._unwell = 0
                raise
            self._unwell = 0
        return self._page(start, at, answer)

    def _page(self, start: str, at: str, answer: Answer) -> Fetched:
        if answer.leads_to is not None:
            raise PageUnread("redirect_loop", start)
        if answer.status != HTTPStatus.OK:
            gone = answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
            raise PageUnread("page_gone" if gone else "http_status", start)
        if answer.content_type not in {"text/html", "application/xhtml+xml"}:
            raise PageUnread("page_not_html", start)
        if len(answer.body) > self._manners.largest:
            raise PageUnread("page_too_large", start)
        return Fetched(at, decode_text(answer.body, answer.charset))

    async def _follow(self, url: str, most: int) -> tuple[str, Answer]:
        """Return where an address leads within the site, and the answer there: one more redirect if there are many."""
        until = asyncio.get_running_loop().time() + self._manners.longest
        answer = await self._asker.ask(url, most, until)
        for _ in range(_MOST_REDIRECTS):
            if answer.leads_to is None:
                break
            url = self._allowed(answer.leads_to)
            answer = await self._asker.ask(url, most, until)
        return url, answer

    def _allowed(self, address: str) -> str:
        """Return an address as it may be asked for. Raises PageUnread where it may not be."""
        url = without_fragment(without_credentials(address))
        if not same_site(self._site, url):
            raise PageUnread("redirect_elsewhere", url)
        if not can_hold_forum(urlsplit(url).hostname or "", public=self._manners.public):
            raise PageUnread("address_private", url)
        if self._rules is not None and not self._rules.allow(url):
            raise PageUnread("robots_forbid", url)
        return url


@asynccontextmanager
async def fetching(site: str, manners: Manners, resolver: AbstractResolver | None = None) -> AsyncGenerator[Fetcher]:
    """Yield a fetcher for a site of `site_of`, with a session of its own. Asks for nothing by itself.

    No cookie is kept, no proxy or password taken from the environment, and no host looked up but the site's own.
    """
    home = HomeResolver(URL(site).raw_host or "", resolver or aiohttp.ThreadedResolver(), public=manners.public)
    try:
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=home, limit=1), cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        ) as session:
            yield Fetcher(session, site, manners)
    finally:
        await home.close()


def site_of(url: str) -> str:
    """Return scheme and host of an http address, without credentials. Raises ValueError for any other."""
    parts = urlsplit(without_credentials(url))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(url)
    return f"{parts.scheme}://{parts.netloc}/"


def without_credentials(url: str) -> str:
    """Return an address without a user's name and password: what asks for those is not public, and they'd be logged."""
    return _CREDENTIALS.sub(r"\1", url)
