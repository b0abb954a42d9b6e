"""Which forums are read: all of them, or those that the settings name by id, by slug or by title. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bot.domain.ids import ForumId
from bot.domain.reading import ForumReading
from bot.domain.text import normalise


@dataclass(frozen=True, slots=True)
class Choice:
    """Forums to read and forums to leave out; their sub-forums go with them. No `include` means: all."""

    include: Collection[str] = ()
    exclude: Collection[str] = ()

    def leaves_out(self, forum_id: ForumId | None, title: str, url: str | None) -> bool:
        """Tell whether a forum is left out by name, whatever it stands in."""
        return bool(_names(forum_id, title, url) & _folded(self.exclude))

    def takes(self, forum_id: ForumId | None, title: str, url: str | None) -> bool:
        """Tell whether a forum is taken by name, whatever it stands in."""
        return not self.include or bool(_names(forum_id, title, url) & _folded(self.include))

    def naming(self, forum_id: ForumId | None, title: str, url: str | None) -> frozenset[str]:
        """Return which of the names that the settings give are this forum's, as they stand there."""
        own = _names(forum_id, title, url)
        return frozenset(name for name in (*self.include, *self.exclude) if _fold(name) in own)

    def unknown(self, found: Collection[str]) -> list[str]:
        """Return the names that no forum has, given those that some forum has."""
        return [name for name in dict.fromkeys((*self.include, *self.exclude)) if name not in found]


def chosen(forums: Sequence[ForumReading], choice: Choice) -> frozenset[ForumId | None]:
    """Return the ids of the forums whose topics are read. Parents must stand before their children."""
    taken: set[ForumId | None] = set()
    left_out: set[ForumId | None] = set()
    for forum in forums:
        parent = forum.parent_id
        if choice.leaves_out(forum.forum_id, forum.title, forum.url) or (parent is not None and parent in left_out):
            left_out.add(forum.forum_id)
        elif choice.takes(forum.forum_id, forum.title, forum.url) or (parent is not None and parent in taken):
            taken.add(forum.forum_id)
    return frozenset(taken)


def with_parents(forums: Sequence[ForumReading], taken: Collection[ForumId | None]) -> tuple[ForumReading, ...]:
    """Return the forums that are taken, and those above them, in the order given."""
    parents = {forum.forum_id: forum.parent_id for forum in forums}
    wanted: set[ForumId | None] = set(taken)
    for forum_id in taken:
        above = parents.get(forum_id)
        while above is not None and above not in wanted:
            wanted.add(above)
            above = parents.get(above)
    return tuple(forum for forum in forums if forum.forum_id in wanted)


def _names(forum_id: ForumId | None, title: str, url: str | None) -> set[str]:
    names = {_fold(title)}
    if forum_id is not None:
        names.add(str(forum_id))
    if url:
        parts = urlsplit(url)
        names.add(_fold(unquote(parts.path.rstrip("/").rpartition("/")[2])))
        names.update(_fold(slug) for slug in parse_qs(parts.query).get("forum", []))
    return names - {""}


def _folded(names: Iterable[str]) -> set[str]:
    return {_fold(name) for name in names}


def _fold(name: str) -> str:
    return normalise(name).casefold()
