"""Many parsed pages → one reading of the programme. Pages may come in any order, twice, or in part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import ForumReading, PostReading, ProgrammeReading, ReplyReading, Sticky, TopicReading, Trouble
from bot.forum.address import address_key
from bot.forum.forum_lists import ForumEntry, TopicEntry
from bot.forum.page_head import Crumb, PageHead, most_said
from bot.forum.pages import ForumPage, IndexPage, Page, TopicPage


@dataclass(slots=True)
class _Forum:
    """What the pages together say of one forum."""

    forum_id: ForumId
    title: str = ""
    url: str | None = None
    closed: bool | None = None
    description: str | None = None
    parent_id: ForumId | None = None
    parent_title: str | None = None


@dataclass(slots=True)
class _Topic:
    """What the pages together say of one topic."""

    topic_id: PostId
    title: str = ""
    home: ForumId | None = None
    home_title: str = ""
    closed: bool | None = None
    post: PostReading | None = None
    replies: dict[PostId, ReplyReading] = field(default_factory=dict[PostId, ReplyReading])


@dataclass(slots=True)
class _Gathering:
    """All that was found so far, by id; `order` is the order in which lists name forums."""

    forums: dict[ForumId, _Forum] = field(default_factory=dict[ForumId, _Forum])
    order: list[ForumId] = field(default_factory=list[ForumId])
    nameless: dict[str, ForumReading] = field(default_factory=dict[str, ForumReading])
    topics: dict[PostId, _Topic] = field(default_factory=dict[PostId, _Topic])
    entries: dict[PostId, TopicEntry] = field(default_factory=dict[PostId, TopicEntry])
    ids: dict[str, ForumId] = field(default_factory=dict[str, ForumId])


def assemble(
    pages: Iterable[Page],
    copies: Iterable[ProgrammeReading] = (),
    *,
    source: str | None = None,
    whole: bool = False,
    troubles: tuple[Trouble, ...] = (),
) -> ProgrammeReading:
    """Return one reading of all pages and text copies: forums depth-first as the index lists them, topics by post id.

    Of a post that comes twice the first one counts, and a page's before a copy's.
    """
    given = sorted(pages, key=_rank)
    copied = tuple(copies)
    found = _Gathering()
    for page in given:
        _take_lists(page, found)
    for page in given:
        if isinstance(page, TopicPage):
            _take_topic(page, found)
    forums = tuple(_ordered(found))
    topics = [_topic_reading(topic, found) for topic in found.topics.values() if topic.post is not None]
    forums, topics = _with_copies(forums, topics, copied)
    places = {(forum.forum_id, forum.title): index for index, forum in enumerate(forums)}
    topics.sort(key=lambda topic: (_place(topic, places), topic.post.post_id))
    title = most_said(page.head.site_title for page in given) or most_said(copy.title for copy in copied)
    return ProgrammeReading(title, forums, tuple(topics), whole, source, troubles)


def _rank(page: Page) -> int:
    return 0 if isinstance(page, IndexPage) else 1 if isinstance(page, ForumPage) else 2


def _place(topic: TopicReading, places: dict[tuple[ForumId | None, str], int]) -> int:
    return places.get((topic.forum_id, topic.forum_title), len(places))


def _take_lists(page: Page, found: _Gathering) -> None:
    if isinstance(page, ForumPage):
        _take_forum_page(page, found)
    if isinstance(page, IndexPage | ForumPage):
        for entry in page.forums:
            _take_forum_entry(entry, found)
    if isinstance(page, ForumPage):
        for topic in page.topics:
            found.entries.setdefault(topic.topic_id, topic)


def _take_forum_entry(entry: ForumEntry, found: _Gathering) -> None:
    forum = _forum(found, entry.forum_id, entry.url)
    if entry.forum_id not in found.order:
        found.order.append(entry.forum_id)
    forum.title = forum.title or entry.title
    forum.closed = entry.closed
    forum.description = forum.description or entry.description
    forum.parent_id = forum.parent_id or entry.parent_id


def _take_forum_page(page: ForumPage, found: _Gathering) -> None:
    forum = _forum(found, page.forum_id, page.head.base)
    forum.title = page.title or forum.title
    forum.closed = page.closed if page.closed is not None else forum.closed
    _take_ancestors(forum, page.head.forums, found)


def _take_topic(page: TopicPage, found: _Gathering) -> None:
    topic = found.topics.setdefault(page.topic_id, _Topic(page.topic_id))
    topic.title = topic.title or page.title
    topic.closed = page.closed if topic.closed is None else topic.closed
    topic.post = topic.post or page.post
    for reply in page.replies:
        topic.replies.setdefault(reply.post.post_id, reply)
    if page.forum_id is not None:
        topic.home = page.forum_id
        above = page.head.forums
        forum = _forum(found, page.forum_id, above[-1].url if above else None)
        forum.title = forum.title or (above[-1].title if above else _root_title(page.head))
        _take_ancestors(forum, above[:-1], found)
    elif not topic.home_title:
        topic.home_title = _nameless_home(page.head, found)


def _root_title(head: PageHead) -> str:
    return head.root.title if head.root else ""


def _forum(found: _Gathering, forum_id: ForumId, url: str | None) -> _Forum:
    forum = found.forums.setdefault(forum_id, _Forum(forum_id))
    forum.url = forum.url or url
    if url:
        found.ids.setdefault(address_key(url), forum_id)
    return forum


def _take_ancestors(forum: _Forum, above: tuple[Crumb, ...], found: _Gathering) -> None:
    """Hang a forum under the last of the forums above it, by id where some page gave it, else by title."""
    if forum.parent_id is not None or not above:
        return
    forum.parent_id = found.ids.get(address_key(above[-1].url or ""))
    if forum.parent_id is None:
        forum.parent_title = _nameless(above, found)


def _nameless(chain: tuple[Crumb, ...], found: _Gathering) -> str:
    """Note forums that are known by their titles only, and return the last one's title."""
    parent: str | None = None
    for crumb in chain:
        key = address_key(crumb.url or crumb.title)
        if key not in found.ids:
            found.nameless.setdefault(key, ForumReading(None, crumb.title, url=crumb.url, parent_title=parent))
        parent = crumb.title
    return chain[-1].title


