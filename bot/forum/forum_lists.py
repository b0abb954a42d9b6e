"""The lists on an index or forum page: forums, sub-forums, topics. Only what a visitor may see is taken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from bot.domain.ids import ForumId, PostId
from bot.domain.reading import Sticky
from bot.forum.address import absolute
from bot.forum.classes import classes_of, is_public, parent_forum_of
from bot.forum.page_head import Crumb, is_public_title, text_in

_FORUM_ID = re.compile(r"(?:bbp-)?forum-(\d+)")
_TOPIC_ID = re.compile(r"(?:bbp-)?topic-(\d+)")
_LIST_ID = re.compile(r"forums-list-([1-9]\d*)")
_COUNTS = re.compile(r"\s*\(\d[\d.,\s]*\)$")
_NO_DIGIT = re.compile(r"[^0-9]+")


@dataclass(frozen=True, slots=True)
class ForumEntry:
    """A forum as a list shows it. `subforums` are links below it, without ids."""

    forum_id: ForumId
    title: str
    url: str | None
    closed: bool
    description: str | None
    parent_id: ForumId | None
    subforums: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic as a list shows it. A super sticky stands in every list; `forum_id` says where it belongs.

    `freshness` is the address of the last post (`…#post-LASTID`, or the topic's own); `counts` are the printed numbers
    of voices and posts, as far as the theme prints them. Neither is to be believed: they only tell of a change.
    """

    topic_id: PostId
    title: str
    url: str | None
    sticky: Sticky
    closed: bool
    forum_id: ForumId | None
    freshness: str | None = None
    counts: tuple[int, ...] = ()


def parse_forum_entries(root: LexborNode, base: str | None, inside: ForumId | None = None) -> tuple[ForumEntry, ...]:
    """Return the forums that a page lists, in its order. `inside` is the forum whose page it is."""
    entries: list[ForumEntry] = []
    for number, element, link in _rows(root, _FORUM_ID, "a.bbp-forum-title"):
        classes = classes_of(element)
        title = text_in(link) or ""
        if "bbp-topics" in classes.split() or not (is_public(classes) and is_public_title(title)):
            continue
        entries.append(
            ForumEntry(
                ForumId(number),
                title,
                absolute(base, link.attributes.get("href")),
                "bbp-forum-status-closed" in classes.split(),
                text_in(element.css_first(".bbp-forum-content")),
                parent_forum_of(classes) or _list_owner(element) or inside,
                _subforums(element, base),
            )
        )
    return tuple(entries)


def parse_topic_entries(root: LexborNode, base: str | None) -> tuple[TopicEntry, ...]:
    """Return the topics that a page lists."""
    entries: list[TopicEntry] = []
    for number, element, link in _rows(root, _TOPIC_ID, "a.bbp-topic-permalink"):
        classes = classes_of(element)
        if not is_public(classes):
            continue
        names = classes.split()
        entries.append(
            TopicEntry(
                PostId(number),
                text_in(link) or "",
                absolute(base, link.attributes.get("href")),
                _sticky(names),
                "status-closed" in names,
                parent_forum_of(classes),
                _freshness(element, base),
                _counts(element),
            )
        )
    return tuple(entries)


def _rows(root: LexborNode, pattern: re.Pattern[str], title: str) -> Iterator[tuple[int, LexborNode, LexborNode]]:
    """Yield the number, the element and the title's link of each row whose id fits a pattern; no id is seen twice."""
    seen: set[str] = set()
    for element in root.css("[id]"):
        name = element.id or ""
        found = pattern.fullmatch(name)
        if found is None or name in seen:
            continue
        seen.add(name)
        if link := element.css_first(title):
            yield int(found[1]), element, link


def _freshness(element: LexborNode, base: str | None) -> str | None:
    """Return where the time of the last post links to; a topic without one links to its author only."""
    for link in element.css(".bbp-topic-freshness a[href]"):
        if "bbp-author" not in classes_of(link) and "bbp-topic-freshness-author" not in classes_of(link.parent):
            return absolute(base, link.attributes.get("href"))
    return None


def _counts(element: LexborNode) -> tuple[int, ...]:
    cells = (element.css_first(name) for name in (".bbp-topic-voice-count", ".bbp-topic-reply-count"))
    digits = (_NO_DIGIT.sub("", text_in(cell) or "") for cell in cells)
    return tuple(int(number) for number in digits if number)


def _sticky(names: list[str]) -> Sticky:
    if "super-sticky" in names:
        return Sticky.SUPER
    return Sticky.FORUM if "sticky" in names else Sticky.NO


def _list_owner(element: LexborNode) -> ForumId | None:
    node = element.parent
    while node is not None:
        if found := _LIST_ID.fullmatch(node.id or ""):
            return ForumId(int(found[1]))
        node = node.parent
    return None


def _subforums(element: LexborNode, base: str | None) -> tuple[Crumb, ...]:
    links = ((_COUNTS.sub("", text_in(link) or ""), link) for link in element.css("a.bbp-forum-link"))
    return tuple(
        Crumb(title, absolute(base, link.attributes.get("href"))) for title, link in links if is_public_title(title)
    )
