"""What a robots.txt wants of us. How it is had, and what holds where it can't be had, is not decided here."""

from protego import Protego

from bot.forum.encoding import decode_text
from bot.forum.manners import PRODUCT

MOST_BYTES = 500 * 1024
"""As much as RFC 9309 (2.5) wants read at the least; what follows is left unread."""

_LONGEST_PAUSE = 60.0


class Rules:
    """The rules for our name, or else for all. Anything that is no rule, such as a page of HTML, says nothing."""

    def __init__(self, body: bytes) -> None:
        self._file = Protego.parse(decode_text(_whole_lines(body)))

    @property
    def pause(self) -> float:
        """The seconds between two requests that are asked for: at most a minute, since an hour would never end."""
        return min(self._file.crawl_delay(PRODUCT) or 0.0, _LONGEST_PAUSE)

    def allow(self, url: str) -> bool:
        """Tell whether an address may be read."""
        return self._file.can_fetch(url, PRODUCT)


def _whole_lines(body: bytes) -> bytes:
    """Return what is read of a file: a line that is cut off could forbid more than it meant to."""
    return body if len(body) <= MOST_BYTES else body[:MOST_BYTES].rpartition(b"\n")[0]
