"""How alike two texts are, and which of many is surely the one that is meant."""

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

SURE = 93.0
"""The likeness, of 100, from which on two texts can be held for the same."""
MARGIN = 8.0
"""By how much the best must be ahead of the next."""
_SHORTEST_PART = 25


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, by the words they share in order."""
    return Indel.normalized_similarity(one.casefold().split(), other.casefold().split())


def surely_meant(words: str, texts: Sequence[str]) -> int | None:
    """Return the index of the one text that is, or holds, these words; None where that is not certain.

    An equal text goes before one that holds the words, and that before one that is nearly equal.
    """
    wanted = words.casefold()
    candidates = [text.casefold() for text in texts]
    for test in (_is_equal, _holds):
        found = [index for index, text in enumerate(candidates) if test(wanted, text)]
        if found:
            return found[0] if len(found) == 1 else None
    scores = sorted(((_score(wanted, text), index) for index, text in enumerate(candidates)), reverse=True)
    if not scores or scores[0][0] < SURE:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return None
    return scores[0][1]


def _is_equal(wanted: str, text: str) -> bool:
    return wanted == text


def _holds(wanted: str, text: str) -> bool:
    return len(wanted) >= _SHORTEST_PART and wanted in text


def _score(wanted: str, text: str) -> float:
    whole = fuzz.ratio(wanted, text)
    if _SHORTEST_PART <= len(wanted) < len(text):
        return max(whole, fuzz.partial_ratio(wanted, text))
    return whole
