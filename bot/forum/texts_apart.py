"""Posts whose texts reach out of their place → the same posts, each with what its author wrote and nothing more.

A stray ``</div>``, a list item without its list or a comment that nobody closed makes the parser end bbPress's own
elements, or take in what follows: posts are lost, or stand in one another. Then the texts are cut out of the page as it
was sent, the page is read without them, and each is read by itself, where it can reach nothing.
"""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from bot.forum.nesting import flattened
from bot.forum.post_parts import PostGathering, PostParts
from bot.forum.tags import FORMATTING_TAGS
from bot.forum.text_places import HEADERS, MARKERS, TEXTS, begin_of, elements_of, places_of

_LOG = re.compile(r"""<ul\s[^<>]*class=["']bbp-(?:reply|topic)-revision-log["']""")
"""What bbPress prints behind a text. Its times are told from now, so it must not be taken for what somebody wrote."""

_LONG = 200_000


def is_sound(html: str, page: PostGathering) -> bool:
    """Tell whether what was gathered is all that a page has, and every text stands in its own place."""
    marked = 0
    for element in page.contents:
        behind = element.next
        if behind is not None and behind.is_comment_node:
            marked += behind.html in MARKERS
            behind = behind.next
        if behind is not None and behind.tag in FORMATTING_TAGS:
            return False  # some text left it open
    if page.posts and _is_run_over(page.posts[-1]):
        return False
    complete = _count(html, TEXTS) == len(page.contents) + marked
    if marked:
        return complete
    if complete and not page.ends_in_text and _count(html, HEADERS) == page.headers:
        return True  # what follows the last post is where it belongs, so nothing in it or before it has moved it
    return _is_as_sent(html, page)


class Apart(NamedTuple):
    """A page with a number in the place of each post's text, and the texts."""

    page: str
    texts: list[str]

    def put_back(self, page: PostGathering) -> bool:
        """Give each post that was gathered its text, and tell whether it is clear which text is whose."""
        posts = [post for post in page.posts if post.html is not None]
        if [post.html for post in posts] != [str(number) for number in range(len(self.texts))]:
            return False
        for post, text in zip(posts, self.texts, strict=True):
            post.html = _as_written(_LOG.split(text, 1)[0])
        return True


def cut_apart(html: str) -> Apart:
    """Return a page without the texts of its posts, and the texts."""
    places = places_of(html)
    starts = [*(start for start, _ in places), len(html)]
    between = [html[end:start] for (_, end), start in zip([(0, 0), *places], starts, strict=True)]
    numbered = "".join(f"{number}{piece}" for number, piece in enumerate(between[1:]))
    return Apart(between[0] + numbered, [html[start:end] for start, end in places])


def _count(html: str, names: tuple[str, ...]) -> int:
    """Return how often names stand in bbPress's part of a page: those of elements, and of the comments behind them."""
    begin = begin_of(html)
    return sum(html.count(name, begin) for name in names)


def _is_run_over(post: PostParts) -> bool:
    """Tell whether a formatting element that some text left open goes on around the last post."""
    for node in (post.elements.get("date"), post.elements.get("author")):
        while node is not None and (node := node.parent) is not None:
            if node.tag in FORMATTING_TAGS:
                return True
    return False


def _is_as_sent(html: str, page: PostGathering) -> bool:
    """Tell whether the parser has in every text what stands between its tags, and no more."""
    sent = elements_of(html)
    if sent is None:
        return False
    places, named = sent
    found = [post.html for post in page.posts if post.html is not None]
    if any(end - start > _LONG for start, end in places):
        return False  # to cut it out takes less than to hold it against the page
    return (len(found), len(page.contents)) == (len(places), named) and all(
        _as_written(html[start:end]) == text for (start, end), text in zip(places, found, strict=True)
    )


def _as_written(text: str) -> str:
    """Return a text by itself as the parser writes it."""
    return LexborHTMLParser(flattened(text), is_fragment=True).html or ""
