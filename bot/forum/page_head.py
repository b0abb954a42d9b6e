"""What every forum page says about itself: its address, the site's title and the breadcrumb."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.text import normalise
from bot.forum.address import absolute
from bot.forum.classes import classes_of

_FEED_TITLE = re.compile(r"^(.*?)\s*[»«\-–|]\s*(?:feed|reacties feed|comments feed)\b", re.IGNORECASE)
_TITLE_SIGN = re.compile(r"\s[–—|·•»«-]\s")
_SITE_TITLES = ".wp-block-site-title, .site-title, #site-title"
_NOT_PUBLIC = re.compile(r"^(?:privé|private|beveiligd|protected):\s", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page|pagina)\s+\d+\s*[–—|·•»«-]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumb, or another link to a forum."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page's own address (`base`), and the way to it: the forum's root, the forums above it, what it is itself.

    `current` is the title in the breadcrumb; `entry_title` is the theme's, where a site prints no breadcrumb.
    """

    base: str | None
    site_title: str | None
    root: Crumb | None
    forums: tuple[Crumb, ...]
    topic: Crumb | None
    current: str | None
    entry_title: str | None

    @property
    def title(self) -> str:
        """The title of what the page shows. It may be empty."""
        return (self.entry_title or "") if self.current is None else self.current


def parse_head(document: LexborHTMLParser, root: LexborNode | None, url: str | None) -> PageHead:
    """Return what a page says about itself."""
    base = url or _own_address(document)
    trail = _trail(document, root)
    current = trail.css_first(".bbp-breadcrumb-current") if trail else None
    title = (text_in(current) or "") if current is not None else None
    return PageHead(
        base,
        _site_title(document, title),
        next(iter(_links(trail, "a.bbp-breadcrumb-root", base)), None),
        tuple(_links(trail, "a.bbp-breadcrumb-forum", base)),
        next(iter(_links(trail, "a.bbp-breadcrumb-topic", base)), None),
        title,
        _entry_title(document) if title is None else None,
    )


def links_to_pages(root: LexborNode) -> LexborNode | None:
    """Return the element with the links to a forum's or a topic's pages."""
    return root.css_first(".bbp-pagination-links")


def text_in(element: LexborNode | None) -> str | None:
    """Return an element's normalised text, or None where it has none."""
    if element is None:
        return None
    text = " ".join(element.text().split())
    return (text if text.isascii() else normalise(text)) or None


def is_public_title(title: str) -> bool:
    """Tell whether a title is without the word that WordPress writes before those of what is not for everybody."""
    return _NOT_PUBLIC.match(title) is None


def classes_around(root: LexborNode, post_id: int) -> Iterator[str]:
    """Yield the classes of the theme's own elements for a post, in which the forum's root stands."""
    name = f"post-{post_id}"
    node = root.parent
    while node is not None and node.is_element_node:
        if name in (classes := classes_of(node)).split():
            yield classes
        node = node.parent


def next_page_of(pages: LexborNode | None, base: str | None) -> str | None:
    """Return the address of the next page, by the one link among those to pages that can be trusted."""
    link = pages.css_first("a.next") if pages is not None else None
    return absolute(base, link.attributes.get("href")) if link is not None else None


def most_said(titles: Iterable[str | None]) -> str | None:
    """Return the title that most pages give, the first of them where pages disagree evenly."""
    counted = Counter(title for title in titles if title)
    return counted.most_common(1)[0][0] if counted else None


def _trail(document: LexborHTMLParser, root: LexborNode | None) -> LexborNode | None:
    """Return the breadcrumb: where bbPress has it, or where a theme has put its steps."""
    for scope in (root, document.body):
        if scope is None:
            continue
        if trail := scope.css_first(".bbp-breadcrumb"):
            return trail
        if step := scope.css_first('[class^="bbp-breadcrumb-"]'):
            return step.parent
    return None


def _links(scope: LexborNode | None, selector: str, base: str | None) -> list[Crumb]:
    if scope is None:
        return []
    found = ((text_in(link), absolute(base, link.attributes.get("href"))) for link in scope.css(selector))
    return [Crumb(title, url) for title, url in found if title]


def _entry_title(document: LexborHTMLParser) -> str | None:
    """Return the title as the theme prints it: in the element WordPress names for it, else in the first heading."""
    if document.body is None:
        return None
    for name in (".entry-title", ".wp-block-post-title"):
        if title := document.body.css_first(name):
            return text_in(title)
    headings = (heading for heading in document.body.css("h1") if not heading.css_first(_SITE_TITLES))
    return next((title for heading in headings if (title := text_in(heading))), None)


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
    name = document.head.css_first('meta[property="og:site_name"]') if document.head else None
    if name is not None and (title := normalise(name.attributes.get("content") or "")):
        return title
    if title := text_in(document.body.css_first(_SITE_TITLES)) if document.body else None:
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
