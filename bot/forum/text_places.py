"""Where the texts of a topic page begin and end in the HTML as it was sent, told without parsing it.

A text may hold any tags, closed or not, so they tell nothing. What tells is what bbPress's own templates print around
it: before it the header of its post, and behind it a comment with the name of the element that ends. In a theme that
leaves those comments out, a text ends so many end tags before the next post as most of them do.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

TEXTS = ("bbp-reply-content", "bbp-topic-content")
HEADERS = ("bbp-reply-header", "bbp-topic-header")
MARKERS = tuple(f"<!-- .{name} -->" for name in TEXTS)

_POST = frozenset(("type-reply", "type-topic"))
_EDGE = frozenset(("bbp-header", "bbp-footer", "bbp-pagination", "bbp-reply-form", "bbp-no-reply"))
_ROOT = re.compile(r"""\sid=["']?bbpress-forums\b""")
_MARK = re.compile(
    r"<!-- \.(?P<marker>bbp-(?:reply|topic)-content) -->"
    r"|<(?P<tag>[a-zA-Z][a-zA-Z0-9]*)\s(?:[^<>]*?\s)?class=[\"']?(?P<classes>[^\"'<>]*)"
)
_LIST_TAG = re.compile(r"<(/?)(?:ul|ol|li)\b", re.IGNORECASE)
_OWN_ENDS = 2
"""How many end tags bbPress's own templates have behind a text: that of its element, and that of the post."""

Place = tuple[int, int]


class _Mark(NamedTuple):
    """What tells where one is in a page: where a post, a text or a list begins, or the comment behind a text.

    `name` is that of a text, of the text that a comment ends, or of a post's header.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    tag: str = ""


def begin_of(html: str) -> int:
    """Return where bbPress's part of a page begins."""
    root = _ROOT.search(html)
    return root.start() if root else 0


def places_of(html: str) -> list[Place]:
    """Return where each post's text stands, of those whose end can be found, whatever tags are in them."""
    marks = list(_marks_in(html))
    marked = {mark.name for mark in marks if mark.kind == "marker"}
    places: list[Place] = []
    unmarked: list[tuple[_Mark, int | None]] = []
    within, reach, open_text = False, 0, None
    for at, mark in enumerate(marks):
        if mark.start < reach or mark.kind == "marker":
            continue
        if mark.kind != "text":
            if open_text:
                unmarked.append((open_text, mark.start))
                open_text = None
        elif within and mark.name not in marked:
            open_text = mark
        elif within and (end := _end_before_marker(html, marks, at)):
            places.append((mark.end, end))
            reach = end
        within = mark.kind == "post"
    if open_text:
        unmarked.append((open_text, None))
    return sorted([*places, *_ends_like_most(html, unmarked)])


def elements_of(html: str) -> tuple[list[Place], int] | None:
    """Return where each post's text stands if all of them close what they open, else None.

    Beside it stands how many elements have the name of a text, those in the texts themselves left out.
    """
    places: list[Place] = []
    within, reach, named = False, 0, 0
    for mark in _marks_in(html):
        if mark.start < reach:
            if mark.kind == "post" and not _closes_lists(html[slice(*places[-1])]):
                return None  # no post that was quoted whole: the text reaches into the one that follows
            continue
        named += mark.kind == "text"
        if mark.kind == "text" and within:
            end = _end_of_element(html, mark)
            if end is None:
                return None
            places.append((mark.end, end))
            reach = end
        within = mark.kind == "post"
    return places, named


def _marks_in(html: str) -> Iterator[_Mark]:
    for found in _MARK.finditer(html, begin_of(html)):
        start, end = found.span()
        if found["marker"]:
            yield _Mark("marker", start, end, found["marker"])
            continue
        names = found["classes"].split()
        if text := next((name for name in TEXTS if name in names), None):
            yield _Mark("text", start, html.find(">", end) + 1, text, found["tag"])
        elif header := next((name for name in HEADERS if name in names), None):
            yield _Mark("post", start, end, header)
        elif not _POST.isdisjoint(names):
            yield _Mark("post", start, end)
        elif not _EDGE.isdisjoint(names):
            yield _Mark("edge", start, end)


def _end_before_marker(html: str, marks: list[_Mark], at: int) -> int | None:
    """Return where the text ends that begins at a mark: before the last comment of its kind before the next header."""
    text, marker = marks[at], None
    for number in range(at + 1, len(marks)):
        mark = marks[number]
        if mark.kind == "marker":
            marker = mark if mark.name == text.name else marker
        elif marker and (mark.kind == "edge" or mark.name in HEADERS):
            break
    end = html.rfind("</", text.end, marker.start) if marker else -1
    return end if end >= 0 else None


def _ends_like_most(html: str, texts: list[tuple[_Mark, int | None]]) -> Iterator[Place]:
    """Yield the places of texts without a comment behind them: each mark with where the next post begins, if one does.

    Most texts close what they open, and show how many elements end between a text and the next post.
    """
    ends = [_end_of_element(html, text, before) for text, before in texts]
    counted = Counter([_OWN_ENDS])
    counted.update(
        html.count(f"</{text.tag}", end, before)
        for (text, before), end in zip(texts, ends, strict=True)
        if end is not None and before is not None
    )
    usual = counted.most_common(1)[0][0]
    for (text, before), end in zip(texts, ends, strict=True):
        if before is not None or end is None:
            end = _last_end(html, text, before or _end_of_list(html, text), usual)  # noqa: PLW2901 - the better of both
        if end is not None:
            yield text.end, end


def _end_of_element(html: str, text: _Mark, before: int | None = None) -> int | None:
    """Return where the end tag stands that closes a text's element if its own text leaves none of its kind open."""
    depth = 1
    for found in re.compile(rf"<(/?){text.tag}\b", re.IGNORECASE).finditer(html, text.end, before or len(html)):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    return None


def _last_end(html: str, text: _Mark, before: int, number: int) -> int | None:
    """Return where an end tag of a text's element stands, the so-manyeth before a place."""
    place = before
    for _ in range(number):
        place = html.rfind(f"</{text.tag}", text.end, place)
        if place < 0:
            return None
    return place


def _end_of_list(html: str, text: _Mark) -> int:
    """Return where the list or the item ends in which a text stands, if the text leaves none of its own open."""
    depth = 1
    for found in _LIST_TAG.finditer(html, text.end):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    return text.end


def _closes_lists(text: str) -> bool:
    """Tell whether a text ends as many lists and items as it begins."""
    return sum(-1 if found[1] else 1 for found in _LIST_TAG.finditer(text)) == 0
