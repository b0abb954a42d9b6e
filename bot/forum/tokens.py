"""HTML as the parser writes its own tree → texts and the tags between them. It knows no tag's meaning.

Such HTML is regular: every element that is not void is closed, every attribute is quoted, and `<` and `>` stand only
where a tag begins and ends. So to split it there is to read it, at a small part of what visiting every node would take.
What is irregular still (comments, scripts, a name mistyped as in ``<p <b>``) shows itself to whoever meets the tags.
"""

import html as entities
import re
from functools import cache

_UNREAD = re.compile(r"<!--.*?-->|<(script|style)(?: [^>]*)?>.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<(/?[a-z][^>]*+)>")


def tokens_of(html: str) -> list[str]:
    """Return regular HTML as a text, a tag, a text, and so on to the last text.

    A tag is its name with its attributes, or a slash and its name.
    """
    return html.replace(">", "<").split("<")


def careful_tokens_of(html: str) -> list[str]:
    """Return the same of HTML that is irregular, without comments, scripts and styles."""
    return _TAG.split(_UNREAD.sub("", html))


def unescaped(text: str) -> str:
    """Return a text without the escapes that the parser writes in it."""
    return text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def attribute(tag: str, name: str) -> str | None:
    """Return the value of one of a tag's attributes."""
    found = _attribute_pattern(name).search(tag)
    return entities.unescape(found[1]) if found else None


@cache
def _attribute_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf'(?:^[^ ]+|") {re.escape(name)}="([^"]*)"')
