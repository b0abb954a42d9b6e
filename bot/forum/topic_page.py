"""The posts of a topic page: the topic itself and its replies, threaded or flat, with the topic apart or among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import PostReading, ReplyReading
from bot.domain.text import normalise
from bot.forum.address import absolute, without_fragment
from bot.forum.dates import parse_date
from bot.forum.forum_lists import is_public, parent_forum_of
from bot.forum.markup import blocks_of
from bot.forum.page_head import classes_of, text_in

_POST_ID = re.compile(r"post-([1-9]\d*)")
_PARENT_TOPIC = re.compile(r"bbp-parent-topic-([1-9]\d*)")
_NO_NAME = frozenset(("bbp-author-role", "bbp-author-avatar", "bbp-author-ip", "bbp-reply-ip", "bbp-topic-ip"))


@dataclass(frozen=True, slots=True)
class TopicState:
    """What a topic page's classes say of the topic as a whole. `closed` is None where nothing is said."""

    forum_id: ForumId | None
    closed: bool | None
    public: bool


def parse_topic_state(document: LexborHTMLParser, topic_id: PostId) -> TopicState:
    """Return where the topic stands, whether it is closed and whether it is there for every visitor."""
    closed: bool | None = None
    homes: list[ForumId | None] = []
    for element in document.css(f".post-{topic_id}"):
        classes = classes_of(element)
        if not is_public(classes):
            return TopicState(None, None, public=False)
        homes.append(_home_of(classes, topic_id))
        if any(name.startswith("status-") for name in classes):
            closed = closed or "status-closed" in classes
    homes.extend(parent_forum_of(classes_of(element)) for element in document.css("#bbpress-forums div.type-reply"))
    return TopicState(next((home for home in homes if home), None), closed, public=True)


def _home_of(classes: frozenset[str], topic_id: PostId) -> ForumId | None:
    """Return the forum that the topic's own post names.

    Among its replies 2.6 names the forum as the post's "topic" and that forum's parent as its "forum"; 2.5 and a
    topic that stands apart name the forum as such.
    """
    for name in classes:
        if (found := _PARENT_TOPIC.fullmatch(name)) and int(found[1]) != topic_id:
            return ForumId(int(found[1]))
    return parent_forum_of(classes)


def parse_posts(
    root: LexborNode, topic_id: PostId, base: str | None
) -> tuple[PostReading | None, tuple[ReplyReading, ...]]:
    """Return the topic's own post, where this page has it, and the replies in the order of the page."""
    topic = _lead_post(root, topic_id, base)
    replies: list[ReplyReading] = []
    for header in root.css(".bbp-reply-header[id]"):
        post_id = _post_id_of(header)
        body = _body_of(header, post_id) if post_id else None
        if post_id is None or body is None or not is_public(classes_of(body)):
            continue
        if post_id == topic_id:
            topic = topic or _post(topic_id, header, body, "reply", base)
            continue
        post = _post(post_id, header, body, "reply", base)
        parent = _post_above(header, root)
        replies.append(ReplyReading(post, None if parent == topic_id else parent))
    return topic, tuple(replies)


def _lead_post(root: LexborNode, topic_id: PostId, base: str | None) -> PostReading | None:
    lead = root.css_first("ul.bbp-lead-topic")
    if lead is None:
        return None
    body = lead.css_first(f".post-{topic_id}") or lead.css_first("li.bbp-body") or lead
    return _post(topic_id, lead, body, "topic", base)


def _post(post_id: PostId, header: LexborNode, body: LexborNode, what: str, base: str | None) -> PostReading:
    author = body.css_first(f".bbp-{what}-author")
    printed = text_in(header.css_first(f".bbp-{what}-post-date"))
    permalink = header.css_first(f"a.bbp-{what}-permalink")
    url = absolute(base, permalink.attributes.get("href")) if permalink is not None else None
    content = body.css_first(f".bbp-{what}-content")
    return PostReading(
        post_id,
        blocks_of(content, without_fragment(url or base or "")) if content is not None else (),
        _author_name(author),
        text_in(author.css_first(".bbp-author-role")) if author is not None else None,
        parse_date(printed),
        printed,
        url,
    )


def _author_name(author: LexborNode | None) -> str | None:
    """Return the name: in an element of its own, else (2.5's guests) as what is left beside avatar and role."""
    if author is None:
        return None
    if name := text_in(author.css_first(".bbp-author-name")) or text_in(author.css_first("a.bbp-author-link")):
        return name
    texts = [child.text() for child in author.iter(include_text=True) if child.tag == "-text" or not _is_no_name(child)]
    return normalise(" ".join(texts)) or None


def _is_no_name(element: LexborNode) -> bool:
    return element.tag in {"img", "br", "script", "style"} or bool(classes_of(element) & _NO_NAME)


def _post_id_of(header: LexborNode) -> PostId | None:
    found = _POST_ID.fullmatch(header.id or "")
    return PostId(int(found[1])) if found else None


def _body_of(header: LexborNode, post_id: PostId) -> LexborNode | None:
    """Return the element after the header row that holds author and content."""
    name = f"post-{post_id}"
    for sibling in _following(header):
        classes = classes_of(sibling)
        if "bbp-reply-header" in classes:
            break
        if name in classes or sibling.css_first(".bbp-reply-content") is not None:
            return sibling
    return None


def _following(element: LexborNode) -> Iterator[LexborNode]:
    node = element.next
    while node is not None:
        if node.is_element_node:
            yield node
        node = node.next


def _post_above(header: LexborNode, root: LexborNode) -> PostId | None:
    """Return the post in whose nested list this one stands."""
    node = header.parent
    while node is not None and node.mem_id != root.mem_id:
        if "bbp-threaded-replies" in classes_of(node):
            return _post_of_item(node.parent)
        node = node.parent
    return None


def _post_of_item(item: LexborNode | None) -> PostId | None:
    if item is None:
        return None
    for child in item.iter():
        if "bbp-reply-header" in classes_of(child):
            return _post_id_of(child)
    return None
