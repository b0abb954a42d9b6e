"""A bbPress page → what it says. Which page it is follows from its structure, never from a theme's decoration."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import PostReading, ReplyReading
from bot.forum.classes import classes_of, is_public
from bot.forum.forum_lists import ForumEntry, TopicEntry, parse_forum_entries, parse_topic_entries
from bot.forum.nesting import flattened, is_heavy
from bot.forum.page_head import (
    PageHead,
    classes_around,
    is_public_title,
    links_to_pages,
    next_page_of,
    parse_head,
    text_in,
)
from bot.forum.post_parts import PostGathering
from bot.forum.texts_apart import Apart, cut_apart, is_sound
from bot.forum.topic_page import parse_posts, parse_topic_state

_NUMBERED = re.compile(
    r"topic-(?P<topic>[1-9]\d*)-replies|bbp-topic-(?P<lead>[1-9]\d*)-lead|(?:new|no)-reply-(?P<answer>[1-9]\d*)"
    r"|bbp-forum-(?P<topics>[1-9]\d*)|forums-list-(?P<forums>[1-9]\d*)|(?:no-topic|forum-closed)-(?P<form>[1-9]\d*)"
    r"|(?P<index>forums-list-0)|(?P<other>bbp-user-wrapper|bbp-user-body|bbp-search-results)"
)
_BODY_ID = re.compile(r"(?:post|page-)id-([1-9]\d*)")
_LOCK = ".post-password-form"


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
    apart = cut_apart(html) if is_heavy(html) else None
    document = LexborHTMLParser(flattened(apart.page) if apart else html)
    root = document.css_first("#bbpress-forums")
    head = parse_head(document, root, url)
    if root is None:
        return OtherPage(head, "page_password" if document.css_first(_LOCK) else "page_not_forum")
    if not all(is_public_title(crumb.title) for crumb in head.forums):
        return OtherPage(head, "page_not_public")
    room, number = _room_of(document, root)
    if room == "topic":
        gathered = PostGathering(root)
        if apart is None and not is_sound(html, gathered):
            del document, root, gathered  # of a large page one tree at a time is enough
            return _parse_apart(cut_apart(html), head, PostId(number))
        if apart and not apart.put_back(gathered):
            return OtherPage(head, "page_garbled")
        return _parse_topic(gathered, head, PostId(number))
    if root.css_first(_LOCK):
        return OtherPage(head, "page_password")
    if room == "forum":
        return _parse_forum(root, head, ForumId(number))
    if room == "index":
        return IndexPage(head, parse_forum_entries(root, head.base), next_page_of(links_to_pages(root), head.base))
    return OtherPage(head, "page_not_forum" if room == "other" else "page_truncated")


def _room_of(document: LexborHTMLParser, root: LexborNode) -> tuple[str, int]:
    """Return which kind of page it is and the id of what it shows, by the first thing on it that bbPress numbers."""
    for element in root.css("[id]"):
        found = _NUMBERED.fullmatch(element.id or "")
        if found is None:
            continue
        if found["other"]:
            return "other", 0
        if found["topic"] or found["lead"] or found["answer"]:
            return "topic", int(found["topic"] or found["lead"] or found["answer"])
        if found["index"]:
            return "index", 0
        if found["topics"] is None or "bbp-topics" in classes_of(element).split():
            return "forum", int(found["topics"] or found["forums"] or found["form"])
    return _room_by_body(document, root)


def _room_by_body(document: LexborHTMLParser, root: LexborNode) -> tuple[str, int]:
    """Return the same by what WordPress says of a page on which nothing is listed; of an empty one, that it is."""
    if not text_in(root):
        return "empty", 0
    names = classes_of(document.body).split()
    for name, room in (("single-forum", "forum"), ("forum-archive", "index")):
        if name in names:
            return room, next((int(found[1]) for one in names if (found := _BODY_ID.fullmatch(one))), 0)
    return "other", 0


def _parse_forum(root: LexborNode, head: PageHead, forum_id: ForumId) -> Page:
    if not _forum_is_public(root, head, forum_id):
        return OtherPage(head, "page_not_public")
    return ForumPage(
        head,
        forum_id,
        head.title,
        True if root.css_first(".bbp-forum-closed") else None,
        parse_forum_entries(root, head.base, forum_id),
        parse_topic_entries(root, head.base),
        next_page_of(links_to_pages(root), head.base),
    )


def _forum_is_public(root: LexborNode, head: PageHead, forum_id: ForumId) -> bool:
    """Tell it by the theme's own element for the forum, else by what WordPress writes before a title."""
    around = list(classes_around(root, forum_id))
    return all(map(is_public, around)) if around else is_public_title(head.title)


def _parse_apart(apart: Apart, head: PageHead, topic_id: PostId) -> Page:
    """Return what a topic page says, read once more without its texts."""
    root = LexborHTMLParser(flattened(apart.page)).css_first("#bbpress-forums")
    gathered = PostGathering(root) if root else None
    if gathered is None or not apart.put_back(gathered):
        return OtherPage(head, "page_garbled")
    return _parse_topic(gathered, head, topic_id)


def _parse_topic(gathered: PostGathering, head: PageHead, topic_id: PostId) -> Page:
    state = parse_topic_state(gathered.root, gathered.posts, topic_id)
    if state.public is False or (state.public is None and not is_public_title(head.title)):
        return OtherPage(head, "page_not_public")
    post, replies = parse_posts(gathered.posts, topic_id, head.base)
    if post is None and not replies and gathered.root.css_first(_LOCK):
        return OtherPage(head, "page_password")
    next_url = next_page_of(gathered.pages, head.base)
    return TopicPage(head, topic_id, head.title, state.forum_id, state.closed, post, replies, next_url)
