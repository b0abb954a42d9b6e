"""Pages of one site, fetched, parsed and counted, one at a time; of what could not be read it is noted why.

Which pages to read is not decided here.
"""

from collections.abc import AsyncIterator, Sequence

from bot.domain.reading import Trouble
from bot.errors import SourceError
from bot.forum.address import address_key
from bot.forum.fetch import Fetched, Fetcher, PageUnread
from bot.forum.pages import OtherPage, Page, TopicPage, parse_page
from bot.forum.progress import Progress, Step

_MOST_PAGES = 20_000
_MOST_OF_ONE = 500
"""The most pages that one topic is followed over: pages that are made up as they are asked for never end."""


class SiteUnwell(Exception):  # noqa: N818 - it says what happened
    """The site serves nothing any more: the rest of it is to be left alone."""


class PageReader:
    """Reads pages and tells the progress. `ahead` is how many pages are known of; whoever learns of more raises it."""

    def __init__(self, fetcher: Fetcher, progress: Progress) -> None:
        self._fetcher = fetcher
        self._progress = progress
        self._troubles: dict[Trouble, None] = {}
        self._kept: dict[str, Page] = {}
        self._passed: dict[str, set[str]] = {}
        self._posts = 0
        self.ahead = 1
        self.done = 0

    @property
    def troubles(self) -> Sequence[Trouble]:
        """What could not be read so far, each once."""
        return tuple(self._troubles)

    @property
    def kept(self) -> int:
        """How many pages are at hand that need not be fetched any more."""
        return len(self._kept)

    def note(self, key: str, place: str) -> None:
        """Note that something could not be read."""
        self._troubles[Trouble(key, place)] = None

    def keep(self, page: Page, url: str) -> None:
        """Keep a page that was fetched for another end, so that it is not asked for again."""
        self._kept[address_key(page.head.base or url)] = page

    async def open(self) -> None:
        """Read what the site allows. Raises `SourceError`."""
        try:
            await self._fetcher.open()
        except PageUnread as error:
            raise SourceError(f"source.{error.key}", place=error.place) from error

    async def first(self, url: str) -> Page:
        """Return a page without which nothing can be read. Raises `SourceError`."""
        try:
            page = _parsed(await self._fetcher.fetch(url))
        except PageUnread as error:
            raise SourceError(f"source.{error.key}", place=error.place) from error
        self._tell(url, page)
        return page

    async def perhaps(self, url: str) -> Page | None:
        """Return a page if it can be read; nothing is the matter if not."""
        try:
            return await self.first(url)
        except SourceError:
            return None

    async def pages(self, url: str) -> AsyncIterator[Page]:
        """Yield the pages of a forum or topic, one after the other. Of what leads back to itself it is noted."""
        page = await self._read(url)
        while page is not None:
            yield page
            page = await self.following(page, url)

    async def following(self, page: Page, url: str) -> Page | None:
        """Return the page after one of those that begin at an address, if there is one and it can be read."""
        onward = None if isinstance(page, OtherPage) else page.next_url
        if onward is None:
            return None
        passed = self._passed.setdefault(address_key(url), {address_key(url)})
        if len(passed) >= _MOST_OF_ONE and isinstance(page, TopicPage):
            self.note("too_many_pages", url)
            return None
        if address_key(onward) in passed:
            self.note("paging_loop", url)
            return None
        passed.add(address_key(onward))
        self.ahead += 1
        return await self._read(onward)

    async def _read(self, url: str) -> Page | None:
        if kept := self._kept.pop(address_key(url), None):
            return kept
        if self.done >= _MOST_PAGES:
            self.note("too_many_pages", url)
            return None
        page: Page | None = None
        try:
            page = _parsed(await self._fetcher.fetch(url))
        except PageUnread as error:
            self.note(error.key, url)
            if error.key == "forum_unwell":
                raise SiteUnwell from error
        finally:
            self._tell(url, page)
        if isinstance(page, OtherPage):
            self.note(page.reason, url)
            return None
        return page

    def _tell(self, place: str, page: Page | None) -> None:
        """Count a page and tell the progress."""
        self.done += 1
        if isinstance(page, TopicPage):
            self._posts += len(page.replies) + (page.post is not None)
        self._progress(Step(self.done, max(self.done, self.ahead), self._posts, place))


def _parsed(fetched: Fetched) -> Page:
    if "</html>" not in fetched.html[-2000:].lower():
        raise PageUnread("page_truncated", fetched.url)
    return parse_page(fetched.html, fetched.url)
