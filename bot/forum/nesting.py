"""HTML that is nested too deep → the same words, nested no deeper than a browser goes.

The parser's time grows with the square of the depth: a page of a hundred thousand open tags would hold everything up.
"""

import re
from collections import Counter

from bot.forum.tags import BLOCK_TAGS, VOID_TAGS

_SUSPECT = 20_000
"""Fewer tags than this cannot cost more than a second, however they are nested."""
_DEEPEST = 512
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*)(?>[^>"']+|"[^"]*"|'[^']*')*>""")
_CLOSED_BY_THEIR_KIN = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"))
_NOT_COUNTED = VOID_TAGS | _CLOSED_BY_THEIR_KIN


def flattened(html: str) -> str:
    """Return HTML without the tags that stand deeper than a browser goes; the text in them is kept."""
    if html.count("<") <= _SUSPECT:
        return html
    return _TAG.sub(_Depth().keep, html)


class _Depth:
    """Follows the open elements along a page."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._counted = Counter[str]()

    def keep(self, found: re.Match[str]) -> str:
        """Return a tag as it is, or what stands for it where it is too deep."""
        name = found[2].lower()
        if name in _NOT_COUNTED:
            return found[0]
        deep = self._close(name) if found[1] else self._enter(name)
        if not deep:
            return found[0]
        return " " if name in BLOCK_TAGS else ""

    def _enter(self, name: str) -> bool:
        self._open.append(name)
        self._counted[name] += 1
        return len(self._open) > _DEEPEST

    def _close(self, name: str) -> bool:
        """Close an element and those in it that are open still, as the parser does; an end without a start is left."""
        if not self._counted[name]:
            return False
        while (inner := self._open.pop()) != name:
            self._counted[inner] -= 1
        self._counted[name] -= 1
        return len(self._open) >= _DEEPEST
