"""HTML as the parser writes its own tree → texts and the tags between them. It knows no tag's meaning.

Such HTML is regular: every element that is not void is closed, every attribute is quoted, and `<` and `>` stand only
where a tag begins and ends. So to split it there is to read it, at a small part of what visiting every node would take.
What is irregular still (comments, instructions, scripts, a name mistyped as in ``<p <b>``) shows itself to whoever
meets the tags.
"""

import html as entities
import re

_UNREAD = re.compile(r"<!--.*?-->|<\?[^>]*>|<(script|style)(?: [^>]*)?>.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<(/?[a-z][^>]*+)>")


def tokens_of(html: str) -> tuple[list[str], list[str]]:
    """Return the tags of regular HTML and the text after each; the first and the last tag are empty.

    A tag is its name with its attributes, or a slash and its name.
    """
    if html.count("<") != html.count(">"):
        return careful_tokens_of(html)
    return _sorted_out(html.replace(">", "<").split("<"))


def careful_tokens_of(html: str) -> tuple[list[str], list[str]]:
    """Return the same of HTML that is irregular, without what is in it that no browser shows."""
    return _sorted_out(_TAG.split(_UNREAD.sub("", html)))


def unescaped(text: str) -> str:
    """Return a text without the escapes that the parser writes in it."""
    return text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def attribute(tag: str, name: str) -> str | None:
    """Return the value of one of a tag's attributes. No value holds a quote, so there is but one place to find it."""
    _, found, rest = tag.partition(f' {name}="')
    return entities.unescape(rest[: rest.index('"')]) if found else None


def _sorted_out(parts: list[str]) -> tuple[list[str], list[str]]:
    """Return the tags and the texts of a list in which they take turns."""
    return ["", *parts[1::2], ""], [*parts[::2], ""]