def _nameless_home(head: PageHead, found: _Gathering) -> str:
    return _nameless(head.forums or (Crumb(_root_title(head), None),), found)


def _ordered(found: _Gathering) -> Iterator[ForumReading]:
    """Yield the forums depth-first: as lists name them, those that no list names after them by id."""
    ids = [*found.order, *sorted(set(found.forums) - set(found.order))]
    unseen = {key: forum for key, forum in found.nameless.items() if key not in found.ids}
    yield from unseen.values()
    children: dict[ForumId | None, list[ForumId]] = {}
    for forum_id in ids:
        parent = _parent_of(found.forums[forum_id], found)
        children.setdefault(parent, []).append(forum_id)
    waiting = list(reversed(children.get(None, [])))
    seen: set[ForumId] = set()
    while waiting:
        forum_id = waiting.pop()
        seen.add(forum_id)
        yield _forum_reading(found.forums[forum_id], found)
        waiting.extend(child for child in reversed(children.get(forum_id, [])) if child not in seen)


def _parent_of(forum: _Forum, found: _Gathering) -> ForumId | None:
    """Return the parent if it is among the forums and is not the forum's own descendant."""
    above = forum.parent_id
    walked = {forum.forum_id}
    while above is not None and above in found.forums:
        if above in walked:
            return None
        walked.add(above)
        above = found.forums[above].parent_id
    return forum.parent_id if forum.parent_id in found.forums else None


def _forum_reading(forum: _Forum, found: _Gathering) -> ForumReading:
    parent = _parent_of(forum, found)
    return ForumReading(
        forum.forum_id,
        forum.title,
        parent,
        forum.closed,
        forum.description,
        forum.url,
        found.forums[parent].title if parent is not None else forum.parent_title,
    )


def _topic_reading(topic: _Topic, found: _Gathering) -> TopicReading:
    if topic.post is None:
        raise ValueError(topic.topic_id)
    entry = found.entries.get(topic.topic_id)
    home = topic.home if topic.home in found.forums else None
    sticky: Sticky | None = entry.sticky if entry else None
    closed = topic.closed if topic.closed is not None else (entry.closed if entry else None)
    replies = sorted(topic.replies.values(), key=lambda reply: reply.post.post_id)
    title = found.forums[home].title if home is not None else topic.home_title
    return TopicReading(topic.post, topic.title, home, title, sticky, closed, tuple(replies))


def _with_copies(
    forums: tuple[ForumReading, ...], topics: list[TopicReading], copies: tuple[ProgrammeReading, ...]
) -> tuple[tuple[ForumReading, ...], list[TopicReading]]:
    """Add what only text copies have, in the forum of the same title where there is exactly one."""
    known: dict[str, list[ForumReading]] = {}
    for forum in forums:
        known.setdefault(forum.title, []).append(forum)
    have = {topic.post.post_id for topic in topics}
    added: list[ForumReading] = []
    for copy in copies:
        for forum in copy.forums:
            if forum.title not in known:
                known[forum.title] = [forum]
                added.append(forum)
        for topic in copy.topics:
            if topic.post.post_id not in have:
                have.add(topic.post.post_id)
                homes = known[topic.forum_title]
                topics.append(replace(topic, forum_id=homes[0].forum_id if len(homes) == 1 else None))
    return (*forums, *added), topics
