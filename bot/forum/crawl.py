"""A forum's address → all that a visitor can read there, or what changed. What could not be read is said.

Only a reading in which nothing failed is `whole`. What comes of a reading is not decided here.
"""

from dataclasses import replace

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import LastSeen, Listing, PassKind, ProgrammeReading, Sticky
from bot.errors import SourceError
from bot.forum.address import address_key, same_site, without_fragment
from bot.forum.assembly import Assembly
from bot.forum.choosing import Choice
from bot.forum.fetch import Manners, fetching, site_of, without_credentials
from bot.forum.forum_lists import ForumEntry, TopicEntry
from bot.forum.listings import mark_of
from bot.forum.page_reader import PageReader, SiteUnwell
from bot.forum.pages import ForumPage, IndexPage, OtherPage, Page, TopicPage
from bot.forum.progress import Progress, untold
from bot.forum.roots import candidates

_PROTECTED = frozenset(("page_password", "page_not_public"))
"""What everybody is told they may not read: nothing is missing for it, and nothing of it is kept."""


async def crawl(
    url: str,
    manners: Manners,
    progress: Progress = untold,
    *,
    choice: Choice | None = None,
    known: LastSeen | None = None,
) -> ProgrammeReading:
    """Return what a visitor can read of the forum that has this address: its index, a forum or a topic.

    With what is known it is a quick pass: the lists, and only topics of which they show something else than before.
    Raises SourceError where the address leads to no forum, or nobody may read it.
    """
    url = without_credentials(url)
    try:
        site = site_of(url)
    except ValueError as error:
        raise SourceError("source.not_an_address", place=url) from error
    async with fetching(site, manners) as fetcher:
        return await _Crawler(PageReader(fetcher, progress), site, choice or Choice(), known).run(url)


