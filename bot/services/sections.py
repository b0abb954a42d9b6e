"""Topics into sections, replies into contributions: what is stored of each post, and which of them changed.

A post is known by its id, whatever it has become: a reply that is a topic now becomes a section, and a reply that
stands in another topic moves there. An empty text never takes the place of one that is known.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.anchors import follow
from bot.domain.codes import section_codes
from bot.domain.identity import match_blocks
from bot.domain.ids import ChapterId, PostId, SectionId
from bot.domain.programme import Chapter, Contribution, Programme, Section
from bot.domain.reading import PostReading, ReplyReading, TopicReading
from bot.domain.text import Block
from bot.domain.versions import digest_of_blocks
from bot.services.chapters import Chapters
from bot.services.ports import Unit
from bot.services.reports import Changes, ImportAction, ImportKind


@dataclass(frozen=True, slots=True)
class FreshReply:
    """A reply that is new, or whose text changed: something may be proposed in it. `before` is its former text."""

    section_id: SectionId
    post: PostReading
    before: tuple[Block, ...] | None


class Intake:
    """Takes a reading's posts into one transaction, beside the programme as it stood before."""

    def __init__(self, unit: Unit, before: Programme, at: str, changes: Changes) -> None:
        self._unit = unit
        self._at = at
        self._changes = changes
        self._codes = {section.code for _, section in before.sections()}
        self._sections = {section.post_id: section for _, section in before.sections()}
        self._replies = {
            reply.post_id: (section.section_id, reply)
            for _, section in before.sections()
            for reply in section.contributions
        }

    def take(self, topics: Sequence[TopicReading], chapters: Chapters) -> list[FreshReply]:
        """Store all topics with their replies and return the replies to look at for amendments, by post id."""
        homes = {topic.post.post_id: chapters.of_topic(topic, self._current(topic)) for topic in topics}
        codes = self._new_codes(topics, homes)
        fresh: list[FreshReply] = []
        for topic in topics:
            post_id = topic.post.post_id
            known = self._sections.get(post_id)
            home = homes[post_id].chapter_id
            section_id = self._update(known, topic, home) if known else self._add(topic, home, codes[post_id])
            fresh.extend(self._take_replies(topic, section_id))
        return sorted(fresh, key=lambda reply: reply.post.post_id)

    def _current(self, topic: TopicReading) -> ChapterId | None:
        known = self._sections.get(topic.post.post_id)
        return known.chapter_id if known else None

    def _new_codes(self, topics: Sequence[TopicReading], homes: dict[PostId, Chapter]) -> dict[PostId, str]:
        new: defaultdict[str, list[TopicReading]] = defaultdict(list)
        for topic in sorted(topics, key=lambda topic: topic.post.post_id):
            if topic.post.post_id not in self._sections:
                new[homes[topic.post.post_id].code].append(topic)
        return {
            topic.post.post_id: code
            for chapter, added in new.items()
            for topic, code in zip(
                added, section_codes(chapter, self._codes, [topic.title for topic in added]), strict=True
            )
        }

    def _add(self, topic: TopicReading, home: ChapterId, code: str) -> SectionId:
        post_id = topic.post.post_id
        action = ImportAction.SPLIT if post_id in self._replies else ImportAction.NEW
        section_id = self._unit.programmes.add_section(home, topic, code)
        blocks = topic.post.blocks
        self._unit.programmes.add_version(
            section_id, digest_of_blocks(blocks), [(None, block) for block in blocks], self._at
        )
        self._drop_reply(post_id)
        self._changes.note(action, ImportKind.SECTION, post_id, topic.title)
        return section_id

    def _update(self, known: Section, topic: TopicReading, home: ChapterId) -> SectionId:
        post = topic.post
        after = replace(
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
        if after != known:
            self._unit.programmes.update_section(known.section_id, home, topic)
            self._changes.note_differences(
                ImportKind.SECTION,
                known.post_id,
                (known.title, after.title),
                (known.closed, after.closed),
                moved=home != known.chapter_id,
            )
        self._drop_reply(known.post_id)
        self._update_text(known, post.blocks)
        return known.section_id

    def _update_text(self, known: Section, blocks: tuple[Block, ...]) -> None:
        digest = digest_of_blocks(blocks)
        if not blocks or digest == digest_of_blocks(stored.block for stored in known.blocks):
            return
        ids = match_blocks(known.blocks, blocks)
        self._unit.programmes.add_version(known.section_id, digest, list(zip(ids, blocks, strict=True)), self._at)
        self._changes.note(ImportAction.EDITED, ImportKind.SECTION, known.post_id, known.title)
        self._move_anchors(known)

    def _move_anchors(self, before: Section) -> None:
        after = self._unit.programmes.section(before.section_id)
        if after is None:
            return
        for amendment in before.amendments:
            if amendment.anchor is None:
                continue
            anchor = follow(amendment.anchor, before.blocks, after.blocks)
            if anchor != amendment.anchor:
                self._unit.amendments.set_anchor(amendment.amendment_id, anchor)
            if anchor.stale and not amendment.anchor.stale:
                key = amendment.reference or amendment.receipt
                self._changes.note(ImportAction.STALE, ImportKind.AMENDMENT, key, amendment.title)

    def _drop_reply(self, post_id: PostId) -> None:
        if found := self._replies.pop(post_id, None):
            self._unit.programmes.remove_contribution(found[1].contribution_id)

    def _take_replies(self, topic: TopicReading, section_id: SectionId) -> Iterator[FreshReply]:
        for reply in topic.replies:
            post = reply.post
            found = self._replies.get(post.post_id)
            if found is None:
                self._unit.programmes.save_contribution(section_id, post, reply.reply_to)
                merged = post.post_id in self._sections
                action = ImportAction.MERGED if merged else ImportAction.NEW
                self._changes.note(action, ImportKind.CONTRIBUTION, post.post_id, topic.title)
                yield FreshReply(section_id, post, None)
            elif self._update_reply(topic, section_id, reply, *found):
                yield FreshReply(section_id, post, found[1].blocks)

    def _update_reply(
        self, topic: TopicReading, section_id: SectionId, reply: ReplyReading, home: SectionId, known: Contribution
    ) -> bool:
        """Store what changed in a reply and tell whether its text did."""
        post = reply.post if reply.post.blocks else replace(reply.post, blocks=known.blocks)
        # A text copy shows no threads, so there the lack of a parent says nothing.
        reply_to = reply.reply_to or (known.reply_to if topic.forum_id is None else None)
        edited = digest_of_blocks(post.blocks) != digest_of_blocks(known.blocks)
        after = replace(
            known,
            reply_to=reply_to,
            author=post.author or known.author,
            role=post.role or known.role,
            posted=post.posted or known.posted,
            printed=post.printed or known.printed,
            url=post.url or known.url,
        )
        if edited or after != known or home != section_id:
            self._unit.programmes.save_contribution(section_id, post, reply_to)
        if home != section_id:
            self._changes.note(ImportAction.MOVED, ImportKind.CONTRIBUTION, post.post_id, topic.title)
        if edited:
            self._changes.note(ImportAction.EDITED, ImportKind.CONTRIBUTION, post.post_id, topic.title)
        return edited
