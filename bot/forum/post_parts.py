"""The elements of a topic page to which bbPress itself gives names, sorted to the posts whose parts they are.

A post's parts follow each other: date and address in a header row, then the element that says what the post is, and in
it author and text. Where a theme puts them does not count. What stands inside a post's text is no part of the page,
whatever it is called.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from bot.domain.ids import PostId
from bot.forum.classes import class_pattern, classes_of

_NAMED = '[class*="bbp-"]'
_POST_ID = class_pattern("post-", r"([1-9]\d*)")
_POST = class_pattern("type-", "(reply|topic)")
_PARTS = {
    "bbp-reply-post-date": "date",
    "bbp-topic-post-date": "date",
    "bbp-reply-permalink": "permalink",
    "bbp-topic-permalink": "permalink",
    "bbp-reply-author": "author",
    "bbp-topic-author": "author",
    "bbp-author-name": "name",
    "bbp-author-role": "role",
}
_TURNS = {
    "bbp-reply-header": "header",
    "bbp-topic-header": "header",
    "bbp-reply-content": "text",
    "bbp-topic-content": "text",
    "bbp-threaded-replies": "nest",
    "bbp-pagination-links": "pages",
    "bbp-header": "around",
    "bbp-footer": "around",
}


@dataclass(slots=True)
class PostParts:
    """What is found of one post. Of a part that comes twice the first one counts.

    `classes` are those of the element that says what the post is; `above` is the post in whose nested list it
    stands; `html` is its text as the parser writes it.
    """

    post_id: PostId | None
    classes: str = ""
    is_reply: bool = False
    above: PostId | None = None
    elements: dict[str, LexborNode] = field(default_factory=dict[str, LexborNode])
    html: str | None = None


class PostGathering:
    """Goes along the named elements of a page, once.

    `contents` are the elements that bear the name of a post's text, those of a list's own first and last row too;
    `ends_in_text` tells whether the last of them is a post's. `headers` is how many posts have one.
    """

    def __init__(self, root: LexborNode) -> None:
        self.posts: list[PostParts] = []
        self.pages: LexborNode | None = None
        self.contents: list[LexborNode] = []
        self.ends_in_text = False
        self.headers = 0
        self.root = root
        self._post = PostParts(None)
        self._within = False
        self._nests: dict[int, PostId | None] = {}
        elements = iter(root.css(_NAMED))
        for element in elements:
            classes = element.attributes["class"] or ""
            if part := _PARTS.get(classes):
                self._post.elements.setdefault(part, element)
            elif turn := _TURNS.get(classes):
                self._turn(turn, element, elements)
            elif " " in classes:
                self._take(element, classes, elements)

    def _take(self, element: LexborNode, classes: str, following: Iterator[LexborNode]) -> None:
        """Take an element that bears other names beside, or is a post."""
        if found := _POST.search(classes):
            self._begin(element, classes, found[1])
            return
        for name in classes.split():
            if name in _PARTS:
                self._post.elements.setdefault(_PARTS[name], element)
            elif name in _TURNS:
                self._turn(_TURNS[name], element, following)
                return

    def _turn(self, turn: str, element: LexborNode, following: Iterator[LexborNode]) -> None:
        """Take an element with which something begins or ends."""
        if turn == "header":
            self.headers += 1
            self._post, self._within = PostParts(_post_id_of(element.id or "")), True
        elif turn == "text":
            self._take_text(element, following)
        elif turn == "around":
            self._post, self._within = PostParts(None), False
        elif turn == "nest":
            self._nests[element.mem_id] = self.posts[-1].post_id if self.posts else None
        else:
            self.pages = self.pages or element

    def _begin(self, element: LexborNode, classes: str, kind: str) -> None:
        post_id = _post_id_of(classes)
        if self._post.classes or self._post.post_id not in (None, post_id):
            self._post = PostParts(post_id)
        post = self._post
        post.post_id = post_id
        post.classes = classes
        post.is_reply = kind == "reply"
        post.above = self._post_above(element)
        self.posts.append(post)
        self._within = True

    def _take_text(self, element: LexborNode, following: Iterator[LexborNode]) -> None:
        html = element.inner_html or ""
        self.contents.append(element)
        self.ends_in_text = self._within
        if self._within:
            if not self._post.classes and element.parent is not None:
                self._begin(element.parent, f"{classes_of(element.parent)} post-{self._post.post_id}", "reply")
            if self._post.html is None:
                self._post.html = html
        if "bbp-" in html:
            for _ in element.css(_NAMED)[1:]:
                next(following)

    def _post_above(self, element: LexborNode) -> PostId | None:
        """Return the post in whose nested list an element stands."""
        node = element.parent if self._nests else None
        while node is not None and (key := node.mem_id) != self.root.mem_id:
            if key in self._nests:
                return self._nests[key]
            node = node.parent
        return None


def _post_id_of(names: str) -> PostId | None:
    found = _POST_ID.search(names)
    return PostId(int(found[1])) if found else None