class _Crawler:
    """Reads index, forums and topics in that order, one page at a time."""

    def __init__(self, reader: PageReader, site: str, choice: Choice, known: LastSeen | None) -> None:
        self._reader = reader
        self._site = site
        self._choice = choice
        self._known = known
        self._assembly = Assembly()
        self._forums: dict[str, tuple[str, ForumId | None]] = {}
        self._start: TopicEntry | None = None
        self._names: set[str] = set()
        self._entries: dict[PostId, TopicEntry] = {}
        self._listed: dict[PostId, Listing] = {}

    async def run(self, url: str) -> ProgrammeReading:
        """Return the reading of the forum at an address."""
        index = await self._find_index(url)
        root = index.head.base
        try:
            await self._read_index(index)
            await self._read_forums()
            for name in self._choice.unknown(self._names):
                self._reader.note("forum_unknown", name)
            if self._forums and not self._assembly.chosen(self._choice):
                raise SourceError("source.none_chosen")
            await self._read_topics()
        except SiteUnwell:
            pass
        reading = self._assembly.finish(choice=self._choice)
        kind = PassKind.QUICK if self._known else PassKind.FULL
        troubles = tuple(self._reader.troubles)
        whole = all(trouble.key in _PROTECTED for trouble in troubles)
        return replace(
            reading,
            source=url,
            whole=whole,
            troubles=troubles,
            kind=kind,
            listed=self._listed,
            root=root,
            pages=self._reader.done,
        )

    # Where it begins.

    async def _find_index(self, url: str) -> IndexPage:
        """Return the forum's index: where it was before, else by the breadcrumb of the page given, else nearby."""
        await self._reader.open()
        if self._known and self._known.root and same_site(self._site, self._known.root):
            page = await self._reader.perhaps(self._known.root)
            if isinstance(page, IndexPage):
                return page
        page = await self._reader.first(url)
        if isinstance(page, IndexPage):
            return page
        root = page.head.root.url if page.head.root else None
        if isinstance(page, OtherPage) and root is None:
            raise SourceError("source.not_a_forum", place=url)
        self._take_start(page, url)
        for address in [root] if root else candidates(url):
            index = await self._reader.perhaps(address)
            if isinstance(index, IndexPage):
                return index
        raise SourceError("source.no_index", place=root or url)

    def _take_start(self, page: Page, url: str) -> None:
        """Note the forum of the page that was given, which the index need not name."""
        for crumb in page.head.forums:
            self._add_forum(crumb.title, crumb.url, None)
        if isinstance(page, ForumPage):
            self._add_forum(page.title, page.head.base, page.forum_id)
        elif isinstance(page, TopicPage):
            address = page.head.base or url
            self._start = TopicEntry(page.topic_id, page.title, address, Sticky.NO, False, page.forum_id)
        self._reader.keep(page, url)

    # The lists.

    async def _read_index(self, index: IndexPage) -> None:
        if not index.forums:
            self._reader.note("index_empty", index.head.base or "")
        page: Page | None = index
        while isinstance(page, IndexPage):
            self._assembly.add(page)
            self._add_forums(page.forums)
            page = await self._reader.following(page, index.head.base or "")

    async def _read_forums(self) -> None:
        read: set[str] = set()
        while left := [key for key in self._forums if key not in read]:
            for key in left:
                read.add(key)
                await self._read_forum(*self._forums[key])

    async def _read_forum(self, url: str, forum_id: ForumId | None) -> None:
        seen: set[tuple[PostId, ...]] = set()
        async for page in self._reader.pages(url):
            if not isinstance(page, ForumPage):
                self._reader.note("page_other_kind", url)
                return
            if forum_id is not None and page.forum_id != forum_id:
                self._reader.note("redirect_elsewhere", url)
                return
            forum_id = page.forum_id
            self._names |= self._choice.naming(forum_id, page.title, url)
            if self._choice.leaves_out(forum_id, page.title, url):
                return
            self._assembly.add(page)
            self._add_forums(page.forums)
            for entry in page.topics:
                here = entry if entry.forum_id is not None else replace(entry, forum_id=forum_id)
                self._entries.setdefault(entry.topic_id, here)
            listed = tuple(topic.topic_id for topic in page.topics)
            if listed and listed in seen:  # a cache that ignores the address, say: what else there is was not shown
                self._reader.note("paging_loop", url)
                return
            seen.add(listed)

    def _add_forums(self, entries: tuple[ForumEntry, ...]) -> None:
        for entry in entries:
            if self._add_forum(entry.title, entry.url, entry.forum_id):
                for crumb in entry.subforums:
                    self._add_forum(crumb.title, crumb.url, None)

    def _add_forum(self, title: str, url: str | None, forum_id: ForumId | None) -> bool:
        """Put a forum on the list of what to read, and tell whether it is wanted at all."""
        self._names |= self._choice.naming(forum_id, title, url)
        if self._choice.leaves_out(forum_id, title, url):
            return False
        if url and self._is_here(url):
            key = address_key(url)
            if forum_id is not None or key not in self._forums:
                self._forums[key] = (without_fragment(url), forum_id)
                self._reader.ahead = max(self._reader.ahead, 1 + len(self._forums))
        return True

    def _is_here(self, url: str) -> bool:
        """Tell whether an address is on the forum's own host; of one that is not it is noted, for it is not read."""
        here = same_site(self._site, url)
        if not here:
            self._reader.note("listed_elsewhere", url)
        return here

    # The topics.

    async def _read_topics(self) -> None:
        if self._start is not None:
            self._entries.setdefault(self._start.topic_id, self._start)
        wanted = self._assembly.chosen(self._choice)
        todo = [entry for entry in self._entries.values() if entry.forum_id in wanted]
        changed = [entry for entry in todo if not self._is_unchanged(entry)]
        self._reader.ahead = self._reader.done + len(changed) - self._reader.kept
        for entry in changed:
            if entry.url and self._is_here(entry.url):
                await self._read_topic(entry, entry.url)

    def _is_unchanged(self, entry: TopicEntry) -> bool:
        """Tell whether the lists show of a topic what they showed when it was read, and note that it is listed."""
        before = self._known.listed.get(entry.topic_id) if self._known else None
        if before is None or before.mark != mark_of(entry):
            return False
        self._listed[entry.topic_id] = before
        return True

    async def _read_topic(self, entry: TopicEntry, url: str) -> None:
        before = len(self._reader.troubles)
        complete = False
        seen: set[PostId] = set()
        async for page in self._reader.pages(url):
            if not isinstance(page, TopicPage) or page.topic_id != entry.topic_id:
                self._reader.note("redirect_elsewhere" if isinstance(page, TopicPage) else "page_other_kind", url)
                break
            self._assembly.add(page)
            complete = complete or page.post is not None
            news = {reply.post.post_id for reply in page.replies} - seen
            if seen and not news:
                self._reader.note("paging_loop", url)
                break
            seen |= news
        failures = self._reader.troubles[before:]
        if not complete and not failures:
            self._reader.note("topic_without_post", url)
        elif all(trouble.key in _PROTECTED for trouble in failures):
            self._listed[entry.topic_id] = Listing(mark_of(entry), protected=bool(failures))
