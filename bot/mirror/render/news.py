"""News about an amendment as a line: in private to who follows it, in public to the one who proposed it. Pure."""

from bot.domain.amendments import Amendment
from bot.locales import Texts
from bot.mirror.markdown import link
from bot.mirror.render.wording import reference_of, sentence, title_of


def news_line(amendment: Amendment, news: str, say: Texts, url: str | None = None) -> str:
    """Return a piece of news as one line of a list."""
    return f"- {news_of(amendment, news, say, url)}"


def news_of(amendment: Amendment, news: str, say: Texts, url: str | None = None) -> str:
    """Return a piece of news."""
    reference = reference_of(amendment, say)
    named = f"**{link(reference, url) if url else reference}** {title_of(amendment)}"
    return sentence(named, say(f"news.{news}"))
