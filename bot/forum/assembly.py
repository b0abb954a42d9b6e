"""Many parsed pages → one reading of the programme. Pages may come in any order, twice, or in part.

Posts go into a spool as their page comes, so that only lists and heads stay in memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import (
    ForumReading,
    OutlinedTopics,
    PostReading,
    ProgrammeReading,
    ReplyReading,
    Sticky,
    TopicHead,
    TopicReading,
)
from bot.forum.choosing import Choice, chosen, with_parents
from bot.forum.forum_lists import TopicEntry
from bot.forum.gathering import Forums
from bot.forum.packing import pack, unpack
from bot.forum.page_head import PageHead, most_said
from bot.forum.pages import ForumPage, IndexPage, OtherPage, Page, TopicPage
from bot.forum.spool import Slip, Spool


def assemble(pages: Iterable[Page]) -> ProgrammeReading:
    """Return the reading of a few pages."""
    assembly = Assembly()
    for page in pages:
        assembly.add(page)
    return assembly.finish()


@dataclass(slots=True)
class _Topic:
    """What the pages together say of one topic, its posts apart. `head` is that of the page that tells its forum."""

    topic_id: PostId
    title: str = ""
    home: ForumId | None = None
    closed: bool | None = None
    complete: bool = False
    head: PageHead | None = None
    slips: list[Slip] = field(default_factory=list[Slip])
    replies: set[PostId] = field(default_factory=set[PostId])


class Assembly:
    """Takes pages as they come. Of a post that comes twice the first one counts, and a page's before a copy's."""

    def __init__(self) -> None:
        self._spool: Spool = Spool()
        self._lists: list[IndexPage | ForumPage] = []
        self._topics: dict[PostId, _Topic] = {}
        self._titles: list[str | None] = []
        self.posts = 0

    def add(self, page: Page) -> None:
        """Take a page in."""
        if isinstance(page, OtherPage):
            return
        self._titles.append(page.head.site_title)
        if isinstance(page, TopicPage):
            self._add_topic(page)
        else:
            self._lists.append(page)

    def _add_topic(self, page: TopicPage) -> None:
        topic = self._topics.setdefault(page.topic_id, _Topic(page.topic_id))
        topic.slips.append(self._spool.put(pack(page.post, page.replies)))
        topic.replies.update(reply.post.post_id for reply in page.replies)
        topic.title = topic.title or page.title
        topic.closed = page.closed if topic.closed is None else topic.closed
        topic.complete = topic.complete or page.post is not None
        if topic.head is None or (topic.home is None and page.forum_id is not None):
            topic.home, topic.head = page.forum_id, page.head
        self.posts += len(page.replies) + (page.post is not None)

    def forums(self) -> Forums:
        """Return what the lists say of the forums so far."""
        forums = Forums()
        for page in sorted(self._lists, key=lambda page: isinstance(page, ForumPage)):
            forums.take_lists(page)
        return forums

    def chosen(self, choice: Choice) -> frozenset[ForumId | None]:
        """Return the ids of the forums whose topics are wanted, as far as the lists tell by now."""
        return chosen(self.forums().readings(), choice)

    def finish(self, copies: Iterable[ProgrammeReading] = (), choice: Choice | None = None) -> ProgrammeReading:
        """Return the reading: forums depth-first as the index lists them, topics by forum and post id."""
        forums = self.forums()
        titles: dict[PostId, str] = {}
        for topic in self._topics.values():
            if topic.head is not None:
                titles[topic.topic_id] = forums.take_home(topic.home, topic.head)
        listed = forums.readings()
        topics = [topic for topic in self._topics.values() if topic.complete]
        if choice is not None:
            taken = chosen(listed, choice)
            listed = with_parents(listed, taken)
            topics = [topic for topic in topics if topic.home in taken]
        homes = {topic.topic_id: forums.title(topic.home) or titles[topic.topic_id] for topic in topics}
        shown = _Shown(self._spool, topics, homes, self._entries())
        copied = tuple(copies)
        title = most_said(self._titles) or most_said(copy.title for copy in copied)
        if copied:
            return _with_copies(ProgrammeReading(title, listed, shown), copied)
        return ProgrammeReading(title, listed, shown.in_order(listed))

    def _entries(self) -> dict[PostId, TopicEntry]:
        entries: dict[PostId, TopicEntry] = {}
        for page in self._lists:
            for entry in page.topics if isinstance(page, ForumPage) else ():
                entries.setdefault(entry.topic_id, entry)
        return entries


class _Shown(OutlinedTopics):
    """The topics of a reading, each put together when it is asked for."""

    def __init__(
        self,
        spool: Spool,
        topics: Sequence[_Topic],
        homes: Mapping[PostId, str],
        entries: Mapping[PostId, TopicEntry],
    ) -> None:
        self._spool = spool
        self._topics = topics
        self._homes = homes
        self._entries = entries

    def __len__(self) -> int:
        return len(self._topics)

    def __contains__(self, topic: object) -> bool:
        return any(topic == each for each in self)

    def __iter__(self) -> Iterator[TopicReading]:
        return map(self._reading, self._topics)

    def __repr__(self) -> str:
        return repr(tuple(self))

    @property
    def heads(self) -> Sequence[TopicHead]:
        """The topics without their text."""
        return [
            TopicHead(each.topic_id, each.title, each.home, self._homes[each.topic_id], tuple(sorted(each.replies)))
            for each in self._topics
        ]

    def in_order(self, forums: Sequence[ForumReading]) -> "_Shown":
        """Return the same topics by their place among these forums, and by their ids."""
        places = {(forum.forum_id, forum.title): index for index, forum in enumerate(forums)}

        def place(topic: _Topic) -> tuple[int, PostId]:
            return places.get((topic.home, self._homes[topic.topic_id]), len(places)), topic.topic_id

        return _Shown(self._spool, sorted(self._topics, key=place), self._homes, self._entries)

    def _reading(self, topic: _Topic) -> TopicReading:
        found: PostReading | None = None
        replies: dict[PostId, ReplyReading] = {}
        for slip in topic.slips:
            post, read = unpack(self._spool.get(slip))
            found = found or post
            for reply in read:
                replies.setdefault(reply.post.post_id, reply)
        if found is None:
            raise LookupError(topic.topic_id)
        entry = self._entries.get(topic.topic_id)
        sticky: Sticky | None = entry.sticky if entry else None
        closed = topic.closed if topic.closed is not None else (entry.closed if entry else None)
        in_order = tuple(replies[post_id] for post_id in sorted(replies))
        return TopicReading(found, topic.title, topic.home, self._homes[topic.topic_id], sticky, closed, in_order)


def _with_copies(pages: ProgrammeReading, copies: Sequence[ProgrammeReading]) -> ProgrammeReading:
    """Add what only text copies have, in the forum of the same title where there is exactly one."""
    known: dict[str, list[ForumReading]] = {}
    for forum in pages.forums:
        known.setdefault(forum.title, []).append(forum)
    topics = list(pages.topics)
    have = {topic.post.post_id for topic in topics}
    forums = list(pages.forums)
    for copy in copies:
        for forum in copy.forums:
            if forum.title not in known:
                known[forum.title] = [forum]
                forums.append(forum)
        for topic in copy.topics:
            if topic.post.post_id not in have:
                have.add(topic.post.post_id)
                homes = known[topic.forum_title]
                topics.append(replace(topic, forum_id=homes[0].forum_id if len(homes) == 1 else None))
    places = {(forum.forum_id, forum.title): index for index, forum in enumerate(forums)}
    topics.sort(key=lambda topic: (places.get((topic.forum_id, topic.forum_title), len(places)), topic.post.post_id))
    return replace(pages, forums=tuple(forums), topics=tuple(topics))
