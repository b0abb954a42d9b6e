"""What is missing on the forum: suspected at first, gone after a second full reading, and never in great numbers alone.

A visitor cannot tell what was deleted from what became private, and a site that is unwell serves pages that lack
things. So one reading concludes nothing, and a reading that would take away much waits for a person.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.ids import ChapterId, PostId, ProgrammeId
from bot.domain.programme import Chapter
from bot.domain.reading import PassKind, ProgrammeReading
from bot.services.ports import Unit
from bot.services.proposals import Proposals
from bot.services.readings import Survey
from bot.services.reports import Changes, ImportAction, ImportKind
from bot.services.source_rows import Absence, Posts

_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """How sure to be. `suspect_for` and `erase_after` are in seconds, `max_removal` is a share of the posts."""

    suspect_for: float = 3600.0
    max_removal: float = 0.10
    erase_after: float = 30 * 86400.0


class Absences:
    """Judges what a reading lacks, in one transaction, after everything that it holds was taken in."""

    def __init__(
        self,
        unit: Unit,
        programme_id: ProgrammeId,
        posts: Posts,
        proposals: Proposals,
        doubt: Doubt,
        at: str,
        changes: Changes,
    ) -> None:
        self._unit = unit
        self._programme_id = programme_id
        self._posts = posts
        self._proposals = proposals
        self._doubt = doubt
        self._at = at
        self._changes = changes
        self._codes = {place.section_id: place.code for place in posts.sections.values()}
        self._chapters = {
            PostId(chapter.forum_id): chapter
            for chapter in unit.programmes.chapters(programme_id)
            if chapter.forum_id is not None
        }

    def judge(self, reading: ProgrammeReading, read: Survey, *, confirmed: bool) -> int:
        """Suspect what is missing, let go what was missing long enough, and return how much waits for a person."""
        known = self._unit.absences.all(self._programme_id)
        seen = _seen(reading, read)
        self._unit.absences.clear(self._programme_id, known.keys() & seen)
        if not reading.whole or reading.kind is None:
            return self._still_waiting(seen)
        missing = set(self._missing(reading.kind, read, seen))
        full = reading.kind is PassKind.FULL
        due = {post_id for post_id in missing if self._suspect(post_id, known.get(post_id), full=full)}
        if not full:
            return self._still_waiting(seen)
        if not confirmed and self._is_much(due):
            self._wait_for(due)
            return self._counted(due)
        self.let_go(due)
        return 0

    def waiting(self) -> set[PostId]:
        """Return what waits for a person's word."""
        return waiting_for_word(self._unit, self._programme_id)

    def let_go(self, post_ids: Collection[PostId]) -> None:
        """Make posts and forums gone. What stands in a topic goes with it; a chapter goes when nothing stands in it."""
        sections = {post_id: place for post_id, place in self._posts.sections.items() if post_id in post_ids}
        sections = {post_id: place for post_id, place in sections.items() if not (place.gone or place.merged)}
        inside = {place.section_id for place in sections.values()}
        replies = {
            post_id: place
            for post_id, place in self._posts.replies.items()
            if not place.gone and (post_id in post_ids or place.section_id in inside)
        }
        chapters = list(self._empty_chapters(post_ids, sections.keys()))
        gone = [*sections, *replies, *(PostId(chapter.forum_id or 0) for chapter in chapters)]
        for post_id in gone:
            self._note(ImportAction.GONE, post_id)
        self._unit.absences.set_gone(
            chapters=[chapter.chapter_id for chapter in chapters],
            sections=[place.section_id for place in sections.values()],
            contributions=[place.contribution_id for place in replies.values()],
            at=self._at,
        )
        self._unit.absences.clear(self._programme_id, gone)
        self._unit.listings.drop(self._programme_id, gone)
        self._proposals.lost(replies)
        self._wait_for(())

    def _missing(self, kind: PassKind, read: Survey, seen: Collection[PostId]) -> Iterator[PostId]:
        """Yield what stands in the database and should have been seen.

        A quick pass looks into few topics: it can miss a topic, and replies of a topic that it looked into.
        """
        looked_into = {self._posts.sections[head.post_id].section_id for head in read.heads}
        unlisted: set[int] = set()
        for post_id, place in self._posts.sections.items():
            if post_id not in seen and not place.gone and not place.merged:
                unlisted.add(place.section_id)
                yield post_id
        for post_id, reply in self._posts.replies.items():
            if post_id in seen or reply.gone:
                continue
            if kind is PassKind.FULL or reply.section_id in looked_into or reply.section_id in unlisted:
                yield post_id
        for forum_id, chapter in self._chapters.items():
            if forum_id not in seen and chapter.gone is None:
                yield forum_id

    def _suspect(self, post_id: PostId, known: Absence | None, *, full: bool) -> bool:
        """Store that something is missing, and tell whether it was so long enough to be gone."""
        agreed = known.full_at if known else None
        if known is None or (full and agreed is None):
            absence = Absence(known.noticed_at if known else self._at, self._at if full else None)
            self._unit.absences.suspect(self._programme_id, post_id, absence)
        if known is None:
            self._note(ImportAction.SUSPECTED, post_id)
        return full and agreed is not None and _seconds(agreed, self._at) >= self._doubt.suspect_for

    def _is_much(self, due: Collection[PostId]) -> bool:
        number = self._counted(due)
        standing = sum(not (place.gone or place.merged) for place in self._posts.sections.values())
        standing += sum(not place.gone for place in self._posts.replies.values())
        return number > _FEW and number > self._doubt.max_removal * standing

    def _counted(self, post_ids: Collection[PostId]) -> int:
        """Return how many posts are among these; forums are none."""
        return sum(post_id in self._posts.sections or post_id in self._posts.replies for post_id in post_ids)

    def _wait_for(self, post_ids: Collection[PostId]) -> None:
        self._unit.facts.put(_fact(self._programme_id), json.dumps(sorted(post_ids)))

    def _still_waiting(self, seen: Collection[PostId]) -> int:
        left = self.waiting() - set(seen)
        if left or self._unit.facts.get(_fact(self._programme_id)):
            self._wait_for(left)
        return self._counted(left)

    def _empty_chapters(self, post_ids: Collection[PostId], leaving: Collection[PostId]) -> Iterator[Chapter]:
        """Yield the chapters among these in which nothing stands once the topics named leave."""
        full = {
            place.chapter_id
            for post_id, place in self._posts.sections.items()
            if not (place.gone or place.merged or post_id in leaving)
        }
        for forum_id, chapter in self._chapters.items():
            if forum_id in post_ids and chapter.gone is None and not self._holds(chapter.chapter_id, full):
                yield chapter

    def _holds(self, chapter_id: ChapterId, full: Collection[ChapterId]) -> bool:
        below = [child for child in self._chapters.values() if child.parent_id == chapter_id]
        return chapter_id in full or any(self._holds(child.chapter_id, full) for child in below)

    def _note(self, action: ImportAction, post_id: PostId) -> None:
        """Note what happened to a post or forum by its code: what it is called may be nobody's to read."""
        if place := self._posts.sections.get(post_id):
            self._changes.note(action, ImportKind.SECTION, post_id, place.code)
        elif reply := self._posts.replies.get(post_id):
            self._changes.note(action, ImportKind.CONTRIBUTION, post_id, self._codes.get(reply.section_id, ""))
        else:
            self._changes.note(action, ImportKind.CHAPTER, self._chapters[post_id].key, self._chapters[post_id].code)


def waiting_for_word(unit: Unit, programme_id: ProgrammeId) -> set[PostId]:
    """Return the posts and forums that would be gone if a person says so."""
    stored = unit.facts.get(_fact(programme_id))
    absent = unit.absences.all(programme_id)
    return {PostId(post_id) for post_id in json.loads(stored or "[]") if post_id in absent}


def _fact(programme_id: ProgrammeId) -> str:
    return f"removal.waiting:{programme_id}"


def _seen(reading: ProgrammeReading, read: Survey) -> set[PostId]:
    """Return all that was seen on the forum, forums among them, which share the posts' id space.

    To a quick pass a topic is there when a list names it. A full one has read it.
    """
    forums = {PostId(forum.forum_id) for forum in reading.forums if forum.forum_id is not None}
    homes = {PostId(head.forum_id) for head in read.heads if head.forum_id is not None}
    quick = reading.kind is PassKind.QUICK
    listed = {post_id for post_id, listing in reading.listed.items() if quick and not listing.protected}
    return {*read.posts, *forums, *homes, *listed}


def _seconds(since: str, until: str) -> float:
    return (datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds()
