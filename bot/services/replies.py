"""Replies into contributions: what is stored of each, and which are new, edited or moved.

A reply that stands in another topic now moves there; a topic that is a reply now becomes a contribution as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.ids import PostId, ProgrammeId, SectionId
from bot.domain.programme import Contribution
from bot.domain.reading import PostReading, ReplyReading, TopicReading
from bot.domain.text import Block
from bot.domain.versions import digest_of_blocks
from bot.services.ports import Unit
from bot.services.reports import Changes, ImportAction, ImportKind
from bot.services.source_rows import Posts, ReplyPlace


@dataclass(frozen=True, slots=True)
class FreshReply:
    """A reply that is new, edited, moved or back. `before` is its text as it was stored, None for a new one."""

    section_id: SectionId
    post: PostReading
    before: tuple[Block, ...] | None
    back: bool = False


class Replies:
    """Takes the replies of one topic after another into one transaction."""

    def __init__(
        self, unit: Unit, programme_id: ProgrammeId, posts: Posts, changes: Changes, *, blank_counts: bool
    ) -> None:
        self._unit = unit
        self._programme_id = programme_id
        self._posts = posts
        self._changes = changes
        self._blank_counts = blank_counts

    def take(self, topic: TopicReading, section_id: SectionId) -> list[FreshReply]:
        """Store a topic's replies and return those to look at for amendments, by post id."""
        return list(self._fresh(topic, section_id))

    def _fresh(self, topic: TopicReading, section_id: SectionId) -> Iterator[FreshReply]:
        for reply in sorted(topic.replies, key=lambda reply: reply.post.post_id):
            post_id = reply.post.post_id
            place = self._posts.replies.get(post_id)
            known = self._unit.programmes.contribution(self._programme_id, post_id) if place else None
            if place is None or known is None:
                self._add(topic, section_id, reply)
                yield FreshReply(section_id, reply.post, None)
            elif self._update(topic, section_id, reply, place, known):
                yield FreshReply(section_id, reply.post, known.blocks, place.gone)

    def _add(self, topic: TopicReading, section_id: SectionId, reply: ReplyReading) -> None:
        post_id = reply.post.post_id
        contribution_id = self._unit.programmes.save_contribution(section_id, reply.post, reply.reply_to)
        self._posts.replies[post_id] = ReplyPlace(contribution_id, section_id, gone=False)
        merged = self._posts.sections.get(post_id)
        if merged:
            self._posts.sections[post_id] = merged._replace(gone=False, merged=True)
            self._unit.absences.set_back(sections=[merged.section_id])
        self._note(ImportAction.MERGED if merged else ImportAction.NEW, topic, reply)

    def _update(
        self, topic: TopicReading, section_id: SectionId, reply: ReplyReading, place: ReplyPlace, known: Contribution
    ) -> bool:
        """Store what changed in a reply, and tell whether its text or its place did."""
        post = reply.post
        if not post.blocks and not self._blank_counts:
            post = replace(post, blocks=known.blocks)
        # A text copy shows no threads, so there the lack of a parent says nothing.
        reply_to = reply.reply_to or (known.reply_to if topic.forum_id is None else None)
        edited = digest_of_blocks(post.blocks) != digest_of_blocks(known.blocks)
        moved = place.section_id != section_id
        if edited or moved or _updated(known, reply, reply_to) != known:
            self._unit.programmes.save_contribution(section_id, post, reply_to)
        self._posts.replies[post.post_id] = ReplyPlace(place.contribution_id, section_id, gone=False)
        if place.gone:
            self._unit.absences.set_back(contributions=[place.contribution_id])
            self._note(ImportAction.BACK, topic, reply)
            return True
        if moved:
            self._note(ImportAction.MOVED, topic, reply)
        if edited:
            self._note(ImportAction.EDITED, topic, reply)
        return edited or moved

    def _note(self, action: ImportAction, topic: TopicReading, reply: ReplyReading) -> None:
        self._changes.note(action, ImportKind.CONTRIBUTION, reply.post.post_id, topic.title)


def _updated(known: Contribution, reply: ReplyReading, reply_to: PostId | None) -> Contribution:
    post = reply.post
    return replace(
        known,
        reply_to=reply_to,
        author=post.author or known.author,
        role=post.role or known.role,
        posted=post.posted or known.posted,
        printed=post.printed or known.printed,
        url=post.url or known.url,
    )
