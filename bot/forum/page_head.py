"""What every forum page says about itself: its address, the site's title and the breadcrumb."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.text import normalise
from bot.forum.address import absolute

_FEED_TITLE = re.compile(r"^(.*?)\s*[»«\-–|]\s*(?:feed|reacties feed|comments feed)\b", re.IGNORECASE)
_TITLE_SIGN = re.compile(r"\s[–—|·•»«-]\s")
_PAGE_NUMBER = re.compile(r"^(?:page|pagina)\s+\d+\s*[–—|·•»«-]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumb, or another link to a forum."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page's own address (`base`), and the way to it: the forum's root, the forums above it, what it is itself."""

    base: str | None
    site_title: str | None
    root: Crumb | None
    forums: tuple[Crumb, ...]
    topic: Crumb | None
    current: str | None
    entry_title: str | None


def parse_head(document: LexborHTMLParser, root: LexborNode | None, url: str | None) -> PageHead:
    """Return what a page says about itself."""
    base = url or _own_address(document)
    scope = root or document.body
    trail = scope.css_first(".bbp-breadcrumb") if scope else None
    crumbs = trail or None
    current = _text_of(crumbs, ".bbp-breadcrumb-current")
    return PageHead(
        base,
        _site_title(document, current),
        next(iter(_links(crumbs, "a.bbp-breadcrumb-root", base)), None),
        tuple(_links(crumbs, "a.bbp-breadcrumb-forum", base)),
        next(iter(_links(crumbs, "a.bbp-breadcrumb-topic", base)), None),
        current,
        _text_of(document.body, ".entry-title") or _text_of(document.body, "h1"),
    )


def classes_of(element: LexborNode) -> frozenset[str]:
    """Return an element's classes."""
    return frozenset((element.attributes.get("class") or "").split())


def text_in(element: LexborNode | None) -> str | None:
    """Return an element's normalised text, or None where it has none."""
    return (normalise(element.text()) or None) if element is not None else None


def is_paged_by(root: LexborNode, base: str | None) -> str | None:
    """Return the address of the next page, by the one link that can be trusted."""
    link = root.css_first(".bbp-pagination-links a.next")
    return absolute(base, link.attributes.get("href")) if link is not None else None


def most_said(titles: Iterable[str | None]) -> str | None:
    """Return the title that most pages give, the first of them where pages disagree evenly."""
    counted = Counter(title for title in titles if title)
    return counted.most_common(1)[0][0] if counted else None


def _links(scope: LexborNode | None, selector: str, base: str | None) -> list[Crumb]:
    if scope is None:
        return []
    found = ((text_in(link), absolute(base, link.attributes.get("href"))) for link in scope.css(selector))
    return [Crumb(title, url) for title, url in found if title]


def _text_of(scope: LexborNode | None, selector: str) -> str | None:
    return text_in(scope.css_first(selector)) if scope is not None else None


def _own_address(document: LexborHTMLParser) -> str | None:
    for selector, name in (
        ('link[rel="canonical"]', "href"),
        ('meta[property="og:url"]', "content"),
        ('link[rel="shortlink"]', "href"),
    ):
        element = document.css_first(selector)
        if element is not None and (address := absolute(None, element.attributes.get(name))):
            return address
    return None


def _site_title(document: LexborHTMLParser, current: str | None) -> str | None:
    name = document.css_first('meta[property="og:site_name"]')
    if name is not None and (title := normalise(name.attributes.get("content") or "")):
        return title
    for selector in (".wp-block-site-title", ".site-title", "#site-title"):
        if title := _text_of(document.body, selector):
            return title
    for feed in document.css('link[rel="alternate"][type="application/rss+xml"]'):
        if found := _FEED_TITLE.match(normalise(feed.attributes.get("title") or "")):
            return found[1] or None
    return _from_document_title(text_in(document.css_first("title")), current)


def _from_document_title(title: str | None, current: str | None) -> str | None:
    """Return what follows the page's own name in "Veiligheid – Site" or "Onderwerp: Veiligheid – Site"."""
    if not title or not current:
        return None
    before, name, after = title.partition(current)
    if not name or _TITLE_SIGN.search(before):
        return None
    sign = _TITLE_SIGN.match(after)
    return (_PAGE_NUMBER.sub("", after[sign.end() :]).strip() or None) if sign else None
