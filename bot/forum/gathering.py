"""What many pages together say of the forums: their ids, titles, parents and order. Topics are not its business."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.ids import ForumId
from bot.domain.reading import ForumReading
from bot.forum.address import address_key
from bot.forum.forum_lists import ForumEntry
from bot.forum.page_head import Crumb, PageHead
from bot.forum.pages import ForumPage, IndexPage


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


class Forums:
    """Gathers forums, from an index first, then from forum pages, then from the heads of topic pages."""

    def __init__(self) -> None:
        self._forums: dict[ForumId, _Forum] = {}
        self._order: list[ForumId] = []
        self._nameless: dict[str, ForumReading] = {}
        self._ids: dict[str, ForumId] = {}

    def take_lists(self, page: IndexPage | ForumPage) -> None:
        """Take in what an index or a forum's page says of forums."""
        if isinstance(page, ForumPage):
            forum = self._forum(page.forum_id, page.head.base)
            forum.title = page.title or forum.title
            forum.closed = page.closed if page.closed is not None else forum.closed
            self._take_ancestors(forum, page.head.forums)
        for entry in page.forums:
            self._take_entry(entry)

    def take_home(self, forum_id: ForumId | None, head: PageHead) -> str:
        """Take in what a topic's page says of the forum it stands in; return that forum's title where it has no id."""
        above = head.forums
        if forum_id is None:
            return self._take_nameless(above or (Crumb(head.root.title if head.root else "", None),))
        forum = self._forum(forum_id, above[-1].url if above else None)
        forum.title = forum.title or (above[-1].title if above else head.root.title if head.root else "")
        self._take_ancestors(forum, above[:-1])
        return ""

    def title(self, forum_id: ForumId | None) -> str | None:
        """Return the title of a forum that was gathered, else None."""
        forum = self._forums.get(forum_id) if forum_id is not None else None
        return forum.title if forum else None

    def readings(self) -> tuple[ForumReading, ...]:
        """Return the forums depth-first: as lists name them, those that no list names after them by id."""
        unseen = [forum for key, forum in self._nameless.items() if key not in self._ids]
        return (*unseen, *(self._reading(forum_id) for forum_id in self._depth_first()))

    def _take_entry(self, entry: ForumEntry) -> None:
        forum = self._forum(entry.forum_id, entry.url)
        if entry.forum_id not in self._order:
            self._order.append(entry.forum_id)
        forum.title = forum.title or entry.title
        forum.closed = entry.closed
        forum.description = forum.description or entry.description
        forum.parent_id = forum.parent_id or entry.parent_id

    def _forum(self, forum_id: ForumId, url: str | None) -> _Forum:
        forum = self._forums.setdefault(forum_id, _Forum(forum_id))
        forum.url = forum.url or url
        if url:
            self._ids.setdefault(address_key(url), forum_id)
        return forum

    def _take_ancestors(self, forum: _Forum, above: tuple[Crumb, ...]) -> None:
        """Hang a forum under the last of the forums above it, by id where some page gave it, else by title."""
        if forum.parent_id is not None or not above:
            return
        forum.parent_id = self._ids.get(address_key(above[-1].url or ""))
        if forum.parent_id is None:
            forum.parent_title = self._take_nameless(above)

    def _take_nameless(self, chain: tuple[Crumb, ...]) -> str:
        """Note forums that are known by their titles only, and return the last one's title."""
        parent: str | None = None
        for crumb in chain:
            key = address_key(crumb.url or crumb.title)
            if key not in self._ids:
                self._nameless.setdefault(key, ForumReading(None, crumb.title, url=crumb.url, parent_title=parent))
            parent = crumb.title
        return chain[-1].title

    def _depth_first(self) -> Iterator[ForumId]:
        children: dict[ForumId | None, list[ForumId]] = {}
        for forum_id in [*self._order, *sorted(set(self._forums) - set(self._order))]:
            children.setdefault(self._parent_of(forum_id), []).append(forum_id)
        waiting = list(reversed(children.get(None, [])))
        seen: set[ForumId] = set()
        while waiting:
            forum_id = waiting.pop()
            seen.add(forum_id)
            yield forum_id
            waiting.extend(child for child in reversed(children.get(forum_id, [])) if child not in seen)

    def _parent_of(self, forum_id: ForumId) -> ForumId | None:
        """Return the parent if it is among the forums and is not the forum's own descendant."""
        parent = above = self._forums[forum_id].parent_id
        walked = {forum_id}
        while above is not None and above in self._forums:
            if above in walked:
                return None
            walked.add(above)
            above = self._forums[above].parent_id
        return parent if parent in self._forums else None

    def _reading(self, forum_id: ForumId) -> ForumReading:
        forum = self._forums[forum_id]
        parent = self._parent_of(forum_id)
        title = forum.parent_title if parent is None else self._forums[parent].title
        return ForumReading(forum_id, forum.title, parent, forum.closed, forum.description, forum.url, title)
