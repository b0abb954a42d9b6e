"""A reading with every post in it once. Pages may overlap, and may have been read while somebody moved a post."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.domain.ids import PostId
from bot.domain.reading import OutlinedTopics, PostReading, ProgrammeReading, ReplyReading, TopicHead, TopicReading
from bot.domain.text import text_of


@dataclass(frozen=True, slots=True)
class Survey:
    """The topics of a reading with every post once, and what they are before any of them is taken in."""

    heads: tuple[TopicHead, ...]
    topics: Collection[TopicReading]
    posts: frozenset[PostId]


def survey(reading: ProgrammeReading) -> Survey:
    """Look a reading over. Only where a post stands in two places are its topics put into memory and folded."""
    topics = reading.topics
    heads = tuple(topics.heads if isinstance(topics, OutlinedTopics) else map(head_of, topics))
    ids = [post_id for head in heads for post_id in (head.post_id, *head.replies)]
    posts = frozenset(ids)
    if len(posts) == len(ids):
        return Survey(heads, topics, posts)
    folded = fold(topics)
    return Survey(tuple(head_of(topic) for topic in folded), folded, posts)


def head_of(topic: TopicReading) -> TopicHead:
    """Return a topic without its text."""
    replies = tuple(reply.post.post_id for reply in topic.replies)
    return TopicHead(topic.post.post_id, topic.title, topic.forum_id, topic.forum_title, replies)


def fold(given: Iterable[TopicReading]) -> tuple[TopicReading, ...]:
    """Return topics with every post once, in its fuller form. What is a topic anywhere is no reply."""
    topics: dict[PostId, TopicReading] = {}
    for topic in given:
        known = topics.get(topic.post.post_id)
        topics[topic.post.post_id] = _one_topic(known, topic) if known else topic
    replies: defaultdict[PostId, list[ReplyReading]] = defaultdict(list)
    for home, reply in _homes(topics.values()):
        replies[home].append(reply)
    return tuple(replace(topic, replies=tuple(replies[post_id])) for post_id, topic in sorted(topics.items()))


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
