"""Forums into chapters: which chapter a forum is, where it stands, and what code a new one gets.

A forum is known by its id. A text copy has none and is known by its title, until a page brings the id; the chapter's
key stays what it was when the chapter came.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.codes import chapter_codes
from bot.domain.ids import ChapterId, ForumId, ProgrammeId
from bot.domain.programme import Chapter
from bot.domain.reading import ForumReading, ProgrammeReading, TopicHead
from bot.services.belonging import folded
from bot.services.ports import Unit
from bot.services.reports import Changes, ImportAction, ImportKind

_LONGEST_KEY = 60


@dataclass(slots=True, eq=False)
class _Place:
    """A chapter's place in the programme: what is stored of it, what was read, and where it belongs."""

    chapter: Chapter | None = None
    forum: ForumReading | None = None
    rank: int | None = None
    parent: "_Place | None" = None
    chapter_id: ChapterId | None = None

    @property
    def title(self) -> str:
        if self.forum:
            return self.forum.title
        return self.chapter.title if self.chapter else ""

    @property
    def forum_id(self) -> ForumId | None:
        known = self.chapter.forum_id if self.chapter else None
        return known or (self.forum.forum_id if self.forum else None)


class Chapters:
    """The chapters after a reading was taken in: finds the one a topic stands in."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self._chapters = {chapter.chapter_id: chapter for chapter in chapters}
        self._by_forum = {chapter.forum_id: chapter for chapter in chapters if chapter.forum_id is not None}
        self._by_title: dict[str, Chapter] = {}
        for chapter in chapters:
            self._by_title.setdefault(folded(chapter.title), chapter)

    def of_topic(self, topic: TopicHead, current: ChapterId | None) -> Chapter:
        """Return the chapter of a topic. A title that several chapters bear means the current one, where it can."""
        if topic.forum_id is not None:
            return self._by_forum[topic.forum_id]
        if current is not None and folded(self._chapters[current].title) == folded(topic.forum_title):
            return self._chapters[current]
        return self._by_title[folded(topic.forum_title)]


def take_chapters(
    unit: Unit, programme_id: ProgrammeId, reading: ProgrammeReading, topics: Sequence[TopicHead], changes: Changes
) -> Chapters:
    """Store the reading's forums as chapters in the forum's order, and note what changed."""
    known = unit.programmes.chapters(programme_id)
    places = _matched(known, _forums(reading, topics))
    _find_parents(places, whole=reading.whole)
    in_order = _in_order(places, whole=reading.whole)
    new = [place.title for place in in_order if place.chapter is None]
    codes = iter(chapter_codes([chapter.code for chapter in known], new))
    keys = {chapter.key for chapter in known}
    for place in in_order:
        if place.chapter is None:
            _add(unit, programme_id, place, next(codes), keys, changes)
        else:
            _update(unit, place, place.chapter, changes)
    ids = [place.chapter_id for place in in_order if place.chapter_id is not None]
    if ids != [chapter.chapter_id for chapter in known]:
        unit.programmes.order_chapters(programme_id, ids)
    return Chapters(unit.programmes.chapters(programme_id))


def _forums(reading: ProgrammeReading, topics: Sequence[TopicHead]) -> list[ForumReading]:
    """Return every forum once: those listed, then those only a topic names. One with an id stands for its title."""
    implied = [ForumReading(topic.forum_id, topic.forum_title) for topic in topics]
    with_id: dict[ForumId, ForumReading] = {}
    for forum in (*reading.forums, *implied):
        if forum.forum_id is not None:
            with_id.setdefault(forum.forum_id, forum)
    titles = {folded(forum.title) for forum in with_id.values()}
    found: dict[object, ForumReading] = {}
    for forum in (*reading.forums, *implied):
        if forum.forum_id is not None:
            found.setdefault(forum.forum_id, with_id[forum.forum_id])
        elif folded(forum.title) not in titles:
            found.setdefault(folded(forum.title), forum)
    return list(found.values())


def _matched(known: Sequence[Chapter], forums: Sequence[ForumReading]) -> list[_Place]:
    """Return a place for every chapter there is, with what was read of it, and after them the new ones."""
    places = [_Place(chapter, chapter_id=chapter.chapter_id) for chapter in known]
    stored = {place.chapter_id: place for place in places}
    for place in places:
        parent_id = place.chapter.parent_id if place.chapter else None
        place.parent = stored[parent_id] if parent_id else None
    for rank, forum in enumerate(forums):
        place = _same(places, forum)
        if place is None:
            place = _Place()
            places.append(place)
        place.forum, place.rank = forum, rank
    return places


def _same(places: Sequence[_Place], forum: ForumReading) -> _Place | None:
    free = [place for place in places if place.forum is None and place.chapter]
    if forum.forum_id is not None:
        for place in free:
            if place.forum_id == forum.forum_id:
                return place
        free = [place for place in free if place.forum_id is None]
    alike = [place for place in free if folded(place.title) == folded(forum.title)]
    wanted = folded(forum.parent_title or "")
    return next((place for place in alike if place.parent and folded(place.parent.title) == wanted), None) or next(
        iter(alike), None
    )


def _find_parents(places: Sequence[_Place], *, whole: bool) -> None:
    """Set what was read about parents. Only a whole reading tells that a forum has none."""
    by_id = {place.forum_id: place for place in places if place.forum_id is not None}
    by_title = {folded(place.title): place for place in reversed(places)}
    for place in places:
        if place.forum is None:
            continue
        if place.forum.parent_id is not None:
            place.parent = by_id.get(place.forum.parent_id, place.parent)
        elif place.forum.parent_title:
            place.parent = place.parent or by_title.get(folded(place.forum.parent_title))
        elif whole:
            place.parent = None
    for place in places:
        if _is_own_ancestor(place):
            place.parent = None


def _is_own_ancestor(place: _Place) -> bool:
    seen = {place}
    above = place.parent
    while above and above not in seen:
        seen.add(above)
        above = above.parent
    return above is place


def _in_order(places: Sequence[_Place], *, whole: bool) -> list[_Place]:
    """Return the places depth-first, each level in the forum's order."""
    children: defaultdict[_Place | None, list[_Place]] = defaultdict(list)
    for place in places:
        children[place.parent].append(place)

    def walk(parent: _Place | None) -> Iterator[_Place]:
        for place in _kin_in_order(children[parent], whole=whole):
            yield place
            yield from walk(place)

    return list(walk(None))


