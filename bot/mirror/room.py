"""How much one message holds, and how much of it a piece of markdown takes.

Discord counts all text of a Components V2 message together: 4000 characters, and about 10 KB of UTF-8.
"""

import re
from dataclasses import dataclass
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{(link|channel|id):[^\s{}]{1,60}\}")
_LONGEST_LINK: Final = "x" * 92


@dataclass(frozen=True, slots=True)
class Room:
    """A number of characters and of bytes: what is to be had, or what is taken."""

    characters: int
    octets: int

    def holds(self, text: str) -> bool:
        """Tell whether the text fits."""
        characters, octets = _taken(text)
        return characters <= self.characters and octets <= self.octets

    def without(self, *texts: str) -> "Room":
        """Return what is left beside these texts."""
        characters, octets = self.characters, self.octets
        for text in texts:
            taken = _taken(text)
            characters, octets = characters - taken[0], octets - taken[1]
        return Room(characters, octets)


MESSAGE: Final = Room(4000, 9500)
"""What a message may hold at most."""
FILL: Final = Room(3000, 7200)
"""What a new message is filled to, so that it keeps slack for later edits."""


def size_of(markdown: str) -> Room:
    """Return what the text takes, with links at their full length. Characters are counted as UTF-16 units."""
    return Room(*_taken(markdown))


def _taken(markdown: str) -> tuple[int, int]:
    text = _PLACEHOLDER.sub(_LONGEST_LINK, markdown) if "{" in markdown else markdown
    if text.isascii():
        return len(text), len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2, len(text.encode("utf-8", "surrogatepass"))
