"""HTML that a parser would take minutes or gigabytes over → the same words, in as much of its tags as it can bear.

Its time grows with the square of three things: how deep elements stand in each other, how many formatting elements are
left open (it opens each of them anew in every paragraph that follows), and how many attributes a tag has. No forum
needs much of any; one text of a few hundred kilobytes can have enough of each to hold everything up.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from bot.forum.tags import BLOCK_TAGS, FORMATTING_TAGS, VOID_TAGS

_DEEPEST = 512
"""A browser goes no deeper."""
_MOST_TAGS = 20_000
"""Fewer than this cannot cost more than a second, however deep they stand."""
_MOST_OPEN = 100
_MOST_OPENED_ANEW = 200_000
"""How many elements there may be that nobody wrote: so many tags, times the formatting elements that are open."""
_FEW_TAGS = 2 * int(_MOST_OPENED_ANEW**0.5)
_MOST_ATTRIBUTES = 200
_LONG_TAG = 1_000

_SPACE = r"[ \t\n\r\f]"
_NAME = r"[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^ \t\n\r\f>"'][^ \t\n\r\f>]*+)"""
_ATTRIBUTE = rf"{_NAME}(?:{_SPACE}*+={_SPACE}*+{_VALUE})?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(/?)([a-zA-Z][^ \t\n\r\f/>]*+)((?:[ \t\n\r\f/]++|{_ATTRIBUTE})*+)(?:>|\Z)")
"""A tag as the parser sees it. It ends at the end of the text at last: a search that failed would begin anew in it."""
_FULL_TAG = re.compile(rf"<[a-zA-Z][^ \t\n\r\f/>]*+(?:[ \t\n\r\f/]*+{_ATTRIBUTE}){{{_MOST_ATTRIBUTES}}}")

_CLOSED_BY_THEIR_KIN = ("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option")
_NOT_COUNTED = VOID_TAGS | frozenset(_CLOSED_BY_THEIR_KIN)
_ALONE = frozenset(("a", "nobr"))
"""What begins closes what is open of these."""
_WALLS = frozenset(("table", "object", "applet", "marquee", "template"))
"""No end tag in one of these closes anything around it."""


def is_heavy(html: str) -> bool:
    """Tell whether HTML may be more than a parser should be handed."""
    tags = html.count("<")
    return tags > _MOST_TAGS or _has_attributes(html) or (tags > _FEW_TAGS and _leaves_open(html, tags))


def flattened(html: str) -> str:
    """Return HTML without the tags and attributes that are too many; the text in them is kept."""
    if not is_heavy(html):
        return html
    most_open = max(1, min(_MOST_OPEN, _MOST_OPENED_ANEW // (html.count("<") + 1)))
    return _TAG.sub(_Follower(most_open).keep, html)


def _has_attributes(html: str) -> bool:
    """Tell whether a tag has too many attributes. None has where tags end everywhere; elsewhere there may be prose."""
    stretches = range(0, len(html) - _LONG_TAG, _LONG_TAG)
    return any(html.find(">", at, at + _LONG_TAG) < 0 for at in stretches) and _FULL_TAG.search(html) is not None


def _leaves_open(html: str, tags: int) -> bool:
    """Tell whether more formatting elements may be left open than do no harm, by how many tags have no end tag."""
    unclosed = tags - 2 * html.count("</")
    for void in ("<!", "<br", "<img"):
        if unclosed <= _MOST_OPEN:
            return False
        unclosed -= html.count(void)
    for name in _CLOSED_BY_THEIR_KIN:
        unclosed -= max(0, html.count(f"<{name}>") - html.count(f"</{name}>"))
    return unclosed > _MOST_OPEN


@dataclass(slots=True)
class _Room:
    """The elements that are open within one wall. Formatting elements stand apart: blocks close over them."""

    wall: str = ""
    blocks: list[str] = field(default_factory=list[str])
    counted: Counter[str] = field(default_factory=Counter[str])
    formatting: Counter[str] = field(default_factory=Counter[str])
    dropped: Counter[str] = field(default_factory=Counter[str])


class _Follower:
    """Follows the open elements along a page."""

    def __init__(self, most_open: int) -> None:
        self._most_open = most_open
        self._rooms = [_Room()]
        self._depth = 0
        self._formatting = 0

    def keep(self, found: re.Match[str]) -> str:
        """Return a tag as it is, or what stands for it where it is too much."""
        slash, name, attributes = found.groups()
        name = name.lower()
        if name in FORMATTING_TAGS:
            kept = self._end_formatting(name) if slash else self._format(name)
        elif name in _NOT_COUNTED:
            kept = True
        else:
            kept = self._close(name) if slash else self._enter(name)
        if not kept:
            return " " if name in BLOCK_TAGS else ""
        if len(attributes) > _LONG_TAG and len(_ATTRIBUTES.findall(attributes)) > _MOST_ATTRIBUTES:
            return f"<{slash}{name}>"
        return found[0]

    def _enter(self, name: str) -> bool:
        if name in _WALLS:
            self._rooms.append(_Room(name))
        else:
            room = self._rooms[-1]
            room.blocks.append(name)
            room.counted[name] += 1
        self._depth += 1
        return self._depth <= _DEEPEST

    def _close(self, name: str) -> bool:
        """Close an element and those in it that are open still, as the parser does; an end without a start is left."""
        if name in _WALLS:
            return self._close_wall(name)
        room = self._rooms[-1]
        if not room.counted[name]:
            return True
        while True:
            inner = room.blocks.pop()
            room.counted[inner] -= 1
            self._depth -= 1
            if inner == name:
                return self._depth < _DEEPEST

    def _close_wall(self, name: str) -> bool:
        if not any(room.wall == name for room in self._rooms):
            return True
        while True:
            room = self._rooms.pop()
            self._depth -= len(room.blocks) + 1
            self._formatting -= room.formatting.total()
            if room.wall == name:
                return self._depth < _DEEPEST

    def _format(self, name: str) -> bool:
        room = self._rooms[-1]
        if name in _ALONE and room.formatting[name]:
            return True
        if self._formatting >= self._most_open:
            room.dropped[name] += 1
            return False
        room.formatting[name] += 1
        self._formatting += 1
        return True

    def _end_formatting(self, name: str) -> bool:
        room = self._rooms[-1]
        if room.dropped[name]:
            room.dropped[name] -= 1
            return False
        if room.formatting[name]:
            room.formatting[name] -= 1
            self._formatting -= 1
        return True
