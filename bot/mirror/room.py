"""How much one message holds, and how much of it a piece of markdown takes.

Discord counts all text of a Components V2 message together: 4000 characters, and about 10 KB of UTF-8.
"""

import re
from dataclasses import dataclass
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{(link|channel|id):[^}]+\}")
_LONGEST_LINK: Final = "x" * 92


@dataclass(frozen=True, slots=True)
class Room:
    """A number of characters and of bytes: what is to be had, or what is taken."""

    characters: int
    octets: int

    def holds(self, text: str) -> bool:
        """Tell whether the text fits."""
        taken = size_of(text)
        return taken.characters <= self.characters and taken.octets <= self.octets

    def without(self, *texts: str) -> "Room":
        """Return what is left beside these texts."""
        taken = [size_of(text) for text in texts]
        return Room(
            self.characters - sum(size.characters for size in taken), self.octets - sum(size.octets for size in taken)
        )


MESSAGE: Final = Room(4000, 9500)
"""What a message may hold at most."""
FILL: Final = Room(3000, 7200)
"""What a new message is filled to, so that it keeps slack for later edits."""


def size_of(markdown: str) -> Room:
    """Return what the text takes, with links at their full length. Characters are counted as UTF-16 units."""
    text = _PLACEHOLDER.sub(_LONGEST_LINK, markdown)
    return Room(len(text.encode("utf-16-le", "surrogatepass")) // 2, len(text.encode("utf-8", "surrogatepass")))
