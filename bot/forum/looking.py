"""A look at a forum's address before it is relied on: may it be read, does it answer, is it a forum's."""

from bot.errors import SourceError
from bot.forum.fetch import Manners, PageUnread, fetching, site_of, without_credentials
from bot.forum.pages import OtherPage, parse_page


async def look_at(url: str, manners: Manners) -> None:
    """Ask for robots.txt and for the one page. Raises `SourceError` where that is no page of a forum for visitors."""
    address = without_credentials(url)
    try:
        site = site_of(address)
    except ValueError as error:
        raise SourceError("source.not_an_address", place=address) from error
    try:
        async with fetching(site, manners) as fetcher:
            await fetcher.open()
            fetched = await fetcher.fetch(address)
            page = parse_page(fetched.html, fetched.url)
    except PageUnread as error:
        raise SourceError(f"source.{error.key}", place=error.place) from error
    if isinstance(page, OtherPage):
        raise SourceError(f"source.{page.reason}", place=address)
