"""How long reading a topic page of 120 KB takes, beside parsing it and walking along its tree and no more."""

from collections.abc import Callable, Iterator
from statistics import median
from time import process_time

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.forum.pages import TopicPage, parse_page
from tests.bench.figure import Figure
from tests.bench.topic_pages import page_of_replies

_ROUNDS = 100


def measure() -> Iterator[Figure]:
    page = page_of_replies()
    read = parse_page(page)
    assert isinstance(read, TopicPage)
    assert len(read.replies) > 60
    yield Figure("reading a topic page of 120 KB", _ratio(parse_page, _walk, page), 3.0, "× parsing and walking")


def _walk(page: str) -> None:
    root = LexborHTMLParser(page).root
    assert root is not None
    _visit(root)


def _visit(node: LexborNode) -> None:
    _ = node.tag
    for child in node.iter(include_text=True):
        _visit(child)


def _ratio(ours: Callable[[str], object], plain: Callable[[str], object], page: str) -> float:
    """Return how many times the one takes what the other does: in turn, so that noise falls on both of a pair."""
    return median(_seconds_of(ours, page) / _seconds_of(plain, page) for _ in range(_ROUNDS))


def _seconds_of(work: Callable[[str], object], page: str) -> float:
    began = process_time()
    work(page)
    return process_time() - began