def _kin_in_order(kin: Sequence[_Place], *, whole: bool) -> list[_Place]:
    """Return the chapters of one level: the known ones in a complete list's order, else as they stood.

    A new one stands after the one that the reading lists before it.
    """
    known = [place for place in kin if place.chapter]
    read = sorted((place for place in kin if place.rank is not None), key=lambda place: place.rank or 0)
    listed = all(place.forum and place.forum.forum_id is not None for place in read)
    complete = whole or (listed and all(place.rank is not None for place in known))
    moved = iter([place for place in read if place.chapter])
    order = [next(moved) if complete and place.rank is not None else place for place in known]
    before: _Place | None = None
    for place in read:
        if place.chapter is None:
            first = 0 if complete else len(order)
            order.insert(first if before is None else order.index(before) + 1, place)
        before = place
    return order


def _add(unit: Unit, programme_id: ProgrammeId, place: _Place, code: str, keys: set[str], changes: Changes) -> None:
    if place.forum is None:
        raise LookupError(code)
    key = _new_key(place.forum, keys)
    keys.add(key)
    parent_id = place.parent.chapter_id if place.parent else None
    place.chapter_id = unit.programmes.add_chapter(programme_id, key, place.forum, parent_id, code)
    changes.note(ImportAction.NEW, ImportKind.CHAPTER, key, place.title)


def _update(unit: Unit, place: _Place, chapter: Chapter, changes: Changes) -> None:
    forum = place.forum
    if forum is None:
        return
    parent_id = place.parent.chapter_id if place.parent else None
    after = replace(
        chapter,
        forum_id=chapter.forum_id if forum.forum_id is None else forum.forum_id,
        parent_id=parent_id,
        title=forum.title,
        closed=chapter.closed if forum.closed is None else forum.closed,
        description=forum.description or chapter.description,
        url=forum.url or chapter.url,
        gone=None,
    )
    if after == chapter:
        return
    unit.programmes.update_chapter(chapter.chapter_id, forum, parent_id)
    if chapter.gone:
        unit.absences.set_back(chapters=[chapter.chapter_id])
        changes.note(ImportAction.BACK, ImportKind.CHAPTER, chapter.key, after.title)
        return
    changes.note_differences(
        ImportKind.CHAPTER,
        chapter.key,
        (chapter.title, after.title),
        (chapter.closed, after.closed),
        moved=chapter.parent_id != parent_id,
    )


def _new_key(forum: ForumReading, taken: set[str]) -> str:
    """Return the forum's id, or a word made of its title that can be mistaken for no forum's id."""
    if forum.forum_id is not None:
        return str(forum.forum_id)
    plain = unicodedata.normalize("NFKD", forum.title.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_KEY].strip("-")
    stem = slug if slug and not slug.isdecimal() else f"forum-{slug}".strip("-")
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
