"""How to behave towards a forum's host: as numbers, and as what a host's own wish for patience means.

Values only; nothing is asked for here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

PRODUCT = "Programmabrug"
"""The name by which robots.txt may speak of us."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How to behave. Times are in seconds, sizes in bytes.

    `delay` passes between the end of one request and the start of the next. A request may take `timeout`; one that
    fails is made anew up to `attempts` in all, first after `patience`, then after twice as long each time. A page takes
    at most `longest` from its turn to its end, whatever redirects, waits and attempts it needs. Of a page no more than
    `largest` is taken in, counted as unpacked.
    `public` says that only what everybody can reach is asked: the address came from somebody who is not to see what
    the operator's own network holds.
    """

    user_agent: str
    delay: float = 1.5
    timeout: float = 30.0
    attempts: int = 4
    patience: float = 1.0
    longest: float = 300.0
    largest: int = 5 * 2**20
    public: bool = False


def user_agent(contact: str | None) -> str:
    """Return the honest name under which pages are asked for, with a contact as far as a header can carry it."""
    plain = "".join(character for character in contact or "" if character.isascii() and character.isprintable())
    return f"{PRODUCT}/0.1 (reads a public forum; {plain.strip()})" if plain.strip() else f"{PRODUCT}/0.1"


def retry_after(header: str | None, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for, as a number or a date; 0 where it says neither."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year may have as many digits as it likes
        return 0.0
    # A date "in -0000" names no zone; HTTP knows none but GMT.
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds())
