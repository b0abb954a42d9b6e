"""How alike two texts are, and which of many is surely the one that is meant."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

SURE = 93.0
"""The likeness, of 100, from which on two texts can be held for the same."""
MARGIN = 8.0
"""By how much the best must be ahead of the next."""
SHORTEST_PART = 25
"""How many characters of a text are enough to know it by, where they may be there by chance."""
_LEFT_OUT = re.compile(r"\s*[(\[]?(?:…|\.\.\.+)[)\]]?\s*")


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, by the words they share in order."""
    return Indel.normalized_similarity(one.casefold().split(), other.casefold().split())


def surely_meant(words: str, texts: Sequence[str], shortest: int = SHORTEST_PART) -> int | None:
    """Return the index of the one text that is, or holds, these words; None where that is not certain.

    An equal text goes before one that holds the words, and that before one that is nearly equal. Fewer characters than
    `shortest` say nothing by being a part of a text.
    """
    wanted = words.casefold()
    candidates = [text.casefold() for text in texts]
    holding = [len(wanted) >= shortest and holds(words, text) for text in texts]
    for found in ([text == wanted for text in candidates], holding):
        if any(found):
            return found.index(True) if found.count(True) == 1 else None
    scores = sorted(((_score(wanted, text), index) for index, text in enumerate(candidates)), reverse=True)
    if not scores or scores[0][0] < SURE:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return None
    return scores[0][1]


def holds(words: str, text: str) -> bool:
    """Tell whether a text has these words as whole words; an ellipsis in them stands for anything."""
    pieces = [piece.casefold() for piece in _LEFT_OUT.split(words) if piece]
    wanted = ".*".join(rf"(?<!\w){re.escape(piece)}(?!\w)" for piece in pieces)
    return bool(pieces) and re.search(wanted, text.casefold(), re.DOTALL) is not None


def _score(wanted: str, text: str) -> float:
    whole = fuzz.ratio(wanted, text)
    if SHORTEST_PART <= len(wanted) < len(text):
        return max(whole, fuzz.partial_ratio(wanted, text))
    return whole
