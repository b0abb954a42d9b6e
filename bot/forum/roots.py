"""Where a forum's index may be, seen from a page that does not say: higher up in the address. Pure."""

from urllib.parse import parse_qs, urlsplit, urlunsplit

_MOST = 4


def candidates(url: str) -> list[str]:
    """Return addresses to look at, the likeliest first: each folder above, or the archive of a plain address."""
    parts = urlsplit(url)
    names = parse_qs(parts.query)
    if {"forum", "topic", "reply", "p", "page_id"} & names.keys():
        return [urlunsplit((parts.scheme, parts.netloc, parts.path, "post_type=forum", ""))]
    steps = parts.path.rstrip("/").split("/")
    above = ["/".join(steps[:length]) + "/" for length in range(len(steps) - 1, 0, -1)]
    return [urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in above[:_MOST]]
