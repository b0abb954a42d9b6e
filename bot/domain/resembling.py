"""Which amendments say nearly the same as what somebody is about to propose."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bot.domain.ids import AmendmentId

_ALIKE: Final = 82.0
"""The likeness, of 100, from which on a person should see the other one first."""
_PART: Final = _ALIKE / (200 - _ALIKE)
"""How much shorter one of two texts so much alike can be: what both have counts twice, against all there is."""
_SHORTEST: Final = 12
"""Fewer characters than this resemble anything."""
_KEPT: Final = 8192


def resembling(said: str, others: Iterable[tuple[AmendmentId, str]], most: int = 3) -> tuple[AmendmentId, ...]:
    """Return which of these, each with its words, say nearly the same or in another order, the most alike first."""
    words = _in_order(said)
    if len(words) < _SHORTEST:
        return ()
    least, longest = len(words) * _PART, len(words) / _PART
    found: list[tuple[float, int, AmendmentId]] = []
    for place, (amendment_id, text) in enumerate(others):
        theirs = _in_order(text)
        if least <= len(theirs) <= longest and (score := fuzz.ratio(words, theirs, score_cutoff=_ALIKE)):
            found.append((-score, place, amendment_id))
    return tuple(amendment_id for *_, amendment_id in sorted(found)[:most])


@lru_cache(_KEPT)
def _in_order(text: str) -> str:
    """Return a text's words without case and signs, in the order of the alphabet."""
    return " ".join(sorted(default_process(text).split()))
