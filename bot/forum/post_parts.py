"""The elements of a topic page to which bbPress itself gives names, sorted to the posts whose parts they are.

A post's parts follow each other: date and address in a header row, then the element that says what the post is, and in
it author and text. Where a theme puts them does not count. What stands inside a post's text is no part of the page,
whatever it is called.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from bot.domain.ids import PostId

_NAMED = '[class*="bbp-"]'
_POST_ID = re.compile(r"post-([1-9]\d*)")
_PARTS = {
    "bbp-reply-header": "header",
    "bbp-topic-header": "header",
    "bbp-reply-post-date": "date",
    "bbp-topic-post-date": "date",
    "bbp-reply-permalink": "permalink",
    "bbp-topic-permalink": "permalink",
    "bbp-reply-author": "author",
    "bbp-topic-author": "author",
    "bbp-author-name": "name",
    "bbp-author-role": "role",
    "bbp-reply-content": "content",
    "bbp-topic-content": "content",
    "bbp-threaded-replies": "nest",
    "bbp-pagination-links": "pages",
    "bbp-header": "around",
    "bbp-footer": "around",
}
_OF_A_POST = frozenset(("date", "permalink", "author", "name", "role"))


@dataclass(slots=True)
class PostParts:
    """What is found of one post. Of a part that comes twice the first one counts.

    `names` are the classes of the element that says what the post is; `above` is the post in whose nested list it
    stands; `html` is its text as the parser writes it.
    """

    post_id: PostId | None
    names: frozenset[str] = frozenset()
    above: PostId | None = None
    elements: dict[str, LexborNode] = field(default_factory=dict[str, LexborNode])
    html: str | None = None


class PostGathering:
    """Goes along the named elements of a page, once."""

    def __init__(self, root: LexborNode) -> None:
        self.posts: list[PostParts] = []
        self.pages: LexborNode | None = None
        self._root = root
        self._post: PostParts | None = None
        self._nests: dict[int, PostId | None] = {}
        elements = iter(root.css(_NAMED))
        for element in elements:
            classes = element.attributes["class"] or ""
            part = _PARTS.get(classes)
            if part is not None:
                self._take_part(part, element, elements)
            elif " " in classes:
                self._take(element, classes.split(), elements)

    def _take(self, element: LexborNode, names: list[str], following: Iterator[LexborNode]) -> None:
        if "type-reply" in names or "type-topic" in names:
            self._begin(element, names)
            return
        for name in names:
            if name in _PARTS:
                self._take_part(_PARTS[name], element, following)

    def _take_part(self, part: str, element: LexborNode, following: Iterator[LexborNode]) -> None:
        if part in _OF_A_POST:
            if self._post is not None:
                self._post.elements.setdefault(part, element)
        elif part == "content":
            self._take_text(element, following)
        elif part == "header":
            self._post = PostParts(_post_id_of([element.id or ""]))
        elif part == "around":
            self._post = None
        elif part == "nest":
            self._nests[element.mem_id] = self.posts[-1].post_id if self.posts else None
        else:
            self.pages = self.pages or element

    def _begin(self, element: LexborNode, names: list[str]) -> None:
        post_id = _post_id_of(names)
        post = self._post
        if post is None or post.names or post.post_id not in (None, post_id):
            post = self._post = PostParts(post_id)
        post.post_id = post_id
        post.names = frozenset(names)
        post.above = self._post_above(element)
        self.posts.append(post)

    def _take_text(self, element: LexborNode, following: Iterator[LexborNode]) -> None:
        html = element.inner_html or ""
        if self._post is not None and self._post.names and self._post.html is None:
            self._post.html = html
        if "bbp-" in html:
            for _ in element.css(_NAMED)[1:]:
                next(following)

    def _post_above(self, element: LexborNode) -> PostId | None:
        node = element.parent if self._nests else None
        while node is not None and node.mem_id != self._root.mem_id:
            if node.mem_id in self._nests:
                return self._nests[node.mem_id]
            node = node.parent
        return None


def _post_id_of(names: list[str]) -> PostId | None:
    for name in names:
        if name.startswith("post-") and (found := _POST_ID.fullmatch(name)):
            return PostId(int(found[1]))
    return None
