"""A topic page's posts: the topic itself and its replies, threaded or flat, with the topic apart or among them."""

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import PostReading, ReplyReading
from bot.domain.text import normalise
from bot.forum.address import absolute, without_fragment
from bot.forum.classes import class_pattern, classes_of, is_public, parent_forum_of, states_of
from bot.forum.dates import parse_date
from bot.forum.markup import read_blocks
from bot.forum.page_head import classes_around, text_in
from bot.forum.post_parts import PostParts

_PARENT_TOPIC = class_pattern("bbp-parent-topic-", r"([1-9]\d*)")
_NO_NAME = class_pattern("bbp-", "author-role|author-avatar|author-ip|reply-ip|topic-ip")


@dataclass(frozen=True, slots=True)
class TopicState:
    """What a topic page's classes say of the topic as a whole.

    `closed` is whether it is closed and `public` whether everybody may see it, None where nothing is said.
    """

    forum_id: ForumId | None
    closed: bool | None
    public: bool | None


def parse_topic_state(root: LexborNode, posts: list[PostParts], topic_id: PostId) -> TopicState:
    """Return where the topic stands, whether it is closed and whether it is there for every visitor."""
    own = [post.classes for post in posts if post.post_id == topic_id]
    said = [*own, *classes_around(root, topic_id)]
    if not all(map(is_public, said)):
        return TopicState(None, None, public=False)
    states = [state for classes in said for state in states_of(classes)]
    reply = next((post for post in posts if post.is_reply), None)
    homes = [*(_home_of(classes, topic_id) for classes in own), parent_forum_of(reply.classes) if reply else None]
    home = next((home for home in homes if home is not None), None)
    return TopicState(home, "closed" in states if states else None, True if states else None)


def parse_posts(
    posts: list[PostParts], topic_id: PostId, base: str | None
) -> tuple[PostReading | None, tuple[ReplyReading, ...]]:
    """Return the topic's own post, where this page has it, and the replies in the order of the page."""
    topic: PostReading | None = None
    replies: dict[PostId, ReplyReading] = {}
    for post in posts:
        if post.html is None or post.post_id is None or post.post_id in replies or not is_public(post.classes):
            continue
        if post.post_id == topic_id:
            topic = topic or _read_post(post.post_id, post, base)
        elif post.is_reply:
            above = None if post.above == topic_id else post.above
            replies[post.post_id] = ReplyReading(_read_post(post.post_id, post, base), above)
    return topic, tuple(replies.values())


def _home_of(classes: str, topic_id: PostId) -> ForumId | None:
    """Return the forum that the topic's own post names.

    Among its replies 2.6 names the forum as the post's "topic" and that forum's parent as its "forum"; 2.5 and a
    topic that stands apart name the forum as such.
    """
    found = _PARENT_TOPIC.search(classes)
    return ForumId(int(found[1])) if found and int(found[1]) != topic_id else parent_forum_of(classes)


def _read_post(post_id: PostId, post: PostParts, base: str | None) -> PostReading:
    permalink = post.elements.get("permalink")
    url = absolute(base, permalink.attributes.get("href")) if permalink is not None else None
    printed = text_in(post.elements.get("date"))
    return PostReading(
        post_id,
        read_blocks(post.html or "", without_fragment(url or base or "")),
        _author_name(post.elements),
        text_in(post.elements.get("role")),
        parse_date(printed),
        printed,
        url,
    )


def _author_name(elements: dict[str, LexborNode]) -> str | None:
    """Return the name: in an element of its own, else (2.5's guests) as what is left beside avatar and role."""
    author = elements.get("author")
    if (name := text_in(elements.get("name"))) or author is None:
        return name
    if name := text_in(author.css_first("a.bbp-author-link")):
        return name
    texts = [part.text() for part in author.iter(include_text=True) if part.tag == "-text" or not _is_no_name(part)]
    return normalise(" ".join(texts)) or None


def _is_no_name(element: LexborNode) -> bool:
    return element.tag in {"img", "br", "script", "style"} or _NO_NAME.search(classes_of(element)) is not None
