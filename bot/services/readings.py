"""A reading with every post in it once. Pages may overlap, and may have been read while somebody moved a post."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.ids import PostId
from bot.domain.reading import PostReading, ProgrammeReading, ReplyReading, TopicReading
from bot.domain.text import text_of


def fold(reading: ProgrammeReading) -> ProgrammeReading:
    """Return the reading with every post once, in its fuller form. What is a topic anywhere is no reply."""
    topics: dict[PostId, TopicReading] = {}
    for topic in reading.topics:
        known = topics.get(topic.post.post_id)
        topics[topic.post.post_id] = _one_topic(known, topic) if known else topic
    replies: defaultdict[PostId, list[ReplyReading]] = defaultdict(list)
    for home, reply in _homes(topics.values()):
        replies[home].append(reply)
    return replace(
        reading,
        topics=tuple(replace(topic, replies=tuple(replies[post_id])) for post_id, topic in sorted(topics.items())),
    )


def _homes(topics: Iterable[TopicReading]) -> Iterable[tuple[PostId, ReplyReading]]:
    """Return every reply with the topic it stands in, which is the one where most of it was read."""
    found: dict[PostId, tuple[PostId, ReplyReading]] = {}
    given = list(topics)
    ids = {topic.post.post_id for topic in given}
    for topic in given:
        for reply in topic.replies:
            post_id = reply.post.post_id
            if post_id in found:
                found[post_id] = _one_reply(found[post_id], (topic.post.post_id, reply))
            elif post_id not in ids:
                found[post_id] = (topic.post.post_id, reply)
    return [found[post_id] for post_id in sorted(found)]


def _one_reply(known: tuple[PostId, ReplyReading], other: tuple[PostId, ReplyReading]) -> tuple[PostId, ReplyReading]:
    home, reply = other if _size(other[1].post) > _size(known[1].post) else known
    reply_to = reply.reply_to or known[1].reply_to or other[1].reply_to
    return home, ReplyReading(_one_post(known[1].post, other[1].post), reply_to)


def _one_topic(known: TopicReading, other: TopicReading) -> TopicReading:
    return replace(
        known,
        post=_one_post(known.post, other.post),
        forum_id=known.forum_id or other.forum_id,
        sticky=known.sticky or other.sticky,
        closed=other.closed if known.closed is None else known.closed,
        replies=known.replies + other.replies,
    )


def _one_post(known: PostReading, other: PostReading) -> PostReading:
    fuller, lesser = (other, known) if _size(other) > _size(known) else (known, other)
    return replace(
        fuller,
        author=fuller.author or lesser.author,
        role=fuller.role or lesser.role,
        posted=fuller.posted or lesser.posted,
        printed=fuller.printed or lesser.printed,
        url=fuller.url or lesser.url,
    )


def _size(post: PostReading) -> int:
    return len(text_of(post.blocks))
