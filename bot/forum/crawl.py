"""A forum's address → all that a visitor can read there. What could not be read is said.

Only a reading in which nothing failed is `whole`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import ProgrammeReading, Trouble
from bot.errors import SourceError
from bot.forum.address import address_key, same_site, without_fragment
from bot.forum.assemble import assemble
from bot.forum.fetch import Fetched, Fetcher, Manners, PageUnread, site_of
from bot.forum.forum_lists import ForumEntry
from bot.forum.pages import ForumPage, IndexPage, OtherPage, Page, TopicPage, parse_page

Progress = Callable[[int, int, str], None]
"""Told after every page: how many are done, how many are known of, and which it was."""

_MOST_PAGES = 1000
_HARMLESS = frozenset(("page_password",))


@dataclass(slots=True)
class _Frontier:
    """What is still to be read, and what was."""

    progress: Progress
    forums: dict[str, tuple[str, ForumId | None]] = field(default_factory=dict[str, tuple[str, ForumId | None]])
    topics: dict[PostId, str] = field(default_factory=dict[PostId, str])
    pages: list[Page] = field(default_factory=list[Page])
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    done: int = 0
    extra: int = 0

    def tell(self, what: str) -> None:
        """Count a page and tell the progress."""
        self.done += 1
        self.progress(self.done, max(self.done, 1 + len(self.forums) + len(self.topics) + self.extra), what)


async def crawl(url: str, manners: Manners, progress: Progress | None = None) -> ProgrammeReading:
    """Return what a visitor can read of the forum that has this address: its index, a forum or a topic.

    The reading is `whole` where every page that the forum names was read. Raises SourceError where the address leads
    to no forum, or nobody may read it.
    """
    try:
        site = site_of(url)
    except ValueError as error:
        raise SourceError("source.not_an_address", place=url) from error
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        crawler = _Crawler(Fetcher(session, site, manners), site, _Frontier(progress or _untold))
        return await crawler.run(url)


class _Crawler:
    """Reads index, forums and topics in that order."""

    def __init__(self, fetcher: Fetcher, site: str, frontier: _Frontier) -> None:
        self._fetcher = fetcher
        self._site = site
        self._frontier = frontier
        self._started_at: dict[str, Page] = {}

    async def run(self, url: str) -> ProgrammeReading:
        """Return the reading of the forum at an address."""
        index = await self._find_index(url)
        await self._read_index(index)
        read: set[str] = set()
        while left := [key for key in self._frontier.forums if key not in read]:
            for key in left:
                read.add(key)
                await self._read_forum(*self._frontier.forums[key])
        for topic_id, address in list(self._frontier.topics.items()):
            await self._read_topic(topic_id, address)
        troubles = tuple(dict.fromkeys(self._frontier.troubles))
        whole = not any(trouble.key not in _HARMLESS for trouble in troubles)
        return assemble(self._frontier.pages, source=url, whole=whole, troubles=troubles)

    async def _find_index(self, url: str) -> IndexPage:
        """Return the forum's index, by the breadcrumb of the page that was given."""
        page = await self._first(url, with_robots=True)
        if isinstance(page, IndexPage):
            return page
        if page.head.root is None or page.head.root.url is None:
            raise SourceError("source.not_a_forum", place=url)
        index = await self._first(page.head.root.url)
        if not isinstance(index, IndexPage):
            raise SourceError("source.no_index", place=page.head.root.url)
        self._take_start(page)
        return index

    async def _first(self, url: str, *, with_robots: bool = False) -> Page:
        try:
            if with_robots:
                await self._fetcher.open()
            page = _parse(await self._fetcher.fetch(url))
        except PageUnread as error:
            raise SourceError(f"source.{error.key}", place=error.place) from error
        self._frontier.tell(url)
        return page

    def _take_start(self, page: Page) -> None:
        """Note the forum of the page that was given, which the index need not name."""
        for crumb in page.head.forums:
            self._add_forum(crumb.url, None)
        if isinstance(page, ForumPage):
            self._add_forum(page.head.base, page.forum_id)
        elif isinstance(page, TopicPage) and page.head.base:
            self._frontier.topics.setdefault(page.topic_id, page.head.base)

    async def _read_index(self, index: IndexPage) -> None:
        if not index.forums:
            self._note("index_empty", index.head.base or "")
        page: Page | None = index
        while isinstance(page, IndexPage):
            self._frontier.pages.append(page)
            self._add_forums(page.forums)
            page = await self._next(page.next_url)

    async def _read_forum(self, url: str, forum_id: ForumId | None) -> None:
        page = await self._read(url)
        seen: set[tuple[PostId, ...]] = set()
        while isinstance(page, ForumPage):
            if forum_id is not None and page.forum_id != forum_id:
                self._note("redirect_elsewhere", url)
                return
            forum_id = page.forum_id
            self._frontier.pages.append(page)
            self._add_forums(page.forums)
            for topic in page.topics:
                if topic.url and same_site(self._site, topic.url):
                    self._frontier.topics.setdefault(topic.topic_id, topic.url)
            listed = tuple(topic.topic_id for topic in page.topics)
            if listed in seen:
                return
            seen.add(listed)
            page = await self._next(page.next_url)
        if page is not None:
            self._note("page_other_kind", url)

    async def _read_topic(self, topic_id: PostId, url: str) -> None:
        page = await self._read(url)
        complete = False
        seen: set[PostId] = set()
        while isinstance(page, TopicPage):
            if page.topic_id != topic_id:
                self._note("redirect_elsewhere", url)
                return
            self._frontier.pages.append(page)
            complete = complete or page.post is not None
            news = {reply.post.post_id for reply in page.replies} - seen
            if seen and not news:
                break
            seen |= news
            page = await self._next(page.next_url)
        if page is not None and not isinstance(page, TopicPage):
            self._note("page_other_kind", url)
        elif not complete and not self._is_noted(url):
            self._note("topic_without_post", url)

    def _add_forums(self, entries: tuple[ForumEntry, ...]) -> None:
        for entry in entries:
            self._add_forum(entry.url, entry.forum_id)
            for crumb in entry.subforums:
                self._add_forum(crumb.url, None)

    def _add_forum(self, url: str | None, forum_id: ForumId | None) -> None:
        if url and same_site(self._site, url):
            key = address_key(url)
            if forum_id is not None or key not in self._frontier.forums:
                self._frontier.forums[key] = (without_fragment(url), forum_id)

    async def _next(self, url: str | None) -> Page | None:
        if url is None or self._frontier.done >= _MOST_PAGES:
            return None
        self._frontier.extra += 1
        return await self._read(url)

    async def _read(self, url: str) -> Page | None:
        """Return a page that holds something; of any other it is noted why not."""
        try:
            page = _parse(await self._fetcher.fetch(url))
        except PageUnread as error:
            self._note(error.key, url)
            return None
        finally:
            self._frontier.tell(url)
        if isinstance(page, OtherPage):
            self._note(page.reason, url)
            return None
        return page

    def _note(self, key: str, place: str) -> None:
        self._frontier.troubles.append(Trouble(key, place))

    def _is_noted(self, place: str) -> bool:
        return any(trouble.place == place for trouble in self._frontier.troubles)


def _untold(_done: int, _known: int, _what: str) -> None:
    """Take a progress that nobody asked for."""


def _parse(fetched: Fetched) -> Page:
    if "</html>" not in fetched.html[-2000:].lower():
        raise PageUnread("page_truncated", fetched.url)
    return parse_page(fetched.html, fetched.url)
