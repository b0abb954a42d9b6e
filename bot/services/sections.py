"""Topics into sections: what is stored of each topic, and which of its replies changed.

A post is known by its id, whatever it has become: a reply that is a topic now becomes a section, and a topic that is a
reply now keeps its section in the drawer. One topic at a time is in memory. What becomes of a section's text is
`revising`'s to say.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.codes import section_codes
from bot.domain.ids import ChapterId, PostId, ProgrammeId, SectionId
from bot.domain.programme import Chapter, Section
from bot.domain.reading import TopicHead, TopicReading
from bot.domain.versions import digest_of_blocks
from bot.services.chapters import Chapters
from bot.services.ports import Unit
from bot.services.proposals import Proposals
from bot.services.readings import Survey
from bot.services.replies import Replies
from bot.services.reports import Changes, ImportAction, ImportKind
from bot.services.revising import Revising
from bot.services.source_rows import Posts, SectionPlace


class Intake:
    """Takes a reading's posts into one transaction. `posts` is what there is before, and is kept up to date.

    `blank_counts` says that an empty text was made empty by somebody, and is not what a copy lost.
    """

    def __init__(
        self,
        unit: Unit,
        programme_id: ProgrammeId,
        posts: Posts,
        proposals: Proposals,
        at: str,
        changes: Changes,
        *,
        blank_counts: bool,
    ) -> None:
        self._unit = unit
        self._posts = posts
        self._proposals = proposals
        self._replies = Replies(unit, programme_id, posts, changes, blank_counts=blank_counts)
        self._revising = Revising(unit, programme_id, at, changes, blank_counts=blank_counts)
        self._at = at
        self._changes = changes

    def take(self, read: Survey, chapters: Chapters) -> None:
        """Store all topics with their replies, and see to what the replies propose."""
        homes = {head.post_id: chapters.of_topic(head, self._current(head)) for head in read.heads}
        codes = self._new_codes(read.heads, homes)
        for topic in read.topics:
            post_id = topic.post.post_id
            home = homes[post_id].chapter_id
            section_id = self._take(topic, home, codes.get(post_id, ""))
            self._proposals.take(self._replies.take(topic, section_id))

    def _current(self, topic: TopicHead) -> ChapterId | None:
        known = self._posts.sections.get(topic.post_id)
        return known.chapter_id if known else None

    def _new_codes(self, topics: Sequence[TopicHead], homes: dict[PostId, Chapter]) -> dict[PostId, str]:
        new: defaultdict[str, list[TopicHead]] = defaultdict(list)
        for topic in sorted(topics, key=lambda topic: topic.post_id):
            if topic.post_id not in self._posts.sections:
                new[homes[topic.post_id].code].append(topic)
        issued = {place.code for place in self._posts.sections.values()}
        return {
            topic.post_id: code
            for chapter, added in new.items()
            for topic, code in zip(added, section_codes(chapter, issued, [topic.title for topic in added]), strict=True)
        }

    def _take(self, topic: TopicReading, home: ChapterId, code: str) -> SectionId:
        place = self._posts.sections.get(topic.post.post_id)
        known = self._unit.programmes.section(place.section_id) if place else None
        if known is None:
            return self._add(topic, home, code)
        self._update(known, topic, home)
        return known.section_id

    def _add(self, topic: TopicReading, home: ChapterId, code: str) -> SectionId:
        post_id = topic.post.post_id
        section_id = self._unit.programmes.add_section(home, topic, code)
        blocks = topic.post.blocks
        self._unit.programmes.add_version(
            section_id, digest_of_blocks(blocks), [(None, block) for block in blocks], self._at
        )
        split = self._drop_reply(post_id)
        self._posts.sections[post_id] = SectionPlace(section_id, home, code, gone=False, merged=False)
        self._note(ImportAction.SPLIT if split else ImportAction.NEW, post_id, topic.title)
        return section_id

    def _update(self, known: Section, topic: TopicReading, home: ChapterId) -> None:
        after = _updated(known, topic, home)
        if after != known:
            self._unit.programmes.update_section(known.section_id, home, topic)
        split = self._drop_reply(known.post_id)
        if known.gone:
            self._unit.absences.set_back(sections=[known.section_id])
            self._note(ImportAction.BACK, known.post_id, after.title)
        elif split:
            self._note(ImportAction.SPLIT, known.post_id, after.title)
        self._posts.sections[known.post_id] = SectionPlace(known.section_id, home, known.code, gone=False, merged=False)
        edited = self._revising.read(known, topic.post.blocks)
        if known.standing:
            self._changes.note_differences(
                ImportKind.SECTION,
                known.post_id,
                (known.title, after.title),
                (known.closed, after.closed),
                moved=home != known.chapter_id,
            )
            if edited:
                self._note(ImportAction.EDITED, known.post_id, known.title)
        if edited:
            self._revising.move_anchors(known)

    def _drop_reply(self, post_id: PostId) -> bool:
        """Drop what is stored of a topic as a reply, and tell whether it was one."""
        found = self._posts.replies.pop(post_id, None)
        if found:
            self._unit.programmes.remove_contribution(found.contribution_id)
            self._proposals.moved(post_id)
        return found is not None

    def _note(self, action: ImportAction, post_id: PostId, title: str) -> None:
        self._changes.note(action, ImportKind.SECTION, post_id, title)


def _updated(known: Section, topic: TopicReading, home: ChapterId) -> Section:
    """Return a section with what was read about it, its text apart; what the reading lacks stays."""
    post = topic.post
    return replace(
        known,
        chapter_id=home,
        title=topic.title,
        author=post.author or known.author,
        role=post.role or known.role,
        posted=post.posted or known.posted,
        printed=post.printed or known.printed,
        sticky=topic.sticky or known.sticky,
        closed=known.closed if topic.closed is None else topic.closed,
        url=post.url or known.url,
    )
