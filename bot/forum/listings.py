"""What a forum's list shows of a topic, as a mark that changes when any of it does. Pure."""

import json
from urllib.parse import urlsplit

from bot.domain.text import digest_of
from bot.forum.forum_lists import TopicEntry


def mark_of(entry: TopicEntry) -> str:
    """Return a digest of title, place, counts and last post, whatever host the site was reached by."""
    shown = [
        entry.title,
        _path(entry.url),
        _path(entry.freshness),
        list(entry.counts),
        entry.sticky.value if entry.sticky else None,
        entry.closed,
        entry.forum_id,
    ]
    return digest_of(json.dumps(shown, ensure_ascii=False))


def _path(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.path}?{parts.query}#{parts.fragment}"
