"""A bbPress page → what it says. Which page it is follows from its structure, never from a theme's decoration."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import PostReading, ReplyReading
from bot.forum.forum_lists import ForumEntry, TopicEntry, parse_forum_entries, parse_topic_entries
from bot.forum.page_head import PageHead, classes_of, is_paged_by, parse_head
from bot.forum.topic_page import TopicState, parse_posts, parse_topic_state

_REPLIES_ID = re.compile(r"topic-([1-9]\d*)-replies")
_LEAD_ID = re.compile(r"bbp-topic-([1-9]\d*)-lead")
_TOPICS_ID = re.compile(r"bbp-forum-([1-9]\d*)")
_FORUMS_ID = re.compile(r"forums-list-(\d+)")
_FORUM_FORM_ID = re.compile(r"(?:no-topic|new-topic|forum-closed)-([1-9]\d*)")
_BODY_ID = re.compile(r"(?:post|page-)id-([1-9]\d*)")
_OTHER_ROOMS = "#bbp-user-wrapper, #bbp-user-body, #bbp-search-results, .bbp-search-results"
_NOT_PUBLIC = re.compile(r"^(?:priv[eé]|private|verborgen|hidden|besloten|beveiligd|protected):\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The forum's root: the forums a visitor can see, in their order."""

    head: PageHead
    forums: tuple[ForumEntry, ...]
    next_url: str | None = None


@dataclass(frozen=True, slots=True)
class ForumPage:
    """One page of a forum: its sub-forums and some of its topics."""

    head: PageHead
    forum_id: ForumId
    title: str
    closed: bool | None
    forums: tuple[ForumEntry, ...]
    topics: tuple[TopicEntry, ...]
    next_url: str | None = None


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One page of a topic. Only the first page of a flat topic has the topic's own post."""

    head: PageHead
    topic_id: PostId
    title: str
    forum_id: ForumId | None
    closed: bool | None
    post: PostReading | None
    replies: tuple[ReplyReading, ...]
    next_url: str | None = None


@dataclass(frozen=True, slots=True)
class OtherPage:
    """A page with nothing to read, and the key of the reason why."""

    head: PageHead
    reason: str


Page = IndexPage | ForumPage | TopicPage | OtherPage


def parse_page(html: str, url: str | None = None) -> Page:
    """Return what a page says. `url` is where it came from; a saved page tells its own address where it can."""
    document = LexborHTMLParser(html)
    root = document.css_first("#bbpress-forums")
    head = parse_head(document, root, url)
    if root is None:
        return OtherPage(head, "page_password" if document.css_first(".post-password-form") else "page_not_forum")
    if root.css_first(".post-password-form"):
        return OtherPage(head, "page_password")
    if root.css_first(_OTHER_ROOMS):
        return OtherPage(head, "page_not_forum")
    if any(_NOT_PUBLIC.match(crumb.title) for crumb in head.forums):
        return OtherPage(head, "page_not_public")
    return _parse_room(document, root, head)


def _parse_room(document: LexborHTMLParser, root: LexborNode, head: PageHead) -> Page:
    if topic_id := _first_id(root, "ul[id]", _REPLIES_ID) or _first_id(root, "ul[id]", _LEAD_ID):
        return _parse_topic(document, root, head, PostId(topic_id))
    forum_id = (
        _first_id(root, "ul.bbp-topics[id]", _TOPICS_ID)
        or _first_id(root, "ul.bbp-forums[id]", _FORUMS_ID)
        or _first_id(root, "div[id]", _FORUM_FORM_ID)
        or _body_id(document, "single-forum")
    )
    if forum_id:
        return _parse_forum(root, head, ForumId(forum_id))
    if root.css_first("ul.bbp-forums[id]") or _body_has(document, "forum-archive"):
        return IndexPage(head, parse_forum_entries(root, head.base), is_paged_by(root, head.base))
    return OtherPage(head, "page_not_forum")


def _parse_forum(root: LexborNode, head: PageHead, forum_id: ForumId) -> Page:
    title = head.current or (head.entry_title or "")
    if _NOT_PUBLIC.match(title):
        return OtherPage(head, "page_not_public")
    return ForumPage(
        head,
        forum_id,
        title,
        True if root.css_first(".bbp-forum-closed") else None,
        parse_forum_entries(root, head.base, forum_id),
        parse_topic_entries(root, head.base),
        is_paged_by(root, head.base),
    )


def _parse_topic(document: LexborHTMLParser, root: LexborNode, head: PageHead, topic_id: PostId) -> Page:
    title = head.current or (head.entry_title or "")
    state: TopicState = parse_topic_state(document, topic_id)
    if _NOT_PUBLIC.match(title) or not state.public:
        return OtherPage(head, "page_not_public")
    post, replies = parse_posts(root, topic_id, head.base)
    return TopicPage(head, topic_id, title, state.forum_id, state.closed, post, replies, is_paged_by(root, head.base))


def _first_id(root: LexborNode, selector: str, pattern: re.Pattern[str]) -> int | None:
    for element in root.css(selector):
        if (found := pattern.fullmatch(element.id or "")) and int(found[1]):
            return int(found[1])
    return None


def _body_has(document: LexborHTMLParser, name: str) -> bool:
    return document.body is not None and name in classes_of(document.body)


def _body_id(document: LexborHTMLParser, room: str) -> int | None:
    if document.body is None or not _body_has(document, room):
        return None
    for name in classes_of(document.body):
        if found := _BODY_ID.fullmatch(name):
            return int(found[1])
    return None
