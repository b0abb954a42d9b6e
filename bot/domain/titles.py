"""A short title for a proposal that came without one: its own first words, never other ones."""

import re
from typing import Final

from bot.domain.text import normalise

LONGEST: Final = 80  # characters
_TELLING: Final = 20  # a first sentence shorter than this ("Nee.") says too little alone
_SENTENCE: Final = re.compile(r"(?<=\w[.!?;:])\s+(?=[^\W\d_])")
_TAIL: Final = " .,;:–—-"


def title_of(text: str) -> str:
    """Return the first sentence where it fits in 80 characters, else as many whole words as do, and an ellipsis.

    A word that is longer than that alone is cut.
    """
    words = normalise(text)
    first = _SENTENCE.split(words, maxsplit=1)[0]
    if _TELLING <= len(first) <= LONGEST:
        return _trimmed(first)
    if len(words) <= LONGEST:
        return _trimmed(words)
    start = words[:LONGEST]
    return (start[: start.rfind(" ")] if " " in start else start[:-1]).rstrip(_TAIL) + "…"


def _trimmed(words: str) -> str:
    return words.rstrip(_TAIL) or words
