"""What the classes of an element say. They are kept as the one string that the page has: most are looked at once."""

import re

from selectolax.lexbor import LexborNode

from bot.domain.ids import ForumId

_HIDDEN_STATES = frozenset(("private", "hidden", "pending", "spam", "trash", "draft", "auto-draft", "future", "orphan"))


def class_pattern(start: str, rest: str) -> re.Pattern[str]:
    """Return a pattern that finds a whole class. It begins with plain letters: those are found fastest."""
    return re.compile(rf"{start}(?<!\S{start})(?:{rest})(?!\S)")


_STATUS = class_pattern("status-", r"(\S+)")
_HIDDEN_FORUM = class_pattern("bbp-forum-visibility-", "private|hidden")
_PARENT_FORUM = class_pattern("bbp-parent-forum-", r"([1-9]\d*)")


def classes_of(element: LexborNode | None) -> str:
    """Return an element's classes."""
    return (element.attributes.get("class") or "") if element is not None else ""


def states_of(classes: str) -> list[str]:
    """Return the states that an element's classes give what it shows: publish, closed, trash."""
    return _STATUS.findall(classes)


def is_public(classes: str) -> bool:
    """Tell whether a post or forum with these classes is there for every visitor."""
    if not _HIDDEN_STATES.isdisjoint(states_of(classes)):
        return False
    return "post-password-" not in classes and _HIDDEN_FORUM.search(classes) is None


def parent_forum_of(classes: str) -> ForumId | None:
    """Return the forum that an element's classes say it belongs to."""
    found = _PARENT_FORUM.search(classes)
    return ForumId(int(found[1])) if found else None
